-- CreateTable
CREATE TABLE "gates" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "zone_from_id" TEXT,
    "zone_to_id" TEXT,
    "status" TEXT NOT NULL,
    "lanes" INTEGER NOT NULL,
    "ticket_type_ids" TEXT[],
    "version" INTEGER NOT NULL,

    CONSTRAINT "gates_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event_counters" (
    "event_id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "ledger_seq" INTEGER NOT NULL,
    "inside" INTEGER NOT NULL,
    "admitted" INTEGER NOT NULL,

    CONSTRAINT "event_counters_pkey" PRIMARY KEY ("event_id")
);

-- CreateTable
CREATE TABLE "zone_counters" (
    "place_id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "bodies" INTEGER NOT NULL,

    CONSTRAINT "zone_counters_pkey" PRIMARY KEY ("place_id")
);

-- CreateTable
CREATE TABLE "gate_counters" (
    "gate_id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "entries" INTEGER NOT NULL,
    "exits" INTEGER NOT NULL,
    "rejected" INTEGER NOT NULL,

    CONSTRAINT "gate_counters_pkey" PRIMARY KEY ("gate_id")
);

-- CreateTable
CREATE TABLE "gate_rates" (
    "gate_id" TEXT NOT NULL,
    "slot" INTEGER NOT NULL,
    "second" BIGINT NOT NULL,
    "entries" INTEGER NOT NULL,
    "organization_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,

    CONSTRAINT "gate_rates_pkey" PRIMARY KEY ("gate_id","slot")
);

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

    CONSTRAINT "ledger_pkey" PRIMARY KEY ("event_id","ledger_seq")
);

-- CreateTable
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

    CONSTRAINT "presence_pkey" PRIMARY KEY ("credential_id","place_id")
);

-- CreateTable
CREATE TABLE "devices" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "gate_ids" TEXT[],
    "is_assigned" BOOLEAN NOT NULL DEFAULT false,
    "last_seq" INTEGER NOT NULL DEFAULT 0,
    "last_seen_at" TIMESTAMPTZ(3),
    "clock_skew_ms" INTEGER,

    CONSTRAINT "devices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tickets" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "ticket_type_id" TEXT NOT NULL,
    "code_hash" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "pending_reason" TEXT,
    "valid_until" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL,

    CONSTRAINT "tickets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "events" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "zones" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "capacity" INTEGER,
    "enforcement" TEXT NOT NULL,
    "parent_id" TEXT,
    "entry_policy" TEXT,
    "version" INTEGER NOT NULL,

    CONSTRAINT "zones_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ticket_types" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "entry_policy" TEXT NOT NULL,
    "zone_ids" TEXT[],
    "valid_from" TIMESTAMPTZ(3),
    "valid_until" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL,

    CONSTRAINT "ticket_types_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ticket_keys" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,

    CONSTRAINT "ticket_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rechecks" (
    "event_id" TEXT NOT NULL,
    "ledger_seq" INTEGER NOT NULL,
    "organization_id" TEXT NOT NULL,
    "ticket_id" TEXT NOT NULL,
    "code_hash" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "finding" TEXT,

    CONSTRAINT "rechecks_pkey" PRIMARY KEY ("event_id","ledger_seq")
);

-- CreateTable
CREATE TABLE "outbox" (
    "sequence" BIGSERIAL NOT NULL,
    "id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "last_error" TEXT,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("sequence")
);

-- CreateTable
CREATE TABLE "outbox_dead" (
    "sequence" BIGINT NOT NULL,
    "id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL,
    "last_error" TEXT NOT NULL,
    "died_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outbox_dead_pkey" PRIMARY KEY ("sequence")
);

-- CreateIndex
CREATE UNIQUE INDEX "gates_event_id_name_key" ON "gates"("event_id", "name");

-- CreateIndex
CREATE INDEX "zone_counters_event_id_idx" ON "zone_counters"("event_id");

-- CreateIndex
CREATE INDEX "gate_counters_event_id_idx" ON "gate_counters"("event_id");

-- CreateIndex
CREATE INDEX "gate_rates_event_id_idx" ON "gate_rates"("event_id");

-- CreateIndex
CREATE INDEX "ledger_gate_id_ledger_seq_idx" ON "ledger"("gate_id", "ledger_seq");

-- CreateIndex
CREATE INDEX "ledger_device_id_ledger_seq_idx" ON "ledger"("device_id", "ledger_seq");

-- CreateIndex
CREATE INDEX "ledger_device_id_device_seq_idx" ON "ledger"("device_id", "device_seq");

-- CreateIndex
CREATE INDEX "ledger_credential_id_ledger_seq_idx" ON "ledger"("credential_id", "ledger_seq");

-- CreateIndex
CREATE INDEX "ledger_event_id_outcome_ledger_seq_idx" ON "ledger"("event_id", "outcome", "ledger_seq");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_organization_id_scan_id_key" ON "ledger"("organization_id", "scan_id");

-- CreateIndex
CREATE INDEX "devices_event_id_idx" ON "devices"("event_id");

-- CreateIndex
CREATE INDEX "tickets_organization_id_code_hash_idx" ON "tickets"("organization_id", "code_hash");

-- CreateIndex
CREATE INDEX "zones_event_id_idx" ON "zones"("event_id");

-- CreateIndex
CREATE INDEX "zones_parent_id_idx" ON "zones"("parent_id");

-- CreateIndex
CREATE INDEX "ticket_types_event_id_idx" ON "ticket_types"("event_id");

-- CreateIndex
CREATE INDEX "rechecks_settled_at_recorded_at_idx" ON "rechecks"("settled_at", "recorded_at");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_id_key" ON "outbox"("id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_dead_id_key" ON "outbox_dead"("id");
