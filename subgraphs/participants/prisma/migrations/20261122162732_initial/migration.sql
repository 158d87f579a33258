-- CreateTable
CREATE TABLE "known_events" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "capacity" INTEGER NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "time_zone" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "known_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "known_ticket_types" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "quota" INTEGER,
    "version" INTEGER NOT NULL,

    CONSTRAINT "known_ticket_types_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event_counts" (
    "event_id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "registered" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "event_counts_pkey" PRIMARY KEY ("event_id")
);

-- CreateTable
CREATE TABLE "ticket_type_counts" (
    "ticket_type_id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "registered" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "ticket_type_counts_pkey" PRIMARY KEY ("ticket_type_id")
);

-- CreateTable
CREATE TABLE "registrations" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "ticket_type_id" TEXT NOT NULL,
    "user_id" TEXT,
    "external_id" TEXT,
    "holder_name" TEXT NOT NULL,
    "holder_email" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "registered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "registrations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tickets" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "ticket_type_id" TEXT NOT NULL,
    "registration_id" TEXT NOT NULL,
    "user_id" TEXT,
    "holder_name" TEXT NOT NULL,
    "holder_email" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "status_reason" TEXT,
    "transferred_from" TEXT,
    "key_id" TEXT NOT NULL,
    "issue" INTEGER NOT NULL,
    "code_hash" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "tickets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ticket_keys" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "sealed_private_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ticket_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "organization_id" TEXT NOT NULL,
    "principal" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "answer" JSONB,
    "used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("organization_id","principal","key")
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
CREATE INDEX "registrations_event_id_registered_at_id_idx" ON "registrations"("event_id", "registered_at", "id");

-- CreateIndex
CREATE INDEX "registrations_user_id_registered_at_id_idx" ON "registrations"("user_id", "registered_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "registrations_event_id_external_id_key" ON "registrations"("event_id", "external_id");

-- CreateIndex
CREATE INDEX "tickets_registration_id_idx" ON "tickets"("registration_id");

-- CreateIndex
CREATE UNIQUE INDEX "ticket_keys_organization_id_key" ON "ticket_keys"("organization_id");

-- CreateIndex
CREATE INDEX "idempotency_keys_used_at_idx" ON "idempotency_keys"("used_at");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_id_key" ON "outbox"("id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_dead_id_key" ON "outbox_dead"("id");

-- Written by hand: schema.prisma cannot say it. A place that was never given cannot be freed.
ALTER TABLE "event_counts" ADD CONSTRAINT "event_counts_registered_check" CHECK ("registered" >= 0);
ALTER TABLE "ticket_type_counts" ADD CONSTRAINT "ticket_type_counts_registered_check" CHECK ("registered" >= 0);
