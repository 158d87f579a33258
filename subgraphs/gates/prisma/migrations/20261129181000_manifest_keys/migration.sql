-- CreateTable
CREATE TABLE "manifest_keys" (
    "organization_id" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "sealed_private_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "manifest_keys_pkey" PRIMARY KEY ("organization_id")
);
