-- CreateEnum
CREATE TYPE "MigrationState" AS ENUM ('running', 'stopped', 'finished');

-- CreateEnum
CREATE TYPE "MigrationItemState" AS ENUM ('waiting', 'moved', 'failed', 'skipped');

-- AlterTable
ALTER TABLE "Organization" ADD COLUMN     "defaultProviderId" UUID,
ALTER COLUMN "defaultStorage" DROP NOT NULL,
ALTER COLUMN "defaultStorage" DROP DEFAULT;

-- AlterTable
ALTER TABLE "Secret" ADD COLUMN     "defaultStore" TEXT;

-- AlterTable
ALTER TABLE "SecretProvider" ADD COLUMN     "allowBrowse" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "lastFailureAt" TIMESTAMPTZ(3),
ADD COLUMN     "lastFailureCode" TEXT,
ADD COLUMN     "lastSuccessAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "SecretVersion" ADD COLUMN     "change" JSONB,
ADD COLUMN     "defaultStore" TEXT,
ADD COLUMN     "path" TEXT,
ADD COLUMN     "providerId" UUID,
ADD COLUMN     "writingUntil" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "ProviderMinute" (
    "organizationId" UUID NOT NULL,
    "providerId" UUID NOT NULL,
    "minute" TIMESTAMPTZ(0) NOT NULL,
    "calls" INTEGER NOT NULL DEFAULT 0,
    "throttles" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "ProviderMinute_pkey" PRIMARY KEY ("organizationId","providerId","minute")
);

-- CreateTable
CREATE TABLE "Leftover" (
    "id" UUID NOT NULL,
    "organizationId" UUID NOT NULL,
    "secretId" UUID NOT NULL,
    "providerId" UUID,
    "defaultStore" TEXT,
    "path" TEXT NOT NULL,
    "removeAt" TIMESTAMPTZ(3) NOT NULL,
    "removedAt" TIMESTAMPTZ(3),
    "removingUntil" TIMESTAMPTZ(3),
    "destroyAt" TIMESTAMPTZ(3) NOT NULL,
    "tryAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "failures" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Leftover_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Migration" (
    "id" UUID NOT NULL,
    "organizationId" UUID NOT NULL,
    "storage" "Storage" NOT NULL,
    "providerId" UUID,
    "dryRun" BOOLEAN NOT NULL,
    "state" "MigrationState" NOT NULL DEFAULT 'running',
    "createdBy" TEXT NOT NULL,
    "runner" UUID,
    "runningUntil" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Migration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MigrationItem" (
    "organizationId" UUID NOT NULL,
    "migrationId" UUID NOT NULL,
    "secretId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "state" "MigrationItemState" NOT NULL DEFAULT 'waiting',
    "code" TEXT,
    "detail" TEXT,

    CONSTRAINT "MigrationItem_pkey" PRIMARY KEY ("organizationId","migrationId","secretId")
);

-- CreateIndex
CREATE INDEX "ProviderMinute_minute_idx" ON "ProviderMinute"("minute");

-- CreateIndex
CREATE INDEX "Leftover_organizationId_secretId_idx" ON "Leftover"("organizationId", "secretId");

-- CreateIndex
CREATE INDEX "Leftover_tryAt_idx" ON "Leftover"("tryAt");

-- CreateIndex
CREATE INDEX "Leftover_providerId_path_idx" ON "Leftover"("providerId", "path");

-- CreateIndex
CREATE INDEX "Migration_state_idx" ON "Migration"("state") WHERE (state = 'running');

-- CreateIndex
CREATE UNIQUE INDEX "Migration_organizationId_id_key" ON "Migration"("organizationId", "id");

-- CreateIndex
CREATE INDEX "MigrationItem_organizationId_migrationId_state_secretId_idx" ON "MigrationItem"("organizationId", "migrationId", "state", "secretId");

-- CreateIndex
CREATE INDEX "IdempotencyRecord_resourceId_idx" ON "IdempotencyRecord"("resourceId");

-- CreateIndex
CREATE UNIQUE INDEX "Secret_path_key" ON "Secret"("providerId", "remotePath") WHERE (storage = 'managed');

-- CreateIndex
CREATE UNIQUE INDEX "Secret_default_path_key" ON "Secret"("defaultStore", "remotePath") WHERE (storage = 'managed');

-- CreateIndex
CREATE INDEX "SecretVersion_organizationId_providerId_idx" ON "SecretVersion"("organizationId", "providerId") WHERE ("providerId" IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "SecretVersion_pending_key" ON "SecretVersion"("organizationId", "secretId") WHERE (state = 'pending');

-- AddForeignKey
ALTER TABLE "Organization" ADD CONSTRAINT "Organization_id_defaultProviderId_fkey" FOREIGN KEY ("id", "defaultProviderId") REFERENCES "SecretProvider"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SecretVersion" ADD CONSTRAINT "SecretVersion_organizationId_providerId_fkey" FOREIGN KEY ("organizationId", "providerId") REFERENCES "SecretProvider"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MigrationItem" ADD CONSTRAINT "MigrationItem_organizationId_migrationId_fkey" FOREIGN KEY ("organizationId", "migrationId") REFERENCES "Migration"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Until now every organization was told `local`, and none had asked for it: they follow the deployment.
UPDATE "Organization" SET "defaultStorage" = NULL;

-- A managed secret is in one store, at one path; its first version may still be on the way there. What
-- was purged keeps no path, so that the path is free again.
ALTER TABLE "Secret" DROP CONSTRAINT "Secret_place_check";
ALTER TABLE "Secret" ADD CONSTRAINT "Secret_place_check" CHECK (CASE "storage"
  WHEN 'local' THEN "currentVersion" IS NOT NULL AND num_nonnulls("providerId", "defaultStore", "remotePath", "remoteKey", "remoteVersion") = 0
  WHEN 'remote' THEN num_nonnulls("currentVersion", "defaultStore") = 0 AND num_nulls("providerId", "remotePath") = 0
  ELSE num_nonnulls("remoteKey", "remoteVersion") = 0
    AND (num_nonnulls("providerId", "defaultStore") = 1 AND "remotePath" IS NOT NULL OR "purgedAt" IS NOT NULL)
END);
