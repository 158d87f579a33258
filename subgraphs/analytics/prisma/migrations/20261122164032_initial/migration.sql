-- CreateTable
CREATE TABLE "ingress_seconds" (
    "event_id" TEXT NOT NULL,
    "second" TIMESTAMPTZ(0) NOT NULL,
    "gate_id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "entries" INTEGER NOT NULL,
    "first_entries" INTEGER NOT NULL,
    "exits" INTEGER NOT NULL,
    "rejected" INTEGER NOT NULL,

    CONSTRAINT "ingress_seconds_pkey" PRIMARY KEY ("event_id","second","gate_id")
);

-- CreateTable
CREATE TABLE "counted_ledgers" (
    "event_id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "sequences" int4multirange NOT NULL,

    CONSTRAINT "counted_ledgers_pkey" PRIMARY KEY ("event_id")
);
