-- The first part is what Prisma derives from schema.prisma; the second is written by hand.

ALTER TABLE "agent" ADD COLUMN     "clock_offset_ms" DOUBLE PRECISION,
ADD COLUMN     "oldest_waiting_at" TIMESTAMPTZ(3),
ADD COLUMN     "queue_length" INTEGER,
ADD COLUMN     "spool_bytes" BIGINT,
ADD COLUMN     "spool_limit_bytes" BIGINT,
ADD COLUMN     "version" TEXT;

-- A clock that begins in the year 2000 is further away than an integer counts milliseconds.
ALTER TABLE "punch" ALTER COLUMN "offset_ms" SET DATA TYPE DOUBLE PRECISION,
ADD COLUMN     "state" SMALLINT,
ADD COLUMN     "verify" SMALLINT;

ALTER TABLE "source" ALTER COLUMN "clock_offset_ms" SET DATA TYPE DOUBLE PRECISION,
ADD COLUMN     "last_error" TEXT,
ADD COLUMN     "last_error_at" TIMESTAMPTZ(3);

CREATE TABLE "reader_identity" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "module_serial" TEXT,
    "firmware" TEXT,
    "model" TEXT,
    "accepted_at" TIMESTAMPTZ(3),
    "accepted_by" UUID,

    CONSTRAINT "reader_identity_pkey" PRIMARY KEY ("centre_id","id")
);

CREATE TABLE "alarm" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "source_id" UUID,
    "agent_id" UUID,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "facts" JSONB NOT NULL DEFAULT '{}',
    "seen_by" UUID,
    "seen_at" TIMESTAMPTZ(3),

    CONSTRAINT "alarm_pkey" PRIMARY KEY ("centre_id","id")
);

CREATE TABLE "punch_ruling" (
    "centre_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "spool_epoch" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "decision" TEXT NOT NULL,
    "counts_at" TIMESTAMPTZ(3),
    "reason" TEXT NOT NULL,
    "decided_by" UUID NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "punch_ruling_pkey" PRIMARY KEY ("centre_id","source_id","spool_epoch","seq","at")
);

CREATE TABLE "spool_state" (
    "centre_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "epoch" UUID NOT NULL,
    "through" BIGINT NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "spool_state_pkey" PRIMARY KEY ("centre_id","epoch")
);

CREATE TABLE "spool_gap" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "epoch" UUID NOT NULL,
    "first" BIGINT NOT NULL,
    "last" BIGINT NOT NULL,
    "noted_at" TIMESTAMPTZ(3) NOT NULL,
    "from_at" TIMESTAMPTZ(3),
    "to_at" TIMESTAMPTZ(3),
    "filled_at" TIMESTAMPTZ(3),
    "lost_at" TIMESTAMPTZ(3),

    CONSTRAINT "spool_gap_pkey" PRIMARY KEY ("centre_id","id")
);

CREATE TABLE "terminal" (
    "centre_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "utc_offset_minutes" INTEGER NOT NULL,
    "attlog_stamp" TEXT,
    "operlog_stamp" TEXT,
    "model" TEXT,
    "firmware" TEXT,
    "address" TEXT,
    "greeted_at" TIMESTAMPTZ(3),
    "allowed_by" UUID,
    "allowed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "terminal_pkey" PRIMARY KEY ("centre_id","source_id")
);

CREATE TABLE "terminal_user" (
    "centre_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "pin" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "terminal_user_pkey" PRIMARY KEY ("centre_id","source_id","pin")
);

CREATE TABLE "terminal_command" (
    "centre_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "answered_at" TIMESTAMPTZ(3),
    "returned" INTEGER,
    "answer" TEXT,

    CONSTRAINT "terminal_command_pkey" PRIMARY KEY ("centre_id","source_id","number")
);

CREATE TABLE "terminal_knock" (
    "serial" TEXT NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 1,
    "address" TEXT,

    CONSTRAINT "terminal_knock_pkey" PRIMARY KEY ("serial")
);

CREATE TABLE "attlog_import" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "file_id" UUID NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "stored_at" TIMESTAMPTZ(3),
    "counts" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "attlog_import_pkey" PRIMARY KEY ("centre_id","id")
);

CREATE TABLE "alternate_way" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "card_index" BYTEA,
    "pin_hash" TEXT,
    "reason" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "given_by" UUID NOT NULL,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "failed_at" TIMESTAMPTZ(3),

    CONSTRAINT "alternate_way_pkey" PRIMARY KEY ("centre_id","id")
);

CREATE TABLE "kiosk_claim" (
    "centre_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "spool_epoch" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kiosk_id" UUID NOT NULL,
    "way_id" UUID NOT NULL,

    CONSTRAINT "kiosk_claim_pkey" PRIMARY KEY ("centre_id","source_id","spool_epoch","seq","at")
);

CREATE INDEX "reader_identity_centre_id_source_id_seen_at_idx" ON "reader_identity"("centre_id", "source_id", "seen_at");

CREATE INDEX "alarm_centre_id_opened_at_idx" ON "alarm"("centre_id", "opened_at");

CREATE INDEX "punch_ruling_centre_id_counts_at_idx" ON "punch_ruling"("centre_id", "counts_at");

CREATE INDEX "spool_gap_centre_id_epoch_first_idx" ON "spool_gap"("centre_id", "epoch", "first");

CREATE INDEX "alternate_way_centre_id_person_id_idx" ON "alternate_way"("centre_id", "person_id");

ALTER TABLE "reader_identity" ADD CONSTRAINT "reader_identity_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "reader_identity" ADD CONSTRAINT "reader_identity_centre_id_source_id_fkey" FOREIGN KEY ("centre_id", "source_id") REFERENCES "source"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "alarm" ADD CONSTRAINT "alarm_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "alarm" ADD CONSTRAINT "alarm_centre_id_source_id_fkey" FOREIGN KEY ("centre_id", "source_id") REFERENCES "source"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "alarm" ADD CONSTRAINT "alarm_centre_id_agent_id_fkey" FOREIGN KEY ("centre_id", "agent_id") REFERENCES "agent"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "punch_ruling" ADD CONSTRAINT "punch_ruling_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "punch_ruling" ADD CONSTRAINT "punch_ruling_centre_id_source_id_spool_epoch_seq_at_fkey" FOREIGN KEY ("centre_id", "source_id", "spool_epoch", "seq", "at") REFERENCES "punch"("centre_id", "source_id", "spool_epoch", "seq", "at") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "spool_state" ADD CONSTRAINT "spool_state_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "spool_state" ADD CONSTRAINT "spool_state_centre_id_agent_id_fkey" FOREIGN KEY ("centre_id", "agent_id") REFERENCES "agent"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "spool_gap" ADD CONSTRAINT "spool_gap_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "spool_gap" ADD CONSTRAINT "spool_gap_centre_id_agent_id_fkey" FOREIGN KEY ("centre_id", "agent_id") REFERENCES "agent"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "terminal" ADD CONSTRAINT "terminal_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "terminal" ADD CONSTRAINT "terminal_centre_id_source_id_fkey" FOREIGN KEY ("centre_id", "source_id") REFERENCES "source"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "terminal_user" ADD CONSTRAINT "terminal_user_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "terminal_user" ADD CONSTRAINT "terminal_user_centre_id_source_id_fkey" FOREIGN KEY ("centre_id", "source_id") REFERENCES "terminal"("centre_id", "source_id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "terminal_command" ADD CONSTRAINT "terminal_command_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "terminal_command" ADD CONSTRAINT "terminal_command_centre_id_source_id_fkey" FOREIGN KEY ("centre_id", "source_id") REFERENCES "terminal"("centre_id", "source_id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "attlog_import" ADD CONSTRAINT "attlog_import_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "attlog_import" ADD CONSTRAINT "attlog_import_centre_id_source_id_fkey" FOREIGN KEY ("centre_id", "source_id") REFERENCES "source"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "attlog_import" ADD CONSTRAINT "attlog_import_centre_id_file_id_fkey" FOREIGN KEY ("centre_id", "file_id") REFERENCES "stored_file"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "alternate_way" ADD CONSTRAINT "alternate_way_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "alternate_way" ADD CONSTRAINT "alternate_way_centre_id_person_id_fkey" FOREIGN KEY ("centre_id", "person_id") REFERENCES "person"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "kiosk_claim" ADD CONSTRAINT "kiosk_claim_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "kiosk_claim" ADD CONSTRAINT "kiosk_claim_centre_id_source_id_spool_epoch_seq_at_fkey" FOREIGN KEY ("centre_id", "source_id", "spool_epoch", "seq", "at") REFERENCES "punch"("centre_id", "source_id", "spool_epoch", "seq", "at") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "kiosk_claim" ADD CONSTRAINT "kiosk_claim_centre_id_kiosk_id_fkey" FOREIGN KEY ("centre_id", "kiosk_id") REFERENCES "kiosk"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "kiosk_claim" ADD CONSTRAINT "kiosk_claim_centre_id_way_id_fkey" FOREIGN KEY ("centre_id", "way_id") REFERENCES "alternate_way"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ── What a reader, a terminal or a kiosk may not be 约束 ────────────────────────────────────────────────────────────────

ALTER TABLE source DROP CONSTRAINT source_kind_known;
ALTER TABLE source ADD CONSTRAINT source_kind_known CHECK (kind IN ('reader', 'terminal', 'kiosk', 'file', 'roll'));
-- A terminal says who it is by its serial number alone, so that number belongs to one centre of a server.
CREATE UNIQUE INDEX source_terminal_serial ON source (serial) WHERE kind = 'terminal' AND retired_at IS NULL;

ALTER TABLE punch DROP CONSTRAINT punch_quarantine_known;
ALTER TABLE punch ADD CONSTRAINT punch_quarantine_known
  CHECK (quarantine IN ('future', 'before_2020', 'clock_off', 'unconfirmed'));
-- A terminal has no sequence: the same record pushed twice, or pushed and brought on a stick, is one.
CREATE UNIQUE INDEX punch_terminal_once ON punch (centre_id, source_id, subject, at, state) WHERE state IS NOT NULL;
CREATE INDEX punch_in_quarantine ON punch (centre_id, received_at) WHERE quarantine IS NOT NULL;
CREATE SEQUENCE terminal_punch_seq AS bigint;
GRANT USAGE ON SEQUENCE terminal_punch_seq TO window_staff_web;

ALTER TABLE agent_command DROP CONSTRAINT agent_command_kind_known;
ALTER TABLE agent_command ADD CONSTRAINT agent_command_kind_known CHECK (
  kind IN ('enrol', 'delete', 'self_test', 'index', 'copy', 'light', 'press', 'identify', 'cancel')
);

ALTER TABLE reader_identity ADD CONSTRAINT reader_identity_accepted_at_some_time
  CHECK (accepted_by IS NULL OR accepted_at IS NOT NULL);
ALTER TABLE alarm ADD CONSTRAINT alarm_instants_in_order CHECK (opened_at <= closed_at);
ALTER TABLE alarm ADD CONSTRAINT alarm_seen_by_somebody CHECK ((seen_by IS NULL) = (seen_at IS NULL));
ALTER TABLE alarm ADD CONSTRAINT alarm_of_something CHECK (source_id IS NOT NULL OR agent_id IS NOT NULL);
-- One open alarm for one cause.
CREATE UNIQUE INDEX alarm_open_once ON alarm (
  centre_id, kind, coalesce(source_id, '00000000-0000-0000-0000-000000000000'::uuid),
  coalesce(agent_id, '00000000-0000-0000-0000-000000000000'::uuid)
) WHERE closed_at IS NULL;
ALTER TABLE punch_ruling ADD CONSTRAINT punch_ruling_decision_known CHECK (decision IN ('release', 'reject'));
ALTER TABLE punch_ruling ADD CONSTRAINT punch_ruling_released_counts_somewhen
  CHECK ((decision = 'release') = (counts_at IS NOT NULL));
ALTER TABLE punch_ruling ADD CONSTRAINT punch_ruling_reasoned CHECK (btrim(reason) <> '');
ALTER TABLE spool_state ADD CONSTRAINT spool_state_through_positive CHECK (through >= 1);
ALTER TABLE spool_gap ADD CONSTRAINT spool_gap_in_order CHECK (first >= 1 AND first <= last);
ALTER TABLE spool_gap ADD CONSTRAINT spool_gap_ends_once CHECK (filled_at IS NULL OR lost_at IS NULL);
-- Two gaps of one spool never share a number.
ALTER TABLE spool_gap ADD CONSTRAINT spool_gap_no_overlap
  EXCLUDE USING gist (centre_id WITH =, epoch WITH =, int8range(first, last, '[]') WITH &&) WHERE (filled_at IS NULL);
ALTER TABLE terminal ADD CONSTRAINT terminal_offset_plausible CHECK (utc_offset_minutes BETWEEN -720 AND 840);
ALTER TABLE terminal_command ADD CONSTRAINT terminal_command_numbered CHECK (number >= 1);
ALTER TABLE alternate_way ADD CONSTRAINT alternate_way_kind_known CHECK (
  (kind = 'card' AND card_index IS NOT NULL AND pin_hash IS NULL) OR
  (kind = 'pin' AND card_index IS NULL AND pin_hash IS NOT NULL)
);
ALTER TABLE alternate_way ADD CONSTRAINT alternate_way_instants_in_order CHECK (starts_at < ends_at);
ALTER TABLE alternate_way ADD CONSTRAINT alternate_way_reasoned CHECK (btrim(reason) <> '');
ALTER TABLE alternate_way ADD CONSTRAINT alternate_way_one_of_a_kind
  EXCLUDE USING gist (centre_id WITH =, person_id WITH =, kind WITH =, tstzrange(starts_at, ends_at) WITH &&);
-- A card opens the day of one person only.
ALTER TABLE alternate_way ADD CONSTRAINT alternate_way_one_holder_of_a_card
  EXCLUDE USING gist (centre_id WITH =, card_index WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (kind = 'card');

-- ── Ledgers 只增不改 ──────────────────────────────────────────────────────────────────────────────────────────────────

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON punch_ruling
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON kiosk_claim
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- ── The punches that count 计入考勤的打卡 ──────────────────────────────────────────────────────────────────────────────
-- What was never in doubt counts at its own time; what a person released counts at the time that the ruling says.
-- "recorded_at" is the time in the ledger's key, "at" the one that counts. Everything that judges reads this view.

CREATE VIEW counted_punch AS
SELECT centre_id, source_id, spool_epoch, seq, at AS recorded_at, at, subject, received_at
  FROM punch WHERE quarantine IS NULL
UNION ALL
SELECT p.centre_id, p.source_id, p.spool_epoch, p.seq, p.at AS recorded_at, r.counts_at AS at, p.subject, p.received_at
  FROM punch_ruling r
  JOIN punch p ON p.centre_id = r.centre_id AND p.source_id = r.source_id AND p.spool_epoch = r.spool_epoch
              AND p.seq = r.seq AND p.at = r.at
 WHERE r.decision = 'release';

-- ── Database roles 数据库角色 ─────────────────────────────────────────────────────────────────────────────────────────

GRANT SELECT ON counted_punch TO window_staff_web;
GRANT SELECT, INSERT ON
  reader_identity, alarm, punch_ruling, spool_state, spool_gap, terminal, terminal_user, terminal_command, terminal_knock,
  attlog_import, alternate_way, kiosk_claim
TO window_staff_web;
GRANT UPDATE ON
  reader_identity, alarm, spool_state, spool_gap, terminal, terminal_user, terminal_command, terminal_knock, attlog_import,
  alternate_way
TO window_staff_web;
GRANT DELETE ON terminal_knock, attlog_import TO window_staff_web;
