-- The tables that every service with an outbox has. `outbox.prisma` is the same as a model; a service copies
-- that into its schema.prisma and lets its migration be written from it.
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

CREATE UNIQUE INDEX "outbox_id_key" ON "outbox"("id");

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

CREATE UNIQUE INDEX "outbox_dead_id_key" ON "outbox_dead"("id");
