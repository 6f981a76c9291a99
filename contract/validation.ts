/** What checks a body outside the API. This file loads zod, and the schemas of a noun when they are asked for. */
export { fieldIssues } from './field-errors.ts'

/** The bodies that the Terraform provider checks at plan, which starts anew for every phase. */
export const bodySchemas = {
  CreateOrganization: async () =>
    (await import('./schemas/organizations.ts')).organizations.CreateOrganization.body,
  CreateScope: async () => (await import('./schemas/scopes.ts')).scopes.CreateScope.body,
  CreateApiToken: async () =>
    (await import('./schemas/api-tokens.ts')).apiTokens.CreateApiToken.body,
  CreateSecretProvider: async () =>
    (await import('./schemas/secret-providers.ts')).secretProviders.CreateSecretProvider.body,
  CreateSecret: async () => (await import('./schemas/secrets.ts')).secrets.CreateSecret.body,
  CreateEnv: async () => (await import('./schemas/envs.ts')).envs.CreateEnv.body,
}
