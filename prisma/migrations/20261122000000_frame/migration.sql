-- The first part is what Prisma derives from schema.prisma; the second, from "Beyond Prisma" on, is written by hand.

CREATE EXTENSION IF NOT EXISTS btree_gist;

-- CreateTable
CREATE TABLE "centre" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "zone" TEXT NOT NULL DEFAULT 'Asia/Shanghai',
    "public_url" TEXT,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "centre_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "zone" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "zone_pkey" PRIMARY KEY ("centre_id","id")
);

-- CreateTable
CREATE TABLE "dispatching_unit" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "short_name" TEXT NOT NULL,

    CONSTRAINT "dispatching_unit_pkey" PRIMARY KEY ("centre_id","id")
);

-- CreateTable
CREATE TABLE "window" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "zone_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "phone" TEXT,
    "opens_on" DATE NOT NULL,
    "closes_on" DATE,

    CONSTRAINT "window_pkey" PRIMARY KEY ("centre_id","id")
);

-- CreateTable
CREATE TABLE "window_group" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "min_staff" INTEGER NOT NULL,

    CONSTRAINT "window_group_pkey" PRIMARY KEY ("centre_id","id")
);

-- CreateTable
CREATE TABLE "window_group_member" (
    "centre_id" UUID NOT NULL,
    "group_id" UUID NOT NULL,
    "window_id" UUID NOT NULL,

    CONSTRAINT "window_group_member_pkey" PRIMARY KEY ("centre_id","group_id","window_id")
);

-- CreateTable
CREATE TABLE "person" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "staff_number" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "reading" TEXT NOT NULL,
    "initials" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "identity_kind" TEXT NOT NULL,
    "political_status" TEXT,
    "phone_cipher" BYTEA,
    "phone_index" BYTEA,
    "id_number_cipher" BYTEA,
    "id_number_index" BYTEA,

    CONSTRAINT "person_pkey" PRIMARY KEY ("centre_id","id")
);

-- CreateTable
CREATE TABLE "posting" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE,

    CONSTRAINT "posting_pkey" PRIMARY KEY ("centre_id","id")
);

-- CreateTable
CREATE TABLE "window_post" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "window_id" UUID,
    "post" TEXT NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE,

    CONSTRAINT "window_post_pkey" PRIMARY KEY ("centre_id","id")
);

-- CreateTable
CREATE TABLE "chief_appointment" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "window_id" UUID NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE,

    CONSTRAINT "chief_appointment_pkey" PRIMARY KEY ("centre_id","id")
);

-- CreateTable
CREATE TABLE "person_group" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "group" TEXT NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE,

    CONSTRAINT "person_group_pkey" PRIMARY KEY ("centre_id","id")
);

-- CreateTable
CREATE TABLE "account" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "sign_in" TEXT NOT NULL,
    "person_id" UUID,
    "display_name" TEXT NOT NULL,
    "password_hash" TEXT,
    "must_change_password" BOOLEAN NOT NULL DEFAULT false,
    "failed_sign_ins" INTEGER NOT NULL DEFAULT 0,
    "locked_until" TIMESTAMPTZ(3),
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("centre_id","id")
);

-- CreateTable
CREATE TABLE "role_grant" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "unit_id" UUID,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE,
    "granted_by" UUID,

    CONSTRAINT "role_grant_pkey" PRIMARY KEY ("centre_id","id")
);

-- CreateTable
CREATE TABLE "session" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "account_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "end_reason" TEXT,
    "address" TEXT,
    "user_agent" TEXT,

    CONSTRAINT "session_pkey" PRIMARY KEY ("centre_id","id")
);

-- CreateTable
CREATE TABLE "pairing" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "code_hash" BYTEA NOT NULL,
    "label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "pairing_pkey" PRIMARY KEY ("centre_id","id")
);

-- CreateTable
CREATE TABLE "kiosk" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "source_id" UUID,
    "paired_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "kiosk_pkey" PRIMARY KEY ("centre_id","id")
);

-- CreateTable
CREATE TABLE "agent" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "public_key" BYTEA NOT NULL,
    "paired_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "seen_at" TIMESTAMPTZ(3),
    "detail" TEXT,

    CONSTRAINT "agent_pkey" PRIMARY KEY ("centre_id","id")
);

-- CreateTable
CREATE TABLE "source" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "place_en" TEXT NOT NULL,
    "zone_id" UUID,
    "agent_id" UUID,
    "serial" TEXT NOT NULL,
    "dialect" TEXT,
    "capacity" INTEGER,
    "emulated" BOOLEAN NOT NULL DEFAULT false,
    "retired_at" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL DEFAULT 'unknown',
    "state_since" TIMESTAMPTZ(3),
    "seen_at" TIMESTAMPTZ(3),
    "last_punch_at" TIMESTAMPTZ(3),
    "queue_length" INTEGER,
    "template_count" INTEGER,
    "clock_offset_ms" INTEGER,

    CONSTRAINT "source_pkey" PRIMARY KEY ("centre_id","id")
);

-- CreateTable
CREATE TABLE "enrolment" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "finger" INTEGER,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),

    CONSTRAINT "enrolment_pkey" PRIMARY KEY ("centre_id","id")
);

-- CreateTable
CREATE TABLE "punch" (
    "centre_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "spool_epoch" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "subject" TEXT NOT NULL,
    "score" INTEGER,
    "offset_ms" INTEGER,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "quarantine" TEXT,

    CONSTRAINT "punch_pkey" PRIMARY KEY ("centre_id","source_id","spool_epoch","seq","at")
);

-- CreateTable
CREATE TABLE "reader_event" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "reader_event_pkey" PRIMARY KEY ("centre_id","id")
);

-- CreateTable
CREATE TABLE "outage" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "reason" TEXT NOT NULL,
    "confirmed_by" UUID,
    "confirmed_at" TIMESTAMPTZ(3),

    CONSTRAINT "outage_pkey" PRIMARY KEY ("centre_id","id")
);

-- CreateTable
CREATE TABLE "agent_command" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "source_id" UUID,
    "kind" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "steps" JSONB NOT NULL DEFAULT '[]',
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "taken_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "agent_command_pkey" PRIMARY KEY ("centre_id","id")
);

-- CreateTable
CREATE TABLE "rule_set" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "source" JSONB NOT NULL,
    "valid_from" DATE NOT NULL,
    "document" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rule_set_pkey" PRIMARY KEY ("centre_id","id")
);

-- CreateTable
CREATE TABLE "calendar_layer" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "layer" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "number" TEXT,
    "issued_on" DATE,
    "document" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "calendar_layer_pkey" PRIMARY KEY ("centre_id","id")
);

-- CreateTable
CREATE TABLE "coverage" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "note" TEXT,
    "stand_in_id" UUID,

    CONSTRAINT "coverage_pkey" PRIMARY KEY ("centre_id","id")
);

-- CreateTable
CREATE TABLE "half_result" (
    "centre_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "half" TEXT NOT NULL,
    "mark" TEXT,
    "minutes_late" INTEGER NOT NULL,
    "minutes_early" INTEGER NOT NULL,
    "grade" TEXT,
    "codes" TEXT[],
    "rule_version" TEXT NOT NULL,
    "final" BOOLEAN NOT NULL,

    CONSTRAINT "half_result_pkey" PRIMARY KEY ("centre_id","person_id","day","half")
);

-- CreateTable
CREATE TABLE "stale_day" (
    "centre_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "day" DATE NOT NULL,

    CONSTRAINT "stale_day_pkey" PRIMARY KEY ("centre_id","person_id","day")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "centre_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "role" TEXT,
    "action" TEXT NOT NULL,
    "subject" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "address" TEXT,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("centre_id","id")
);

-- CreateTable
CREATE TABLE "audit_seal" (
    "centre_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "last_entry" UUID NOT NULL,
    "entries" INTEGER NOT NULL,
    "previous" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_seal_pkey" PRIMARY KEY ("centre_id","seq")
);

-- CreateIndex
CREATE UNIQUE INDEX "zone_centre_id_code_key" ON "zone"("centre_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "dispatching_unit_centre_id_name_key" ON "dispatching_unit"("centre_id", "name");

-- CreateIndex
CREATE INDEX "window_centre_id_zone_id_idx" ON "window"("centre_id", "zone_id");

-- CreateIndex
CREATE UNIQUE INDEX "window_centre_id_number_key" ON "window"("centre_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "window_group_centre_id_name_key" ON "window_group"("centre_id", "name");

-- CreateIndex
CREATE INDEX "window_group_member_centre_id_window_id_idx" ON "window_group_member"("centre_id", "window_id");

-- CreateIndex
CREATE INDEX "person_centre_id_reading_idx" ON "person"("centre_id", "reading");

-- CreateIndex
CREATE INDEX "person_centre_id_id_number_index_idx" ON "person"("centre_id", "id_number_index");

-- CreateIndex
CREATE INDEX "person_centre_id_phone_index_idx" ON "person"("centre_id", "phone_index");

-- CreateIndex
CREATE UNIQUE INDEX "person_centre_id_staff_number_key" ON "person"("centre_id", "staff_number");

-- CreateIndex
CREATE INDEX "posting_centre_id_person_id_idx" ON "posting"("centre_id", "person_id");

-- CreateIndex
CREATE INDEX "posting_centre_id_unit_id_idx" ON "posting"("centre_id", "unit_id");

-- CreateIndex
CREATE INDEX "window_post_centre_id_person_id_idx" ON "window_post"("centre_id", "person_id");

-- CreateIndex
CREATE INDEX "window_post_centre_id_window_id_idx" ON "window_post"("centre_id", "window_id");

-- CreateIndex
CREATE INDEX "chief_appointment_centre_id_person_id_idx" ON "chief_appointment"("centre_id", "person_id");

-- CreateIndex
CREATE INDEX "chief_appointment_centre_id_window_id_idx" ON "chief_appointment"("centre_id", "window_id");

-- CreateIndex
CREATE INDEX "person_group_centre_id_person_id_idx" ON "person_group"("centre_id", "person_id");

-- CreateIndex
CREATE UNIQUE INDEX "account_sign_in_key" ON "account"("sign_in");

-- CreateIndex
CREATE UNIQUE INDEX "account_centre_id_person_id_key" ON "account"("centre_id", "person_id");

-- CreateIndex
CREATE INDEX "role_grant_centre_id_account_id_idx" ON "role_grant"("centre_id", "account_id");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_hash_key" ON "session"("token_hash");

-- CreateIndex
CREATE INDEX "session_centre_id_account_id_idx" ON "session"("centre_id", "account_id");

-- CreateIndex
CREATE UNIQUE INDEX "pairing_code_hash_key" ON "pairing"("code_hash");

-- CreateIndex
CREATE UNIQUE INDEX "kiosk_token_hash_key" ON "kiosk"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "source_centre_id_serial_key" ON "source"("centre_id", "serial");

-- CreateIndex
CREATE INDEX "enrolment_centre_id_person_id_idx" ON "enrolment"("centre_id", "person_id");

-- CreateIndex
CREATE INDEX "enrolment_centre_id_source_id_subject_idx" ON "enrolment"("centre_id", "source_id", "subject");

-- CreateIndex
CREATE INDEX "punch_centre_id_source_id_subject_at_idx" ON "punch"("centre_id", "source_id", "subject", "at");

-- CreateIndex
CREATE INDEX "punch_centre_id_at_idx" ON "punch"("centre_id", "at");

-- CreateIndex
CREATE INDEX "reader_event_centre_id_source_id_at_idx" ON "reader_event"("centre_id", "source_id", "at");

-- CreateIndex
CREATE INDEX "outage_centre_id_source_id_starts_at_idx" ON "outage"("centre_id", "source_id", "starts_at");

-- CreateIndex
CREATE INDEX "agent_command_centre_id_agent_id_state_idx" ON "agent_command"("centre_id", "agent_id", "state");

-- CreateIndex
CREATE INDEX "rule_set_centre_id_kind_valid_from_idx" ON "rule_set"("centre_id", "kind", "valid_from");

-- CreateIndex
CREATE UNIQUE INDEX "rule_set_centre_id_kind_version_key" ON "rule_set"("centre_id", "kind", "version");

-- CreateIndex
CREATE UNIQUE INDEX "calendar_layer_centre_id_year_layer_created_at_key" ON "calendar_layer"("centre_id", "year", "layer", "created_at");

-- CreateIndex
CREATE INDEX "coverage_centre_id_person_id_starts_at_idx" ON "coverage"("centre_id", "person_id", "starts_at");

-- CreateIndex
CREATE INDEX "coverage_centre_id_starts_at_idx" ON "coverage"("centre_id", "starts_at");

-- CreateIndex
CREATE INDEX "half_result_centre_id_day_idx" ON "half_result"("centre_id", "day");

-- CreateIndex
CREATE INDEX "audit_entry_centre_id_at_idx" ON "audit_entry"("centre_id", "at");

-- AddForeignKey
ALTER TABLE "zone" ADD CONSTRAINT "zone_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dispatching_unit" ADD CONSTRAINT "dispatching_unit_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "window" ADD CONSTRAINT "window_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "window" ADD CONSTRAINT "window_centre_id_zone_id_fkey" FOREIGN KEY ("centre_id", "zone_id") REFERENCES "zone"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "window_group" ADD CONSTRAINT "window_group_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "window_group_member" ADD CONSTRAINT "window_group_member_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "window_group_member" ADD CONSTRAINT "window_group_member_centre_id_group_id_fkey" FOREIGN KEY ("centre_id", "group_id") REFERENCES "window_group"("centre_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "window_group_member" ADD CONSTRAINT "window_group_member_centre_id_window_id_fkey" FOREIGN KEY ("centre_id", "window_id") REFERENCES "window"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "posting" ADD CONSTRAINT "posting_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "posting" ADD CONSTRAINT "posting_centre_id_person_id_fkey" FOREIGN KEY ("centre_id", "person_id") REFERENCES "person"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "posting" ADD CONSTRAINT "posting_centre_id_unit_id_fkey" FOREIGN KEY ("centre_id", "unit_id") REFERENCES "dispatching_unit"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "window_post" ADD CONSTRAINT "window_post_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "window_post" ADD CONSTRAINT "window_post_centre_id_person_id_fkey" FOREIGN KEY ("centre_id", "person_id") REFERENCES "person"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "window_post" ADD CONSTRAINT "window_post_centre_id_window_id_fkey" FOREIGN KEY ("centre_id", "window_id") REFERENCES "window"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chief_appointment" ADD CONSTRAINT "chief_appointment_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chief_appointment" ADD CONSTRAINT "chief_appointment_centre_id_person_id_fkey" FOREIGN KEY ("centre_id", "person_id") REFERENCES "person"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chief_appointment" ADD CONSTRAINT "chief_appointment_centre_id_window_id_fkey" FOREIGN KEY ("centre_id", "window_id") REFERENCES "window"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_group" ADD CONSTRAINT "person_group_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_group" ADD CONSTRAINT "person_group_centre_id_person_id_fkey" FOREIGN KEY ("centre_id", "person_id") REFERENCES "person"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_centre_id_person_id_fkey" FOREIGN KEY ("centre_id", "person_id") REFERENCES "person"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_centre_id_account_id_fkey" FOREIGN KEY ("centre_id", "account_id") REFERENCES "account"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_centre_id_granted_by_fkey" FOREIGN KEY ("centre_id", "granted_by") REFERENCES "account"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_centre_id_unit_id_fkey" FOREIGN KEY ("centre_id", "unit_id") REFERENCES "dispatching_unit"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_centre_id_account_id_fkey" FOREIGN KEY ("centre_id", "account_id") REFERENCES "account"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pairing" ADD CONSTRAINT "pairing_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "kiosk" ADD CONSTRAINT "kiosk_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "kiosk" ADD CONSTRAINT "kiosk_centre_id_source_id_fkey" FOREIGN KEY ("centre_id", "source_id") REFERENCES "source"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent" ADD CONSTRAINT "agent_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source" ADD CONSTRAINT "source_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source" ADD CONSTRAINT "source_centre_id_zone_id_fkey" FOREIGN KEY ("centre_id", "zone_id") REFERENCES "zone"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source" ADD CONSTRAINT "source_centre_id_agent_id_fkey" FOREIGN KEY ("centre_id", "agent_id") REFERENCES "agent"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_centre_id_source_id_fkey" FOREIGN KEY ("centre_id", "source_id") REFERENCES "source"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_centre_id_person_id_fkey" FOREIGN KEY ("centre_id", "person_id") REFERENCES "person"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "punch" ADD CONSTRAINT "punch_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "punch" ADD CONSTRAINT "punch_centre_id_source_id_fkey" FOREIGN KEY ("centre_id", "source_id") REFERENCES "source"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reader_event" ADD CONSTRAINT "reader_event_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reader_event" ADD CONSTRAINT "reader_event_centre_id_source_id_fkey" FOREIGN KEY ("centre_id", "source_id") REFERENCES "source"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outage" ADD CONSTRAINT "outage_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outage" ADD CONSTRAINT "outage_centre_id_source_id_fkey" FOREIGN KEY ("centre_id", "source_id") REFERENCES "source"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_command" ADD CONSTRAINT "agent_command_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_command" ADD CONSTRAINT "agent_command_centre_id_agent_id_fkey" FOREIGN KEY ("centre_id", "agent_id") REFERENCES "agent"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_command" ADD CONSTRAINT "agent_command_centre_id_source_id_fkey" FOREIGN KEY ("centre_id", "source_id") REFERENCES "source"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rule_set" ADD CONSTRAINT "rule_set_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "calendar_layer" ADD CONSTRAINT "calendar_layer_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coverage" ADD CONSTRAINT "coverage_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coverage" ADD CONSTRAINT "coverage_centre_id_person_id_fkey" FOREIGN KEY ("centre_id", "person_id") REFERENCES "person"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coverage" ADD CONSTRAINT "coverage_centre_id_stand_in_id_fkey" FOREIGN KEY ("centre_id", "stand_in_id") REFERENCES "person"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "half_result" ADD CONSTRAINT "half_result_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "half_result" ADD CONSTRAINT "half_result_centre_id_person_id_fkey" FOREIGN KEY ("centre_id", "person_id") REFERENCES "person"("centre_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stale_day" ADD CONSTRAINT "stale_day_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stale_day" ADD CONSTRAINT "stale_day_centre_id_person_id_fkey" FOREIGN KEY ("centre_id", "person_id") REFERENCES "person"("centre_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_seal" ADD CONSTRAINT "audit_seal_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ═══ Beyond Prisma ═══════════════════════════════════════════════════════════════════════════════════════════════════

-- ── What may not overlap 不得重叠 ──────────────────────────────────────────────────────────────────────────────────
-- Days are inclusive on both ends; instants are [from, to), so that one may begin where the other ends.

ALTER TABLE posting ADD CONSTRAINT posting_no_overlap
  EXCLUDE USING gist (centre_id WITH =, person_id WITH =, daterange(starts_on, ends_on, '[]') WITH &&);

ALTER TABLE window_post ADD CONSTRAINT window_post_no_overlap
  EXCLUDE USING gist (centre_id WITH =, person_id WITH =, window_id WITH =, daterange(starts_on, ends_on, '[]') WITH &&)
  WHERE (window_id IS NOT NULL);

ALTER TABLE window_post ADD CONSTRAINT window_post_no_overlap_without_window
  EXCLUDE USING gist (centre_id WITH =, person_id WITH =, post WITH =, daterange(starts_on, ends_on, '[]') WITH &&)
  WHERE (window_id IS NULL);

ALTER TABLE window_post ADD CONSTRAINT window_post_one_a_post
  EXCLUDE USING gist (centre_id WITH =, window_id WITH =, daterange(starts_on, ends_on, '[]') WITH &&)
  WHERE (post = 'a');

ALTER TABLE chief_appointment ADD CONSTRAINT chief_appointment_one_per_window
  EXCLUDE USING gist (centre_id WITH =, window_id WITH =, daterange(starts_on, ends_on, '[]') WITH &&);

ALTER TABLE person_group ADD CONSTRAINT person_group_no_overlap
  EXCLUDE USING gist (centre_id WITH =, person_id WITH =, "group" WITH =, daterange(starts_on, ends_on, '[]') WITH &&);

ALTER TABLE enrolment ADD CONSTRAINT enrolment_one_person_per_subject
  EXCLUDE USING gist (centre_id WITH =, source_id WITH =, subject WITH =, tstzrange(starts_at, ends_at) WITH &&);

ALTER TABLE coverage ADD CONSTRAINT coverage_no_overlap
  EXCLUDE USING gist (centre_id WITH =, person_id WITH =, tstzrange(starts_at, ends_at) WITH &&);

ALTER TABLE outage ADD CONSTRAINT outage_no_overlap
  EXCLUDE USING gist (centre_id WITH =, source_id WITH =, tstzrange(starts_at, ends_at) WITH &&);

-- The three administrators 三员 exclude each other: two different ones of one account may not meet in time.
ALTER TABLE role_grant ADD CONSTRAINT role_grant_administrators_exclude
  EXCLUDE USING gist (centre_id WITH =, account_id WITH =, role WITH <>, daterange(starts_on, ends_on, '[]') WITH &&)
  WHERE (role IN ('system_administrator', 'security_administrator', 'audit_administrator'));

ALTER TABLE role_grant ADD CONSTRAINT role_grant_no_overlap
  EXCLUDE USING gist (
    centre_id WITH =, account_id WITH =, role WITH =,
    COALESCE(unit_id, '00000000-0000-0000-0000-000000000000'::uuid) WITH =,
    daterange(starts_on, ends_on, '[]') WITH &&
  );

-- ── What a value may be 取值 ───────────────────────────────────────────────────────────────────────────────────────

ALTER TABLE centre ADD CONSTRAINT centre_zone_named CHECK (zone ~ '^[A-Za-z]+(/[A-Za-z0-9_+-]+)*$');
ALTER TABLE zone ADD CONSTRAINT zone_code_short CHECK (code ~ '^[A-Z0-9]{1,4}$');
ALTER TABLE "window" ADD CONSTRAINT window_days_in_order CHECK (opens_on <= closes_on);
ALTER TABLE window_group ADD CONSTRAINT window_group_min_staff_positive CHECK (min_staff >= 0);
ALTER TABLE person ADD CONSTRAINT person_cipher_with_index CHECK (
  (phone_cipher IS NULL) = (phone_index IS NULL) AND (id_number_cipher IS NULL) = (id_number_index IS NULL)
);
ALTER TABLE person ADD CONSTRAINT person_named CHECK (name <> '' AND staff_number <> '');
ALTER TABLE posting ADD CONSTRAINT posting_days_in_order CHECK (starts_on <= ends_on);
ALTER TABLE window_post ADD CONSTRAINT window_post_days_in_order CHECK (starts_on <= ends_on);
ALTER TABLE window_post ADD CONSTRAINT window_post_known CHECK (
  post IN ('a', 'b', 'reserve', 'guide', 'back_office', 'duty_officer')
);
ALTER TABLE window_post ADD CONSTRAINT window_post_a_and_b_have_window CHECK (post NOT IN ('a', 'b') OR window_id IS NOT NULL);
ALTER TABLE chief_appointment ADD CONSTRAINT chief_appointment_days_in_order CHECK (starts_on <= ends_on);
ALTER TABLE person_group ADD CONSTRAINT person_group_days_in_order CHECK (starts_on <= ends_on);

ALTER TABLE account ADD CONSTRAINT account_failed_sign_ins_positive CHECK (failed_sign_ins >= 0);
ALTER TABLE role_grant ADD CONSTRAINT role_grant_days_in_order CHECK (starts_on <= ends_on);
ALTER TABLE role_grant ADD CONSTRAINT role_grant_role_known CHECK (role IN (
  'staff', 'chief_representative', 'duty_officer', 'inspector', 'guide', 'hr', 'leader', 'committee',
  'unit_contact', 'unit_leader', 'unit_administrator', 'branch_secretary', 'league_secretary',
  'system_administrator', 'security_administrator', 'audit_administrator', 'external_auditor',
  'city_operator'
));
ALTER TABLE session ADD CONSTRAINT session_token_hashed CHECK (octet_length(token_hash) = 32);
ALTER TABLE session ADD CONSTRAINT session_role_known CHECK (role IN (
  'staff', 'chief_representative', 'duty_officer', 'inspector', 'guide', 'hr', 'leader', 'committee',
  'unit_contact', 'unit_leader', 'unit_administrator', 'branch_secretary', 'league_secretary',
  'system_administrator', 'security_administrator', 'audit_administrator', 'external_auditor',
  'city_operator'
));
ALTER TABLE pairing ADD CONSTRAINT pairing_kind_known CHECK (kind IN ('kiosk', 'agent'));

ALTER TABLE agent ADD CONSTRAINT agent_public_key_raw CHECK (octet_length(public_key) = 32);
ALTER TABLE source ADD CONSTRAINT source_kind_known CHECK (kind IN ('reader', 'terminal', 'file', 'roll'));
ALTER TABLE source ADD CONSTRAINT source_dialect_known CHECK (dialect IN ('zfm', 'grow', 'syno'));
ALTER TABLE source ADD CONSTRAINT source_state_known CHECK (state IN ('unknown', 'online', 'offline', 'fault'));
ALTER TABLE enrolment ADD CONSTRAINT enrolment_instants_in_order CHECK (starts_at < ends_at);
ALTER TABLE punch ADD CONSTRAINT punch_seq_positive CHECK (seq >= 1);
ALTER TABLE punch ADD CONSTRAINT punch_quarantine_known CHECK (quarantine IN ('future', 'before_2020', 'clock_off'));
ALTER TABLE outage ADD CONSTRAINT outage_instants_in_order CHECK (starts_at < ends_at);
ALTER TABLE outage ADD CONSTRAINT outage_confirmed_by_somebody CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL));
ALTER TABLE agent_command ADD CONSTRAINT agent_command_kind_known CHECK (
  kind IN ('enrol', 'delete', 'self_test', 'light', 'press')
);
ALTER TABLE agent_command ADD CONSTRAINT agent_command_state_known CHECK (
  state IN ('waiting', 'taken', 'done', 'failed', 'expired')
);

ALTER TABLE rule_set ADD CONSTRAINT rule_set_state_known CHECK (state IN ('draft', 'active'));
ALTER TABLE calendar_layer ADD CONSTRAINT calendar_layer_known CHECK (layer IN ('centre', 'local', 'state'));
ALTER TABLE calendar_layer ADD CONSTRAINT calendar_layer_year_plausible CHECK (year BETWEEN 2000 AND 2199);
ALTER TABLE coverage ADD CONSTRAINT coverage_instants_in_order CHECK (starts_at < ends_at);
ALTER TABLE coverage ADD CONSTRAINT coverage_kind_known CHECK (kind IN (
  'annual', 'sick', 'private', 'home_visit', 'work_injury', 'official_leave', 'other_leave', 'marriage',
  'maternity', 'prenatal', 'paternity', 'parental', 'parent_care', 'nursing', 'bereavement', 'duty_out',
  'business_trip', 'training', 'group_activity', 'time_off'
));
ALTER TABLE coverage ADD CONSTRAINT coverage_nobody_stands_in_for_himself CHECK (stand_in_id <> person_id);
ALTER TABLE half_result ADD CONSTRAINT half_result_half_known CHECK (half IN ('am', 'pm'));
ALTER TABLE half_result ADD CONSTRAINT half_result_minutes_positive CHECK (minutes_late >= 0 AND minutes_early >= 0);
ALTER TABLE half_result ADD CONSTRAINT half_result_mark_known CHECK (mark IN (
  'present', 'manual', 'late', 'early', 'late_and_early', 'missing', 'pending', 'absent', 'overdue',
  'annual', 'sick', 'private', 'home_visit', 'work_injury', 'official_leave', 'other_leave', 'marriage',
  'maternity', 'prenatal', 'paternity', 'parental', 'parent_care', 'nursing', 'bereavement', 'duty_out',
  'business_trip', 'training', 'group_activity', 'extra_duty', 'time_off', 'half_holiday', 'rest', 'holiday',
  'not_in_service'
));

ALTER TABLE audit_entry ADD CONSTRAINT audit_entry_says_who_and_what CHECK (actor <> '' AND action <> '');
ALTER TABLE audit_seal ADD CONSTRAINT audit_seal_complete CHECK (
  seq >= 1 AND entries >= 1 AND octet_length(previous) = 32 AND octet_length(hash) = 32
);

-- ── Ledgers 只增不改 ───────────────────────────────────────────────────────────────────────────────────────────────
-- Twice refused: the web role has no privilege, and whoever has one (the owner) meets the trigger.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'table % is append-only: % refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Record a correction beside it; what is written stays.';
END
$$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON punch
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reader_event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A rule set that has been in force is what past results were judged by.
CREATE FUNCTION refuse_change_of_active_rules() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rule set % is active: % refused', OLD.version, TG_OP
    USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Save a new version with its own first day.';
END
$$;

CREATE TRIGGER active_rules_stay BEFORE UPDATE OR DELETE ON rule_set
  FOR EACH ROW WHEN (OLD.state = 'active') EXECUTE FUNCTION refuse_change_of_active_rules();

-- ── Database roles 数据库角色 ──────────────────────────────────────────────────────────────────────────────────────
-- The owner migrates. The web process acts as window_staff_web, which owns nothing. Roles belong to the whole
-- server, so another database of it may have made this one already.

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'window_staff_web') THEN
    CREATE ROLE window_staff_web NOLOGIN;
  END IF;
EXCEPTION
  WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

-- With one address for everything the owner itself connects and then acts as the web role.
DO $$
BEGIN
  EXECUTE format('GRANT window_staff_web TO %I', current_user);
EXCEPTION
  WHEN insufficient_privilege THEN
    IF NOT pg_has_role(current_user, 'window_staff_web', 'MEMBER') THEN RAISE; END IF;
END
$$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO window_staff_web;

-- Facts and decisions: read, add, correct; not deleted.
GRANT SELECT, INSERT, UPDATE ON
  centre, zone, dispatching_unit, "window", window_group, window_group_member, person, posting, window_post,
  chief_appointment, person_group, account, role_grant, session, pairing, kiosk, agent, source, enrolment, outage,
  agent_command, rule_set, calendar_layer, coverage, half_result, stale_day
TO window_staff_web;

-- Ledgers: read and add.
GRANT SELECT, INSERT ON punch, reader_event, audit_entry, audit_seal TO window_staff_web;

-- Projections, queues, drafts and what has run out: may go.
GRANT DELETE ON half_result, stale_day, window_group_member, session, pairing, rule_set, coverage TO window_staff_web;

-- A table of a later migration starts like a ledger; whatever it needs beyond that, its migration says.
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT ON TABLES TO window_staff_web;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO window_staff_web;
