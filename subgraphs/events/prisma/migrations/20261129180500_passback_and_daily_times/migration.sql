-- AlterTable
ALTER TABLE "ticket_types" ADD COLUMN     "daily_from" TEXT,
ADD COLUMN     "daily_until" TEXT;

-- AlterTable
ALTER TABLE "zones" ADD COLUMN     "anti_passback" TEXT NOT NULL DEFAULT 'HARD',
ADD COLUMN     "closes_at" TEXT,
ADD COLUMN     "passback_timeout_seconds" INTEGER;
