-- DropIndex
DROP INDEX "Scope_organizationId_parentId_name_key";

-- DropIndex
DROP INDEX "Secret_organizationId_providerId_idx";

-- AlterTable
ALTER TABLE "ApiToken" ADD COLUMN     "rotateAt" TIMESTAMPTZ(3),
ADD COLUMN     "rotateEvery" TEXT;

-- AlterTable
ALTER TABLE "Scope" ADD COLUMN     "deletedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Secret" ADD COLUMN     "purgedAt" TIMESTAMPTZ(3),
ADD COLUMN     "rotateAt" TIMESTAMPTZ(3),
ADD COLUMN     "rotateEvery" TEXT,
ADD COLUMN     "rotatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "SecretVersion" ADD COLUMN     "hasNul" BOOLEAN,
ADD COLUMN     "size" INTEGER;

-- CreateTable
CREATE TABLE "EnvSecret" (
    "organizationId" UUID NOT NULL,
    "envId" UUID NOT NULL,
    "secretId" UUID NOT NULL,
    "positions" SMALLINT[],

    CONSTRAINT "EnvSecret_pkey" PRIMARY KEY ("organizationId","envId","secretId")
);

-- CreateTable
CREATE TABLE "Delivery" (
    "organizationId" UUID NOT NULL,
    "workloadId" TEXT NOT NULL,
    "env" TEXT NOT NULL,
    "secretId" UUID NOT NULL,
    "consumerKind" "ConsumerKind",
    "consumerId" TEXT,
    "scopeId" UUID,
    "version" TEXT,
    "fingerprint" TEXT NOT NULL,
    "deliveredAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Delivery_pkey" PRIMARY KEY ("organizationId","workloadId","env","secretId")
);

-- CreateTable
CREATE TABLE "IdempotencyRecord" (
    "principalId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "digest" BYTEA NOT NULL,
    "resourceId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "IdempotencyRecord_pkey" PRIMARY KEY ("principalId","key")
);

-- CreateIndex
CREATE INDEX "EnvSecret_organizationId_secretId_envId_idx" ON "EnvSecret"("organizationId", "secretId", "envId");

-- CreateIndex
CREATE INDEX "Delivery_organizationId_secretId_workloadId_env_idx" ON "Delivery"("organizationId", "secretId", "workloadId", "env");

-- CreateIndex
CREATE INDEX "Delivery_organizationId_secretId_deliveredAt_idx" ON "Delivery"("organizationId", "secretId", "deliveredAt");

-- CreateIndex
CREATE INDEX "Delivery_deliveredAt_idx" ON "Delivery"("deliveredAt");

-- CreateIndex
CREATE INDEX "IdempotencyRecord_createdAt_idx" ON "IdempotencyRecord"("createdAt");

-- CreateIndex
CREATE INDEX "ApiToken_organizationId_expiresAt_idx" ON "ApiToken"("organizationId", "expiresAt") WHERE ("revokedAt" IS NULL);

-- CreateIndex
CREATE INDEX "ApiToken_organizationId_rotateAt_idx" ON "ApiToken"("organizationId", "rotateAt") WHERE ("revokedAt" IS NULL AND "rotateAt" IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "Scope_name_key" ON "Scope"("organizationId", "parentId", "name") WHERE ("deletedAt" IS NULL);

-- CreateIndex
CREATE INDEX "Secret_organizationId_name_id_idx" ON "Secret"("organizationId", "name", "id");

-- CreateIndex
CREATE INDEX "Secret_organizationId_scopeId_id_idx" ON "Secret"("organizationId", "scopeId", "id");

-- CreateIndex
CREATE INDEX "Secret_organizationId_providerId_id_idx" ON "Secret"("organizationId", "providerId", "id");

-- CreateIndex
CREATE INDEX "Secret_organizationId_storage_id_idx" ON "Secret"("organizationId", "storage", "id");

-- CreateIndex
CREATE INDEX "Secret_organizationId_category_id_idx" ON "Secret"("organizationId", "category", "id");

-- CreateIndex
CREATE INDEX "Secret_organizationId_expiresAt_idx" ON "Secret"("organizationId", "expiresAt") WHERE ("deletedAt" IS NULL AND "expiresAt" IS NOT NULL);

-- CreateIndex
CREATE INDEX "Secret_organizationId_rotateAt_idx" ON "Secret"("organizationId", "rotateAt") WHERE ("deletedAt" IS NULL AND "rotateAt" IS NOT NULL);

-- CreateIndex
CREATE INDEX "Secret_deletedAt_idx" ON "Secret"("deletedAt");

-- AddForeignKey
ALTER TABLE "EnvSecret" ADD CONSTRAINT "EnvSecret_organizationId_envId_fkey" FOREIGN KEY ("organizationId", "envId") REFERENCES "Env"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EnvSecret" ADD CONSTRAINT "EnvSecret_organizationId_secretId_fkey" FOREIGN KEY ("organizationId", "secretId") REFERENCES "Secret"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What an env is made of moves from its row into EnvSecret. Dropping the column takes its foreign key,
-- its index and "Env_content_check" with it.
INSERT INTO "EnvSecret" ("organizationId", "envId", "secretId", "positions")
SELECT "organizationId", "id", "secretId", '{0}' FROM "Env" WHERE "secretId" IS NOT NULL;
ALTER TABLE "Env" DROP COLUMN "secretId",
ADD COLUMN     "template" TEXT;
ALTER TABLE "Env" ADD CONSTRAINT "Env_content_check" CHECK (num_nonnulls("value", "template") <= 1);

-- A value was set when its version was made.
UPDATE "Secret" s SET "rotatedAt" = coalesce(
  (SELECT v."createdAt" FROM "SecretVersion" v
   WHERE (v."organizationId", v."secretId", v."number") = (s."organizationId", s."id", s."currentVersion")),
  s."createdAt");
-- Sealing (format 1) adds 93 bytes.
UPDATE "SecretVersion" SET "size" = octet_length("value") - 93 WHERE "sealFormat" = 1;

-- A root and nothing else has no parent.
ALTER TABLE "Scope" ADD CONSTRAINT "Scope_kind_check" CHECK (("kind" = 'organization') = ("parentId" IS NULL));

-- Searching for a part of a name. Without the extension, as in the embedded database, a search reads the
-- names of the organization one by one. Prisma does not know of this index: its diff runs without it.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX "Secret_name_search_idx" ON "Secret" USING gin ("name" gin_trgm_ops) WITH (fastupdate = off);
EXCEPTION WHEN insufficient_privilege OR undefined_file OR undefined_object OR feature_not_supported THEN
  RAISE NOTICE 'pg_trgm cannot be used here, so a search for a part of a name is slower.';
END;
$$;
