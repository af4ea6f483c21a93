-- The first part is what Prisma derives from schema.prisma; the second, from "Beyond Prisma" on, is written by hand.

ALTER TABLE "account" ADD COLUMN     "code_ends_at" TIMESTAMPTZ(3);

ALTER TABLE "coverage" ADD COLUMN     "leave_id" UUID;

ALTER TABLE "dispatching_unit" ADD COLUMN     "assessment_mode" TEXT NOT NULL DEFAULT 'b',
ADD COLUMN     "contact" TEXT,
ADD COLUMN     "ended_on" DATE,
ADD COLUMN     "phone" TEXT,
ADD COLUMN     "position" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "enrolment" ADD COLUMN     "deleted_by" UUID,
ADD COLUMN     "stored_by" UUID;

ALTER TABLE "person" ADD COLUMN     "born_month" TEXT,
ADD COLUMN     "duties" TEXT,
ADD COLUMN     "education" TEXT,
ADD COLUMN     "gender" TEXT,
ADD COLUMN     "name_note" TEXT,
ADD COLUMN     "name_on_card" TEXT,
ADD COLUMN     "post_category" TEXT,
ADD COLUMN     "post_grade" TEXT,
ADD COLUMN     "rank_since" TEXT,
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "title" TEXT,
ADD COLUMN     "work_since" TEXT;

ALTER TABLE "posting" ADD COLUMN     "assessment_mode" TEXT,
ADD COLUMN     "document_number" TEXT,
ADD COLUMN     "document_on" DATE,
ADD COLUMN     "due_on" DATE,
ADD COLUMN     "end_reason" TEXT,
ADD COLUMN     "note" TEXT;

ALTER TABLE "zone" ADD COLUMN     "ended_on" DATE;

CREATE TABLE "access_request" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "person_id" UUID,
    "account_id" UUID,
    "payload" JSONB NOT NULL DEFAULT '{}',
    "reason" TEXT,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "requested_by" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_by" UUID,
    "settled_at" TIMESTAMPTZ(3),
    "answer" TEXT,

    CONSTRAINT "access_request_pkey" PRIMARY KEY ("centre_id","id")
);

CREATE TABLE "enrolment_consent" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "statement" TEXT NOT NULL,
    "how" TEXT NOT NULL,
    "given_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_by" UUID NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "enrolment_consent_pkey" PRIMARY KEY ("centre_id","id")
);

CREATE TABLE "leave_request" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" TEXT,
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "first_day" DATE NOT NULL,
    "first_half" TEXT NOT NULL,
    "last_day" DATE NOT NULL,
    "last_half" TEXT NOT NULL,
    "working_halves" INTEGER NOT NULL,
    "calendar_halves" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "destination" TEXT,
    "leaves_town" BOOLEAN NOT NULL DEFAULT false,
    "phone_cipher" BYTEA,
    "handover" TEXT,
    "stand_in_id" UUID,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "route" JSONB NOT NULL DEFAULT '[]',
    "rule_version" TEXT,
    "round" INTEGER NOT NULL DEFAULT 0,
    "step" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "submitted_at" TIMESTAMPTZ(3),
    "decided_at" TIMESTAMPTZ(3),
    "entered_by" UUID,
    "paper_id" UUID,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "leave_request_pkey" PRIMARY KEY ("centre_id","id")
);

CREATE TABLE "leave_decision" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "step" INTEGER NOT NULL,
    "party" TEXT NOT NULL,
    "act" TEXT NOT NULL,
    "actor_id" UUID NOT NULL,
    "note" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "leave_decision_pkey" PRIMARY KEY ("centre_id","id")
);

CREATE TABLE "paper_number" (
    "centre_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "paper_number_pkey" PRIMARY KEY ("centre_id","type","year")
);

CREATE TABLE "stored_file" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "sha256" BYTEA NOT NULL,
    "media_type" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" UUID NOT NULL,

    CONSTRAINT "stored_file_pkey" PRIMARY KEY ("centre_id","id")
);

CREATE TABLE "annual_register" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "number" TEXT NOT NULL,
    "summary" TEXT NOT NULL DEFAULT '',
    "training" TEXT NOT NULL DEFAULT '',
    "saved_at" TIMESTAMPTZ(3) NOT NULL,
    "saved_by" UUID NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "annual_register_pkey" PRIMARY KEY ("centre_id","id")
);

CREATE TABLE "print_job" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "person_ids" UUID[],
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "done" INTEGER NOT NULL DEFAULT 0,
    "problems" JSONB NOT NULL DEFAULT '[]',
    "requested_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "bytes" BYTEA,

    CONSTRAINT "print_job_pkey" PRIMARY KEY ("centre_id","id")
);

CREATE TABLE "record_change" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_id" UUID NOT NULL,
    "record" TEXT NOT NULL,
    "record_id" UUID NOT NULL,
    "person_id" UUID,
    "kind" TEXT NOT NULL,
    "fields" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "record_change_pkey" PRIMARY KEY ("centre_id","id")
);

CREATE INDEX "access_request_centre_id_state_idx" ON "access_request"("centre_id", "state");

CREATE INDEX "access_request_centre_id_account_id_idx" ON "access_request"("centre_id", "account_id");

CREATE INDEX "enrolment_consent_centre_id_person_id_idx" ON "enrolment_consent"("centre_id", "person_id");

CREATE INDEX "leave_request_centre_id_person_id_first_day_idx" ON "leave_request"("centre_id", "person_id", "first_day");

CREATE INDEX "leave_request_centre_id_state_idx" ON "leave_request"("centre_id", "state");

CREATE UNIQUE INDEX "leave_request_centre_id_number_key" ON "leave_request"("centre_id", "number");

CREATE INDEX "leave_decision_centre_id_request_id_idx" ON "leave_decision"("centre_id", "request_id");

CREATE UNIQUE INDEX "stored_file_centre_id_sha256_key" ON "stored_file"("centre_id", "sha256");

CREATE UNIQUE INDEX "annual_register_centre_id_person_id_year_key" ON "annual_register"("centre_id", "person_id", "year");

CREATE UNIQUE INDEX "annual_register_centre_id_number_key" ON "annual_register"("centre_id", "number");

CREATE INDEX "print_job_centre_id_created_at_idx" ON "print_job"("centre_id", "created_at");

CREATE INDEX "record_change_centre_id_record_record_id_idx" ON "record_change"("centre_id", "record", "record_id");

CREATE INDEX "record_change_centre_id_person_id_idx" ON "record_change"("centre_id", "person_id");

ALTER TABLE "access_request" ADD CONSTRAINT "access_request_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "access_request" ADD CONSTRAINT "access_request_centre_id_person_id_fkey" FOREIGN KEY ("centre_id", "person_id") REFERENCES "person"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "access_request" ADD CONSTRAINT "access_request_centre_id_account_id_fkey" FOREIGN KEY ("centre_id", "account_id") REFERENCES "account"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "access_request" ADD CONSTRAINT "access_request_centre_id_requested_by_fkey" FOREIGN KEY ("centre_id", "requested_by") REFERENCES "account"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "access_request" ADD CONSTRAINT "access_request_centre_id_settled_by_fkey" FOREIGN KEY ("centre_id", "settled_by") REFERENCES "account"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_centre_id_stored_by_fkey" FOREIGN KEY ("centre_id", "stored_by") REFERENCES "agent_command"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_centre_id_deleted_by_fkey" FOREIGN KEY ("centre_id", "deleted_by") REFERENCES "agent_command"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "enrolment_consent" ADD CONSTRAINT "enrolment_consent_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "enrolment_consent" ADD CONSTRAINT "enrolment_consent_centre_id_person_id_fkey" FOREIGN KEY ("centre_id", "person_id") REFERENCES "person"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "coverage" ADD CONSTRAINT "coverage_centre_id_leave_id_fkey" FOREIGN KEY ("centre_id", "leave_id") REFERENCES "leave_request"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "leave_request" ADD CONSTRAINT "leave_request_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "leave_request" ADD CONSTRAINT "leave_request_centre_id_person_id_fkey" FOREIGN KEY ("centre_id", "person_id") REFERENCES "person"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "leave_request" ADD CONSTRAINT "leave_request_centre_id_stand_in_id_fkey" FOREIGN KEY ("centre_id", "stand_in_id") REFERENCES "person"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "leave_request" ADD CONSTRAINT "leave_request_centre_id_paper_id_fkey" FOREIGN KEY ("centre_id", "paper_id") REFERENCES "stored_file"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "leave_decision" ADD CONSTRAINT "leave_decision_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "leave_decision" ADD CONSTRAINT "leave_decision_centre_id_request_id_fkey" FOREIGN KEY ("centre_id", "request_id") REFERENCES "leave_request"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "leave_decision" ADD CONSTRAINT "leave_decision_centre_id_actor_id_fkey" FOREIGN KEY ("centre_id", "actor_id") REFERENCES "account"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "paper_number" ADD CONSTRAINT "paper_number_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "stored_file" ADD CONSTRAINT "stored_file_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "annual_register" ADD CONSTRAINT "annual_register_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "annual_register" ADD CONSTRAINT "annual_register_centre_id_person_id_fkey" FOREIGN KEY ("centre_id", "person_id") REFERENCES "person"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "print_job" ADD CONSTRAINT "print_job_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "record_change" ADD CONSTRAINT "record_change_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ═══ Beyond Prisma ═══════════════════════════════════════════════════════════════════════════════════════════════════

-- ── What may not overlap 不得重叠 ──────────────────────────────────────────────────────────────────────────────────

-- Half-days counted through: two requests of one person that are under way or approved never share one.
ALTER TABLE leave_request ADD CONSTRAINT leave_request_no_overlap
  EXCLUDE USING gist (
    centre_id WITH =,
    person_id WITH =,
    int4range(
      (first_day - DATE '2000-01-01') * 2 + CASE first_half WHEN 'pm' THEN 1 ELSE 0 END,
      (last_day - DATE '2000-01-01') * 2 + CASE last_half WHEN 'pm' THEN 1 ELSE 0 END,
      '[]'
    ) WITH &&
  )
  WHERE (state IN ('submitted', 'approved'));

-- A step of a round is approved once by each party: of two approvers at once the second is refused.
CREATE UNIQUE INDEX leave_decision_once ON leave_decision (centre_id, request_id, round, step, party)
  WHERE act = 'approved';

-- One account, one reset: a second one waits for the first to be settled.
CREATE UNIQUE INDEX access_request_one_waiting ON access_request (centre_id, account_id, kind)
  WHERE state = 'waiting' AND account_id IS NOT NULL AND kind <> 'roles';
CREATE UNIQUE INDEX access_request_one_account_waiting ON access_request (centre_id, person_id)
  WHERE state = 'waiting' AND kind = 'account' AND person_id IS NOT NULL;

-- ── What a value may be 取值 ───────────────────────────────────────────────────────────────────────────────────────

ALTER TABLE leave_request ADD CONSTRAINT leave_request_halves_known CHECK (
  first_half IN ('am', 'pm') AND last_half IN ('am', 'pm')
);
ALTER TABLE leave_request ADD CONSTRAINT leave_request_days_in_order CHECK (
  first_day < last_day OR (first_day = last_day AND first_half <= last_half)
);
ALTER TABLE leave_request ADD CONSTRAINT leave_request_state_known CHECK (
  state IN ('draft', 'submitted', 'returned', 'withdrawn', 'refused', 'approved', 'cancelled')
);
ALTER TABLE leave_request ADD CONSTRAINT leave_request_numbered CHECK (
  state IN ('draft', 'withdrawn') OR number IS NOT NULL
);
ALTER TABLE leave_request ADD CONSTRAINT leave_request_not_own_stand_in CHECK (stand_in_id <> person_id);
ALTER TABLE leave_decision ADD CONSTRAINT leave_decision_act_known CHECK (
  act IN ('submitted', 'approved', 'returned', 'refused', 'withdrawn', 'cancelled', 'filed')
);
ALTER TABLE access_request ADD CONSTRAINT access_request_kind_known CHECK (
  kind IN ('account', 'roles', 'reset', 'disable', 'enable')
);
ALTER TABLE access_request ADD CONSTRAINT access_request_state_known CHECK (
  state IN ('waiting', 'done', 'refused', 'withdrawn')
);
-- Two people 双人办理: whoever asked may withdraw, never settle.
ALTER TABLE access_request ADD CONSTRAINT access_request_two_people CHECK (
  state NOT IN ('done', 'refused') OR (settled_by IS NOT NULL AND settled_by <> requested_by)
);
ALTER TABLE print_job ADD CONSTRAINT print_job_known CHECK (
  kind IN ('pdf', 'zip') AND state IN ('waiting', 'running', 'done', 'failed', 'cancelled')
);
ALTER TABLE annual_register ADD CONSTRAINT annual_register_length CHECK (
  char_length(summary) <= 20000 AND char_length(training) <= 4000
);
ALTER TABLE person ADD CONSTRAINT person_facts_known CHECK (
  gender IN ('female', 'male')
  AND born_month ~ '^\d{4}-(0[1-9]|1[0-2])$'
  AND rank_since ~ '^\d{4}-(0[1-9]|1[0-2])$'
  AND work_since ~ '^\d{4}-(0[1-9]|1[0-2])$'
  AND post_category IN ('management', 'technical', 'worker')
);
ALTER TABLE dispatching_unit ADD CONSTRAINT dispatching_unit_mode_known CHECK (assessment_mode IN ('a', 'b', 'c'));
ALTER TABLE posting ADD CONSTRAINT posting_mode_known CHECK (assessment_mode IN ('a', 'b', 'c'));
ALTER TABLE enrolment_consent ADD CONSTRAINT enrolment_consent_how_known CHECK (how IN ('paper', 'screen'));
ALTER TABLE record_change ADD CONSTRAINT record_change_kind_known CHECK (kind IN ('created', 'edited', 'ended', 'reopened'));

-- ── Ledgers 只增不改 ───────────────────────────────────────────────────────────────────────────────────────────────

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON leave_decision
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON record_change
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON stored_file
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- ── Database roles 数据库角色 ──────────────────────────────────────────────────────────────────────────────────────

GRANT SELECT, INSERT ON leave_decision, record_change, stored_file TO window_staff_web;
GRANT SELECT, INSERT, UPDATE ON access_request, enrolment_consent, leave_request, paper_number, annual_register, print_job
TO window_staff_web;
GRANT DELETE ON print_job TO window_staff_web;
