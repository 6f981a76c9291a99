-- AlterTable
ALTER TABLE "AuditEvent" ADD COLUMN     "revision" INTEGER;

-- AlterTable
ALTER TABLE "SecretProvider" ADD COLUMN     "configFingerprint" TEXT;

-- CreateIndex
CREATE INDEX "AuditEvent_organizationId_resourceId_revision_idx" ON "AuditEvent"("organizationId", "resourceId", "revision") WHERE ("revision" IS NOT NULL);
