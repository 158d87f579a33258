-- AlterTable
ALTER TABLE "operations" ALTER COLUMN "kind" DROP NOT NULL,
ALTER COLUMN "text" DROP NOT NULL;

-- CreateTable
CREATE TABLE "operation_counts" (
    "operation_id" TEXT NOT NULL,
    "span" INTEGER NOT NULL,
    "begin" TIMESTAMPTZ(0) NOT NULL,
    "requests" BIGINT NOT NULL,
    "errors" BIGINT NOT NULL,
    "latencies" BIGINT[],

    CONSTRAINT "operation_counts_pkey" PRIMARY KEY ("operation_id","span","begin")
);

-- CreateTable
CREATE TABLE "operation_clients" (
    "operation_id" TEXT NOT NULL,
    "client_name" TEXT NOT NULL,
    "client_version" TEXT NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "operation_clients_pkey" PRIMARY KEY ("operation_id","client_name","client_version")
);

-- CreateTable
CREATE TABLE "usage_uncounted" (
    "begin" TIMESTAMPTZ(0) NOT NULL,
    "requests" BIGINT NOT NULL,

    CONSTRAINT "usage_uncounted_pkey" PRIMARY KEY ("begin")
);

-- CreateIndex
CREATE INDEX "operation_counts_begin_idx" ON "operation_counts"("begin");

-- CreateIndex
CREATE INDEX "operation_clients_last_seen_at_idx" ON "operation_clients"("last_seen_at");

-- CreateIndex
CREATE INDEX "manifest_documents_document_id_idx" ON "manifest_documents"("document_id");

-- CreateIndex
CREATE INDEX "operations_last_seen_at_idx" ON "operations"("last_seen_at");

-- CreateIndex
CREATE INDEX "usage_counts_client_name_begin_idx" ON "usage_counts"("client_name", "begin");
