-- CreateEnum
CREATE TYPE "Storage" AS ENUM ('local', 'remote', 'managed');

-- CreateEnum
CREATE TYPE "ScopeKind" AS ENUM ('organization', 'team', 'workspace', 'project');

-- CreateEnum
CREATE TYPE "TokenRole" AS ENUM ('owner', 'member', 'orchestrator', 'llm_proxy');

-- CreateEnum
CREATE TYPE "SecretCategory" AS ENUM ('provider_credential', 'infrastructure_credential', 'integration_credential', 'agent_secret', 'other');

-- CreateEnum
CREATE TYPE "VersionState" AS ENUM ('pending', 'current', 'past', 'failed');

-- CreateEnum
CREATE TYPE "Encoding" AS ENUM ('utf8', 'base64');

-- CreateEnum
CREATE TYPE "ConsumerKind" AS ENUM ('agent', 'mcp_server', 'hook', 'llm_provider', 'image_pull_secret');

-- CreateEnum
CREATE TYPE "DataKeyPurpose" AS ENUM ('seal', 'fingerprint');

-- CreateTable
CREATE TABLE "Organization" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "defaultStorage" "Storage" NOT NULL DEFAULT 'local',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Scope" (
    "id" UUID NOT NULL,
    "organizationId" UUID NOT NULL,
    "kind" "ScopeKind" NOT NULL,
    "parentId" UUID,
    "name" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Scope_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AdminToken" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "expiresAt" TIMESTAMPTZ(3),
    "lastUsedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AdminToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApiToken" (
    "id" UUID NOT NULL,
    "organizationId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "role" "TokenRole" NOT NULL,
    "scopeId" UUID,
    "prefix" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "lastUsedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ApiToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SecretProvider" (
    "id" UUID NOT NULL,
    "organizationId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "description" TEXT,
    "config" JSONB NOT NULL,
    "sensitiveFields" TEXT[],
    "credentials" BYTEA,
    "sealFormat" SMALLINT,
    "dataKeyId" UUID,
    "healthStatus" TEXT NOT NULL DEFAULT 'unknown',
    "healthCode" TEXT,
    "healthCheckedAt" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "SecretProvider_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Secret" (
    "id" UUID NOT NULL,
    "organizationId" UUID NOT NULL,
    "scopeId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "category" "SecretCategory" NOT NULL DEFAULT 'other',
    "description" TEXT,
    "storage" "Storage" NOT NULL,
    "providerId" UUID,
    "remotePath" TEXT,
    "remoteKey" TEXT,
    "remoteVersion" TEXT,
    "currentVersion" INTEGER,
    "expiresAt" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Secret_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SecretVersion" (
    "organizationId" UUID NOT NULL,
    "secretId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "state" "VersionState" NOT NULL,
    "value" BYTEA,
    "sealFormat" SMALLINT,
    "dataKeyId" UUID,
    "encoding" "Encoding",
    "storeVersion" TEXT,
    "fingerprint" TEXT,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SecretVersion_pkey" PRIMARY KEY ("organizationId","secretId","number")
);

-- CreateTable
CREATE TABLE "Env" (
    "id" UUID NOT NULL,
    "organizationId" UUID NOT NULL,
    "consumerKind" "ConsumerKind" NOT NULL,
    "consumerId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "value" TEXT,
    "secretId" UUID,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Env_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DataKey" (
    "id" UUID NOT NULL,
    "organizationId" UUID NOT NULL,
    "purpose" "DataKeyPurpose" NOT NULL,
    "masterKeyId" TEXT NOT NULL,
    "wrapped" BYTEA NOT NULL,
    "sealFormat" SMALLINT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DataKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MasterKey" (
    "id" TEXT NOT NULL,
    "derivation" TEXT NOT NULL,
    "salt" BYTEA,
    "canary" BYTEA NOT NULL,
    "sealFormat" SMALLINT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MasterKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "id" UUID NOT NULL,
    "organizationId" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "principalKind" TEXT NOT NULL,
    "principalId" TEXT NOT NULL,
    "principalName" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "resourceKind" TEXT,
    "resourceId" TEXT,
    "requestId" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "sequence" BIGINT,
    "hash" BYTEA,

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Organization_name_key" ON "Organization"("name");

-- CreateIndex
CREATE UNIQUE INDEX "Scope_organizationId_id_key" ON "Scope"("organizationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Scope_organizationId_parentId_name_key" ON "Scope"("organizationId", "parentId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "Scope_one_root_key" ON "Scope"("organizationId") WHERE ("parentId" IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "AdminToken_hash_key" ON "AdminToken"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "ApiToken_hash_key" ON "ApiToken"("hash");

-- CreateIndex
CREATE INDEX "ApiToken_organizationId_id_idx" ON "ApiToken"("organizationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "SecretProvider_organizationId_id_key" ON "SecretProvider"("organizationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "SecretProvider_name_key" ON "SecretProvider"("organizationId", "name") WHERE ("deletedAt" IS NULL);

-- CreateIndex
CREATE INDEX "Secret_organizationId_providerId_idx" ON "Secret"("organizationId", "providerId");

-- CreateIndex
CREATE UNIQUE INDEX "Secret_organizationId_id_key" ON "Secret"("organizationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Secret_name_key" ON "Secret"("organizationId", "scopeId", "name") WHERE ("deletedAt" IS NULL);

-- CreateIndex
CREATE INDEX "Env_organizationId_secretId_idx" ON "Env"("organizationId", "secretId");

-- CreateIndex
CREATE UNIQUE INDEX "Env_organizationId_id_key" ON "Env"("organizationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Env_name_key" ON "Env"("organizationId", "consumerKind", "consumerId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "DataKey_organizationId_id_key" ON "DataKey"("organizationId", "id");

-- CreateIndex
CREATE INDEX "AuditEvent_organizationId_at_id_idx" ON "AuditEvent"("organizationId", "at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "AuditEvent_organizationId_sequence_key" ON "AuditEvent"("organizationId", "sequence");

-- AddForeignKey
ALTER TABLE "Scope" ADD CONSTRAINT "Scope_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Scope" ADD CONSTRAINT "Scope_organizationId_parentId_fkey" FOREIGN KEY ("organizationId", "parentId") REFERENCES "Scope"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_organizationId_scopeId_fkey" FOREIGN KEY ("organizationId", "scopeId") REFERENCES "Scope"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SecretProvider" ADD CONSTRAINT "SecretProvider_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SecretProvider" ADD CONSTRAINT "SecretProvider_organizationId_dataKeyId_fkey" FOREIGN KEY ("organizationId", "dataKeyId") REFERENCES "DataKey"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Secret" ADD CONSTRAINT "Secret_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Secret" ADD CONSTRAINT "Secret_organizationId_scopeId_fkey" FOREIGN KEY ("organizationId", "scopeId") REFERENCES "Scope"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Secret" ADD CONSTRAINT "Secret_organizationId_providerId_fkey" FOREIGN KEY ("organizationId", "providerId") REFERENCES "SecretProvider"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SecretVersion" ADD CONSTRAINT "SecretVersion_organizationId_secretId_fkey" FOREIGN KEY ("organizationId", "secretId") REFERENCES "Secret"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SecretVersion" ADD CONSTRAINT "SecretVersion_organizationId_dataKeyId_fkey" FOREIGN KEY ("organizationId", "dataKeyId") REFERENCES "DataKey"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Env" ADD CONSTRAINT "Env_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Env" ADD CONSTRAINT "Env_organizationId_secretId_fkey" FOREIGN KEY ("organizationId", "secretId") REFERENCES "Secret"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DataKey" ADD CONSTRAINT "DataKey_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DataKey" ADD CONSTRAINT "DataKey_masterKeyId_fkey" FOREIGN KEY ("masterKeyId") REFERENCES "MasterKey"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What no operation can bring about, so that a fault shows where it happens and not at a workload's start.
ALTER TABLE "Secret" ADD CONSTRAINT "Secret_place_check" CHECK (CASE "storage"
  WHEN 'local' THEN "currentVersion" IS NOT NULL AND num_nonnulls("providerId", "remotePath", "remoteKey", "remoteVersion") = 0
  WHEN 'remote' THEN "currentVersion" IS NULL AND num_nulls("providerId", "remotePath") = 0
  ELSE true
END);
ALTER TABLE "Env" ADD CONSTRAINT "Env_content_check" CHECK (num_nonnulls("value", "secretId") = 1);

-- Audit rows are written once. The sealer may fill the chain of a row that has none; nothing else changes.
CREATE FUNCTION "audit_event_is_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE'
     AND OLD."sequence" IS NULL AND OLD."hash" IS NULL
     AND (to_jsonb(NEW) - 'sequence' - 'hash') = (to_jsonb(OLD) - 'sequence' - 'hash') THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'AuditEvent is append-only' USING ERRCODE = 'restrict_violation';
END;
$$;

CREATE TRIGGER "AuditEvent_append_only" BEFORE UPDATE OR DELETE ON "AuditEvent"
  FOR EACH ROW EXECUTE FUNCTION "audit_event_is_append_only"();

CREATE TRIGGER "AuditEvent_no_truncate" BEFORE TRUNCATE ON "AuditEvent"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_event_is_append_only"();
