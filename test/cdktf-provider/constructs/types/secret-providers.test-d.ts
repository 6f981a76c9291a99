import type { TerraformStack } from 'cdktn'
import type * as Agyn from '../../../../cdktf-provider/constructs/index.ts'

/* Checked by tsc alone: what each kind of store takes, and each way to log in. */

declare const stack: TerraformStack
declare const { EphemeralVariable, SecretProvider, VaultAuth }: typeof Agyn

const value = new EphemeralVariable(stack, 'value').stringValue

// Each way to log in to Vault takes what it needs.
const address = 'https://vault:8200'
SecretProvider.vault(stack, 'ok', {
  address,
  auth: VaultAuth.token({ token: value }),
  kvVersion: 1,
})
// @ts-expect-error: no way to log in
SecretProvider.vault(stack, 'no', { address })
// @ts-expect-error: its address is missing
SecretProvider.vault(stack, 'no', { auth: VaultAuth.kubernetes({ role: 'agents' }) })
// @ts-expect-error: the words of HCL
SecretProvider.vault(stack, 'no', { address, authMethod: 'kubernetes', role: 'agents' })
// @ts-expect-error: a way that the program made itself
SecretProvider.vault(stack, 'no', { address, auth: { method: 'token', token: value } })
const auth = VaultAuth.kubernetes({ role: 'agents' })
// @ts-expect-error: a version that KV does not have
SecretProvider.vault(stack, 'no', { address, auth, kvVersion: 3 })
// @ts-expect-error: the role is missing
VaultAuth.kubernetes({})
// @ts-expect-error: all is missing
VaultAuth.kubernetes()
// @ts-expect-error: the role is missing
VaultAuth.jwt({ tokenPath: '/run/token' })
// @ts-expect-error: the role is missing
VaultAuth.aws({ region: 'eu-west-1' })
// @ts-expect-error: what another way takes
VaultAuth.kubernetes({ role: 'agents', region: 'eu-west-1' })
// @ts-expect-error: half of an AppRole
VaultAuth.appRole({ roleId: 'agents' })
// @ts-expect-error: the other half
VaultAuth.appRole({ secretId: value })
// @ts-expect-error: the token is missing
VaultAuth.token({})

// Credentials are whole, or none.
const region = 'eu-west-1'
SecretProvider.awsSecretsManager(stack, 'ok', { region })
SecretProvider.awsSecretsManager(stack, 'ok', {
  region,
  credentials: { accessKeyId: value, secretAccessKey: value },
})
// @ts-expect-error: half of an access key
SecretProvider.awsSecretsManager(stack, 'no', { region, credentials: { accessKeyId: value } })
// @ts-expect-error: a session token alone
SecretProvider.awsSecretsManager(stack, 'no', { region, credentials: { sessionToken: value } })
// @ts-expect-error: the region is missing
SecretProvider.awsSecretsManager(stack, 'no', {})
// @ts-expect-error: a setting of Vault
SecretProvider.awsSecretsManager(stack, 'no', { region, namespace: 'team-a' })
SecretProvider.azureKeyVault(stack, 'ok', { vaultUrl: 'https://acme.vault.azure.net' })
SecretProvider.azureKeyVault(stack, 'no', {
  vaultUrl: 'https://acme.vault.azure.net',
  // @ts-expect-error: an application without its tenant
  credentials: { clientId: 'c2a94f6b', clientSecret: value },
})
// @ts-expect-error: the URL is missing
SecretProvider.azureKeyVault(stack, 'no', {})
SecretProvider.gcpSecretManager(stack, 'ok', { projectId: 'acme-prod', serviceAccountJson: value })
// @ts-expect-error: the project is missing
SecretProvider.gcpSecretManager(stack, 'no', { serviceAccountJson: value })
// @ts-expect-error: the file's contents, as a reference, and not as an object
SecretProvider.gcpSecretManager(stack, 'no', { projectId: 'x', serviceAccountJson: { type: 'x' } })
// @ts-expect-error: providers are made by what they are
new SecretProvider(stack, 'no', { address })
