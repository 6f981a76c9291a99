export * from './gen/cdktn/index'
export { AgynProvider, type AgynProviderConfig } from './l2/agyn-provider.ts'
// In the place of the L1's, which looks at no other construct.
export * as provider from './l2/agyn-provider.ts'
export type { IAgynConstruct, IOrganization, IScope } from './l2/belonging.ts'
export {
  Agent,
  Consumer,
  Hook,
  ImagePullSecret,
  LlmProvider,
  McpServer,
  type AddEnvOptions,
} from './l2/consumer.ts'
export {
  Env,
  type EnvPlace,
  type EnvProps,
  type IConsumer,
  type PlainEnvProps,
  type SecretEnvProps,
  type TemplateEnvProps,
} from './l2/env.ts'
export type { EphemeralApiTokenProps, WorkloadEnvProps } from './l2/ephemeral-props.ts'
export { EphemeralApiToken, WorkloadEnv } from './l2/framework.ts'
export { EphemeralVariable, type EphemeralVariableProps } from './l2/ephemeral-variable.ts'
export { Organization, type OrganizationProps } from './l2/organization.ts'
export { Preflight, type PreflightProps } from './l2/preflight.ts'
export type { LookUpProps, ResourceProps } from './l2/resource-props.ts'
export { Scope, type ScopeProps } from './l2/scope.ts'
export * from './l2/secret-props.ts'
export * from './l2/secret-provider-props.ts'
export { SecretProvider } from './l2/secret-provider.ts'
export { SecretTemplate, secretTemplate } from './l2/secret-template.ts'
export { Secret, type SecretLookUpProps } from './l2/secret.ts'
export {
  VaultAuth,
  type VaultAppRoleProps,
  type VaultAwsProps,
  type VaultTokenFileProps,
  type VaultTokenProps,
} from './l2/vault-auth.ts'
