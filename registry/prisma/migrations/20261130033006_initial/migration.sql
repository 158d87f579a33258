-- CreateTable
CREATE TABLE "tokens" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "texts" (
    "hash" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "texts_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "versions" (
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "author" TEXT,
    "commit" TEXT,
    "message" TEXT,
    "changed" TEXT[],
    "composes" BOOLEAN NOT NULL,
    "supergraph_hash" TEXT,
    "api_hash" TEXT,
    "rolls_back_to" INTEGER,
    "base" INTEGER,
    "breaking" INTEGER NOT NULL,
    "dangerous" INTEGER NOT NULL,
    "safe" INTEGER NOT NULL,
    "error_count" INTEGER NOT NULL,
    "errors" JSONB NOT NULL,
    "hints" JSONB NOT NULL,
    "changes" JSONB NOT NULL,

    CONSTRAINT "versions_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "version_subgraphs" (
    "number" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "schema_hash" TEXT NOT NULL,
    "file" TEXT NOT NULL,
    "since" INTEGER NOT NULL,

    CONSTRAINT "version_subgraphs_pkey" PRIMARY KEY ("number","name")
);

-- CreateTable
CREATE TABLE "version_contracts" (
    "number" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "supergraph_hash" TEXT,
    "api_hash" TEXT,
    "errors" JSONB NOT NULL,

    CONSTRAINT "version_contracts_pkey" PRIMARY KEY ("number","name")
);

-- CreateTable
CREATE TABLE "live" (
    "id" INTEGER NOT NULL,
    "number" INTEGER,
    "since" TIMESTAMPTZ(3),
    "documents" INTEGER NOT NULL,
    "contracts" INTEGER NOT NULL,

    CONSTRAINT "live_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "live_times" (
    "id" BIGSERIAL NOT NULL,
    "number" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "live_times_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contracts" (
    "name" TEXT NOT NULL,
    "include" TEXT[],
    "exclude" TEXT[],
    "hides_unreachable" BOOLEAN NOT NULL,
    "served_number" INTEGER,
    "supergraph_hash" TEXT,
    "api_hash" TEXT,

    CONSTRAINT "contracts_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "checks" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,
    "base" INTEGER,
    "subgraphs" TEXT[],
    "outcome" TEXT NOT NULL,
    "breaking" INTEGER NOT NULL,
    "dangerous" INTEGER NOT NULL,
    "safe" INTEGER NOT NULL,
    "error_count" INTEGER NOT NULL,
    "context" JSONB NOT NULL,
    "report" JSONB NOT NULL,

    CONSTRAINT "checks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "details" JSONB NOT NULL,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "manifests" (
    "id" BIGSERIAL NOT NULL,
    "client" TEXT NOT NULL,
    "version" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "manifests_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "manifest_documents" (
    "manifest_id" BIGINT NOT NULL,
    "document_id" TEXT NOT NULL,
    "text_hash" TEXT NOT NULL,
    "name" TEXT,

    CONSTRAINT "manifest_documents_pkey" PRIMARY KEY ("manifest_id","document_id")
);

-- CreateTable
CREATE TABLE "operations" (
    "id" TEXT NOT NULL,
    "name" TEXT,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "document_id" TEXT,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "operations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "operation_coordinates" (
    "operation_id" TEXT NOT NULL,
    "coordinate" TEXT NOT NULL,
    "is_input" BOOLEAN NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "operation_coordinates_pkey" PRIMARY KEY ("operation_id","coordinate","is_input")
);

-- CreateTable
CREATE TABLE "usage_counts" (
    "operation_id" TEXT NOT NULL,
    "client_name" TEXT NOT NULL,
    "client_version" TEXT NOT NULL,
    "span" INTEGER NOT NULL,
    "begin" TIMESTAMPTZ(0) NOT NULL,
    "requests" BIGINT NOT NULL,
    "errors" BIGINT NOT NULL,
    "latencies" BIGINT[],
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "usage_counts_pkey" PRIMARY KEY ("operation_id","client_name","client_version","span","begin")
);

-- CreateTable
CREATE TABLE "usage_reports" (
    "gateway" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "usage_reports_pkey" PRIMARY KEY ("gateway","sequence")
);

-- CreateIndex
CREATE UNIQUE INDEX "tokens_name_key" ON "tokens"("name");

-- CreateIndex
CREATE UNIQUE INDEX "tokens_hash_key" ON "tokens"("hash");

-- CreateIndex
CREATE INDEX "live_times_number_idx" ON "live_times"("number");

-- CreateIndex
CREATE INDEX "checks_at_idx" ON "checks"("at");

-- CreateIndex
CREATE INDEX "manifests_client_idx" ON "manifests"("client");

-- CreateIndex
CREATE INDEX "operation_coordinates_coordinate_idx" ON "operation_coordinates"("coordinate");

-- CreateIndex
CREATE INDEX "usage_counts_begin_idx" ON "usage_counts"("begin");

-- CreateIndex
CREATE INDEX "usage_reports_at_idx" ON "usage_reports"("at");
