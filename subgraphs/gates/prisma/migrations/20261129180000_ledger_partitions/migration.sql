-- The ledger by months of the server's clock, attempts and presence hashed, and what the whole set of rules needs.

-- AlterTable
ALTER TABLE "devices" ADD COLUMN "app_version" TEXT,
ADD COLUMN "battery_percent" INTEGER,
ADD COLUMN "seqs" int4multirange NOT NULL DEFAULT '{}'::int4multirange,
ADD COLUMN "waiting" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "zones" ADD COLUMN "anti_passback" TEXT NOT NULL DEFAULT 'HARD',
ADD COLUMN "closes_at" TEXT,
ADD COLUMN "passback_timeout_seconds" INTEGER;

-- AlterTable
ALTER TABLE "ticket_types" ADD COLUMN "daily_from" TEXT,
ADD COLUMN "daily_until" TEXT;

-- AlterTable
ALTER TABLE "tickets" ADD COLUMN "changed_in" BIGINT NOT NULL DEFAULT (pg_current_xact_id()::text)::bigint;

-- CreateIndex
CREATE INDEX "tickets_event_id_changed_in_id_idx" ON "tickets"("event_id", "changed_in", "id");

-- What a device sent until now.
UPDATE "devices" SET "seqs" = coalesce((
  SELECT range_agg(int4range("device_seq", "device_seq" + 1)) FROM "ledger"
  WHERE "device_id" = "devices"."id" AND "device_seq" > 0 AND "device_seq" < 2147483647), '{}');

ALTER TABLE "ledger" RENAME TO "ledger_before";
ALTER TABLE "ledger_before" RENAME CONSTRAINT "ledger_pkey" TO "ledger_before_pkey";
ALTER INDEX "ledger_gate_id_ledger_seq_idx" RENAME TO "ledger_before_1";
ALTER INDEX "ledger_device_id_ledger_seq_idx" RENAME TO "ledger_before_2";
ALTER INDEX "ledger_credential_id_ledger_seq_idx" RENAME TO "ledger_before_3";

-- CreateTable
CREATE TABLE "ledger" (
    "event_id" TEXT NOT NULL,
    "ledger_seq" INTEGER NOT NULL,
    "organization_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "detail" JSONB,
    "gate_id" TEXT,
    "scan_id" TEXT,
    "code_hash" TEXT,
    "device_id" TEXT,
    "device_seq" INTEGER,
    "direction" TEXT,
    "outcome" TEXT,
    "reason" TEXT,
    "credential_id" TEXT,
    "ticket_type_id" TEXT,
    "from_place" TEXT,
    "to_place" TEXT,
    "unmatched" BOOLEAN NOT NULL DEFAULT false,
    "offline" BOOLEAN NOT NULL DEFAULT false,
    "is_first_admission" BOOLEAN NOT NULL DEFAULT false,
    "scanned_at" TIMESTAMPTZ(3),
    "effective_at" TIMESTAMPTZ(3),
    "clock_suspect" BOOLEAN NOT NULL DEFAULT false,
    "degraded" BOOLEAN NOT NULL DEFAULT false,
    "override_reason" TEXT,
    "conflict" TEXT,
    "of_seq" INTEGER,
    "bodies" INTEGER,

    CONSTRAINT "ledger_pkey" PRIMARY KEY ("event_id","ledger_seq","recorded_at")
) PARTITION BY RANGE ("recorded_at");

-- CreateIndex
CREATE INDEX "ledger_gate_id_ledger_seq_idx" ON "ledger"("gate_id", "ledger_seq");

-- CreateIndex
CREATE INDEX "ledger_device_id_ledger_seq_idx" ON "ledger"("device_id", "ledger_seq");

-- CreateIndex
CREATE INDEX "ledger_credential_id_ledger_seq_idx" ON "ledger"("credential_id", "ledger_seq");

-- The ledger is append-only, whoever is connected.
CREATE TRIGGER "ledger_is_append_only" BEFORE UPDATE OR DELETE ON "ledger"
  FOR EACH ROW EXECUTE FUNCTION "refuse_ledger_change"();
CREATE TRIGGER "ledger_is_never_emptied" BEFORE TRUNCATE ON "ledger"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_ledger_change"();

-- Catches what no month was made for in time. It stays empty: months are made ahead.
CREATE TABLE "ledger_default" PARTITION OF "ledger" DEFAULT;
CREATE TRIGGER "ledger_is_never_emptied" BEFORE TRUNCATE ON "ledger_default"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_ledger_change"();

-- Makes the month of a moment, if it is not there. Attached, not made as a partition: that would lock out readers of all
-- months. The one without a month is locked for a moment; where that has to wait it is tried again an hour later.
CREATE FUNCTION "make_ledger_month"("moment" TIMESTAMPTZ) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  "first" TIMESTAMPTZ := date_trunc('month', "moment", 'UTC');
  "next" TIMESTAMPTZ := date_trunc('month', "first" + interval '32 days', 'UTC');
  "name" TEXT := 'ledger_' || to_char("first" AT TIME ZONE 'UTC', 'YYYY_MM');
BEGIN
  -- One at a time, whoever comes.
  PERFORM pg_advisory_xact_lock(hashtext('make_ledger_month'));
  IF to_regclass(quote_ident("name")) IS NOT NULL THEN
    RETURN false;
  END IF;
  PERFORM set_config('lock_timeout', '2s', true);
  EXECUTE format('CREATE TABLE %I (LIKE "ledger" INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', "name");
  EXECUTE format('CREATE INDEX %I ON %I ("event_id", "ledger_seq") WHERE "outcome" = ''REJECTED''',
    "name" || '_refused', "name");
  EXECUTE format('ALTER TABLE "ledger" ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', "name", "first", "next");
  -- A trigger on rows reaches partitions by itself; one on TRUNCATE does not.
  EXECUTE format('CREATE TRIGGER "ledger_is_never_emptied" BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION "refuse_ledger_change"()', "name");
  RETURN true;
END;
$$;

-- Detaches the months that ended before a moment and puts them into the schema ledger_archive, where they are read by
-- whoever has a use for them, dumped or dropped. A month with an event that is not over stays. Answers their names.
CREATE FUNCTION "archive_ledger_months"("moment" TIMESTAMPTZ) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
  "name" TEXT;
  "is_live" BOOLEAN;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('make_ledger_month'));
  PERFORM set_config('lock_timeout', '2s', true);
  FOR "name" IN
    SELECT "relname" FROM pg_inherits JOIN pg_class ON pg_class.oid = "inhrelid"
    WHERE "inhparent" = '"ledger"'::regclass AND "relname" ~ '^ledger_\d{4}_\d{2}$'
      AND to_date(substr("relname", 8), 'YYYY_MM') + interval '1 month' <= "moment" AT TIME ZONE 'UTC'
    ORDER BY 1
  LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %I AS old JOIN "events" ON "events"."id" = old."event_id"
      WHERE "events"."status" NOT IN (''ENDED'', ''ARCHIVED'', ''CANCELLED''))', "name") INTO "is_live";
    CONTINUE WHEN "is_live";
    CREATE SCHEMA IF NOT EXISTS "ledger_archive";
    EXECUTE format('ALTER TABLE "ledger" DETACH PARTITION %I', "name");
    -- The trigger on rows was the whole ledger's, and is gone with it.
    EXECUTE format('CREATE TRIGGER "ledger_is_append_only" BEFORE UPDATE OR DELETE ON %I
      FOR EACH ROW EXECUTE FUNCTION "refuse_ledger_change"()', "name");
    EXECUTE format('ALTER TABLE %I SET SCHEMA "ledger_archive"', "name");
    RETURN NEXT "name";
  END LOOP;
END;
$$;

SELECT "make_ledger_month"("month") FROM (
  SELECT DISTINCT date_trunc('month', "recorded_at", 'UTC') AS "month" FROM "ledger_before"
  UNION SELECT generate_series(date_trunc('month', now(), 'UTC'), now() + interval '3 months', interval '1 month')
) AS "months";

INSERT INTO "ledger" ("event_id", "ledger_seq", "organization_id", "kind", "recorded_at", "actor_kind", "actor_id",
  "detail", "gate_id", "scan_id", "code_hash", "device_id", "device_seq", "direction", "outcome", "reason",
  "credential_id", "ticket_type_id", "from_place", "to_place", "unmatched", "offline", "is_first_admission",
  "scanned_at", "effective_at", "clock_suspect", "degraded", "override_reason")
SELECT * FROM "ledger_before";

-- CreateTable
CREATE TABLE "attempts" (
    "organization_id" TEXT NOT NULL,
    "scan_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "ledger_seq" INTEGER NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "link_seq" INTEGER,
    "link_recorded_at" TIMESTAMPTZ(3),
    "undo_seq" INTEGER,
    "undo_recorded_at" TIMESTAMPTZ(3),

    CONSTRAINT "attempts_pkey" PRIMARY KEY ("organization_id","scan_id")
) PARTITION BY HASH ("scan_id");

-- CreateTable
ALTER TABLE "presence" RENAME TO "presence_before";
ALTER TABLE "presence_before" RENAME CONSTRAINT "presence_pkey" TO "presence_before_pkey";
CREATE TABLE "presence" (
    "credential_id" TEXT NOT NULL,
    "place_id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "bodies" INTEGER NOT NULL,
    "entries" INTEGER NOT NULL,
    "last_entry_at" TIMESTAMPTZ(3),
    "entries_from_outside" INTEGER NOT NULL,
    "last_from_outside_at" TIMESTAMPTZ(3),
    "last_movement_at" TIMESTAMPTZ(3) NOT NULL,
    "first_entry_seq" INTEGER,
    "first_entry_at" TIMESTAMPTZ(3),
    "first_entry_gate_id" TEXT,
    "first_entry_device_id" TEXT,
    "is_reset" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "presence_pkey" PRIMARY KEY ("event_id","credential_id","place_id")
) PARTITION BY HASH ("event_id");

-- CreateIndex
CREATE INDEX "presence_credential_id_idx" ON "presence"("credential_id");

DO $$
BEGIN
  FOR "part" IN 0..7 LOOP
    EXECUTE format('CREATE TABLE %I PARTITION OF "attempts" FOR VALUES WITH (MODULUS 8, REMAINDER %s)',
      'attempts_' || "part", "part");
    EXECUTE format('CREATE TABLE %I PARTITION OF "presence" FOR VALUES WITH (MODULUS 8, REMAINDER %s)',
      'presence_' || "part", "part");
  END LOOP;
END;
$$;

INSERT INTO "attempts" ("organization_id", "scan_id", "event_id", "ledger_seq", "recorded_at")
SELECT "organization_id", "scan_id", "event_id", "ledger_seq", "recorded_at" FROM "ledger_before"
WHERE "scan_id" IS NOT NULL;
INSERT INTO "presence" ("credential_id", "place_id", "organization_id", "event_id", "bodies", "entries",
  "last_entry_at", "entries_from_outside", "last_from_outside_at", "last_movement_at", "first_entry_seq",
  "first_entry_at", "first_entry_gate_id", "first_entry_device_id")
SELECT * FROM "presence_before";

DROP TABLE "ledger_before";
DROP TABLE "presence_before";

-- CreateTable
CREATE TABLE "invalid_uploads" (
    "organization_id" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "event_id" TEXT,
    "batch_id" TEXT NOT NULL,
    "scan" JSONB NOT NULL,
    "message" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "invalid_uploads_pkey" PRIMARY KEY ("organization_id","actor_id","hash")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "organization_id" TEXT NOT NULL,
    "principal" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "ledger_seq" INTEGER NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("organization_id","principal","key")
);

-- CreateTable
CREATE TABLE "resets" (
    "event_id" TEXT NOT NULL,
    "ledger_seq" INTEGER NOT NULL,
    "place_id" TEXT,
    "credential_id" TEXT,
    "day" TEXT,
    "effective_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "resets_pkey" PRIMARY KEY ("event_id","ledger_seq")
);

-- CreateIndex
CREATE UNIQUE INDEX "resets_place_id_day_key" ON "resets"("place_id", "day");

-- CreateIndex
CREATE INDEX "idempotency_keys_recorded_at_idx" ON "idempotency_keys"("recorded_at");
