-- AlterTable
ALTER TABLE "enrolments" ADD COLUMN     "device_id" TEXT;

-- CreateIndex
CREATE INDEX "enrolments_device_id_idx" ON "enrolments"("device_id");
