import { createApiToken } from './api-tokens/create-api-token.ts'
import { getApiToken } from './api-tokens/get-api-token.ts'
import { listApiTokens } from './api-tokens/list-api-tokens.ts'
import { revokeApiToken } from './api-tokens/revoke-api-token.ts'
import { updateApiToken } from './api-tokens/update-api-token.ts'
import { whoAmI } from './api-tokens/who-am-i.ts'
import { listDue } from './due/list-due.ts'
import { createEnv } from './envs/create-env.ts'
import { deleteEnv } from './envs/delete-env.ts'
import { getEnv } from './envs/get-env.ts'
import { listEnvs } from './envs/list-envs.ts'
import { updateEnv } from './envs/update-env.ts'
import { continueSecretMigration } from './migrations/continue-secret-migration.ts'
import { getSecretMigration } from './migrations/get-secret-migration.ts'
import { listSecretMigrationItems } from './migrations/list-secret-migration-items.ts'
import { listSecretMigrations } from './migrations/list-secret-migrations.ts'
import { migrateSecrets } from './migrations/migrate-secrets.ts'
import { stopSecretMigration } from './migrations/stop-secret-migration.ts'
import type { Handlers } from './operation.ts'
import { createOrganization } from './organizations/create-organization.ts'
import { deleteOrganization } from './organizations/delete-organization.ts'
import { getOrganization } from './organizations/get-organization.ts'
import { listOrganizations } from './organizations/list-organizations.ts'
import { updateOrganization } from './organizations/update-organization.ts'
import { preflightBrief } from './preflight/preflight-brief.ts'
import { preflightWorkload } from './preflight/preflight-workload.ts'
import { listSecretProviderReferences } from './references/list-secret-provider-references.ts'
import { listSecretReferences } from './references/list-secret-references.ts'
import { replaceSecretReferences } from './references/replace-secret-references.ts'
import { resolveBrief } from './resolve/resolve-brief.ts'
import { resolveSecret } from './resolve/resolve-secret.ts'
import { resolveWorkload } from './resolve/resolve-workload.ts'
import { createScope } from './scopes/create-scope.ts'
import { deleteScope } from './scopes/delete-scope.ts'
import { explainScope } from './scopes/explain-scope.ts'
import { getScope } from './scopes/get-scope.ts'
import { listScopes } from './scopes/list-scopes.ts'
import { updateScope } from './scopes/update-scope.ts'
import { browseSecretProvider } from './secret-providers/browse-secret-provider.ts'
import { createSecretProvider } from './secret-providers/create-secret-provider.ts'
import { deleteSecretProvider } from './secret-providers/delete-secret-provider.ts'
import { getSecretProvider } from './secret-providers/get-secret-provider.ts'
import { listSecretProviderTypes } from './secret-providers/list-secret-provider-types.ts'
import { listSecretProviders } from './secret-providers/list-secret-providers.ts'
import { testNewSecretProvider } from './secret-providers/test-new-secret-provider.ts'
import { testSecretProvider } from './secret-providers/test-secret-provider.ts'
import { updateSecretProvider } from './secret-providers/update-secret-provider.ts'
import { createSecret } from './secrets/create-secret.ts'
import { deleteSecret } from './secrets/delete-secret.ts'
import { getSecret } from './secrets/get-secret.ts'
import { importSecrets } from './secrets/import-secrets.ts'
import { listSecretDeliveries } from './secrets/list-secret-deliveries.ts'
import { listSecretVersions } from './secrets/list-secret-versions.ts'
import { listSecrets } from './secrets/list-secrets.ts'
import { purgeSecret } from './secrets/purge-secret.ts'
import { restoreSecretVersion } from './secrets/restore-secret-version.ts'
import { restoreSecret } from './secrets/restore-secret.ts'
import { updateSecret } from './secrets/update-secret.ts'
import type { WorkingServices } from './migrations/working-services.ts'
import { endWorkload } from './workloads/end-workload.ts'

/** A handler for every row of the operations table. */
export const handlers = (services: WorkingServices): Handlers => ({
  ...whoAmI(),
  ...createOrganization(services),
  ...listOrganizations(services),
  ...getOrganization(services),
  ...updateOrganization(services),
  ...deleteOrganization(services),
  ...createScope(services),
  ...listScopes(services),
  ...getScope(services),
  ...updateScope(services),
  ...deleteScope(services),
  ...explainScope(services),
  ...createApiToken(services),
  ...listApiTokens(services),
  ...getApiToken(services),
  ...updateApiToken(services),
  ...revokeApiToken(services),
  ...listDue(services),
  ...listSecretProviderTypes(),
  ...testNewSecretProvider(services),
  ...createSecretProvider(services),
  ...listSecretProviders(services),
  ...getSecretProvider(services),
  ...updateSecretProvider(services),
  ...deleteSecretProvider(services),
  ...testSecretProvider(services),
  ...browseSecretProvider(services),
  ...migrateSecrets(services),
  ...listSecretMigrations(services),
  ...getSecretMigration(services),
  ...listSecretMigrationItems(services),
  ...stopSecretMigration(services),
  ...continueSecretMigration(services),
  ...createSecret(services),
  ...listSecrets(services),
  ...getSecret(services),
  ...updateSecret(services),
  ...deleteSecret(services),
  ...importSecrets(services),
  ...restoreSecret(services),
  ...purgeSecret(services),
  ...listSecretVersions(services),
  ...restoreSecretVersion(services),
  ...listSecretDeliveries(services),
  ...listSecretReferences(services),
  ...listSecretProviderReferences(services),
  ...replaceSecretReferences(services),
  ...createEnv(services),
  ...listEnvs(services),
  ...getEnv(services),
  ...updateEnv(services),
  ...deleteEnv(services),
  ...resolveSecret(services),
  ...resolveWorkload(services),
  ...resolveBrief(services),
  ...endWorkload(services),
  ...preflightWorkload(services),
  ...preflightBrief(services),
})
