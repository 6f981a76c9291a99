import type { TerraformStack } from 'cdktn'
import type { Construct } from 'constructs'
import type { Installed } from './constructs.ts'

/** A construct that takes a secret, in one argument or in several. */
export interface SecretTaker {
  readonly id: string
  /** As messages name them. */
  readonly takes: readonly string[]
  make(agyn: Installed['agyn'], stack: TerraformStack, value: string): Construct
}

const vault = { address: 'https://vault.internal:8200' }
const azure = { vaultUrl: 'https://acme-prod.vault.azure.net' }
const application = { tenantId: 'acme.example', clientId: 'c2a94f6b' }

/** Every way to give a secret to an L2 construct. */
export const l2: readonly SecretTaker[] = [
  {
    id: 'local',
    takes: ['value'],
    make: ({ Secret }, stack, value) => Secret.local(stack, 'local', { value }),
  },
  {
    id: 'local-binary',
    takes: ['value'],
    make: ({ Secret }, stack, value) =>
      Secret.local(stack, 'local-binary', { value, encoding: 'base64' }),
  },
  {
    id: 'local-in-state',
    takes: ['value'],
    make: ({ Secret }, stack, value) =>
      Secret.local(stack, 'local-in-state', { value, valueInState: true }),
  },
  {
    id: 'local-binary-in-state',
    takes: ['value'],
    make: ({ Secret }, stack, value) =>
      Secret.local(stack, 'local-binary-in-state', {
        value,
        encoding: 'base64',
        valueInState: true,
      }),
  },
  {
    id: 'managed',
    takes: ['value'],
    make: ({ Secret, SecretProvider }, stack, value) =>
      Secret.managed(stack, 'managed', {
        value,
        provider: SecretProvider.fromId(stack, 'store', '0197b3c4'),
      }),
  },
  {
    id: 'token',
    takes: ['token'],
    make: ({ SecretProvider, VaultAuth }, stack, token) =>
      SecretProvider.vault(stack, 'token', { ...vault, auth: VaultAuth.token({ token }) }),
  },
  {
    id: 'token-in-state',
    takes: ['token'],
    make: ({ SecretProvider, VaultAuth }, stack, token) =>
      SecretProvider.vault(stack, 'token-in-state', {
        ...vault,
        auth: VaultAuth.token({ token }),
        credentialsInState: true,
      }),
  },
  {
    id: 'app-role',
    takes: ['secretId'],
    make: ({ SecretProvider, VaultAuth }, stack, secretId) =>
      SecretProvider.vault(stack, 'app-role', {
        ...vault,
        auth: VaultAuth.appRole({ roleId: 'agents', secretId }),
      }),
  },
  {
    id: 'aws',
    takes: ['accessKeyId', 'secretAccessKey', 'sessionToken'],
    make: ({ SecretProvider }, stack, value) =>
      SecretProvider.awsSecretsManager(stack, 'aws', {
        region: 'eu-west-1',
        credentials: { accessKeyId: value, secretAccessKey: value, sessionToken: value },
      }),
  },
  {
    id: 'aws-in-state',
    takes: ['accessKeyId', 'secretAccessKey'],
    make: ({ SecretProvider }, stack, value) =>
      SecretProvider.awsSecretsManager(stack, 'aws-in-state', {
        region: 'eu-west-1',
        credentials: { accessKeyId: value, secretAccessKey: value },
        credentialsInState: true,
      }),
  },
  {
    id: 'azure',
    takes: ['clientSecret'],
    make: ({ SecretProvider }, stack, clientSecret) =>
      SecretProvider.azureKeyVault(stack, 'azure', {
        ...azure,
        credentials: { ...application, clientSecret },
      }),
  },
  {
    id: 'google',
    takes: ['serviceAccountJson'],
    make: ({ SecretProvider }, stack, serviceAccountJson) =>
      SecretProvider.gcpSecretManager(stack, 'google', {
        projectId: 'acme-prod',
        serviceAccountJson,
      }),
  },
  {
    id: 'as-member',
    takes: ['apiToken'],
    make: ({ AgynProvider }, stack, apiToken) =>
      new AgynProvider(stack, 'as-member', { alias: 'member', apiToken }),
  },
]

/** The same of the L1, and what it alone takes. */
export const l1: readonly SecretTaker[] = [
  {
    id: 'l1-value',
    takes: ['value'],
    make: ({ secret }, stack, value) =>
      new secret.Secret(stack, 'l1-value', { name: 'l1-value', value }),
  },
  {
    id: 'l1-value-wo',
    takes: ['value'],
    make: ({ secret }, stack, valueWo) =>
      new secret.Secret(stack, 'l1-value-wo', { name: 'l1-value-wo', valueWo }),
  },
  {
    id: 'l1-base64',
    takes: ['value'],
    make: ({ secret }, stack, valueBase64Wo) =>
      new secret.Secret(stack, 'l1-base64', { name: 'l1-base64', valueBase64Wo }),
  },
  {
    id: 'l1-config',
    takes: ['token'],
    make: ({ secretProvider }, stack, token) =>
      new secretProvider.SecretProvider(stack, 'l1-config', {
        name: 'l1-config',
        type: 'vault',
        config: { ...vault, token },
      }),
  },
  {
    id: 'l1-config-wo',
    takes: ['accessKeyId', 'secretAccessKey', 'sessionToken'],
    make: ({ secretProvider }, stack, value) =>
      new secretProvider.SecretProvider(stack, 'l1-config-wo', {
        name: 'l1-config-wo',
        type: 'aws-sm',
        config: {
          region: 'eu-west-1',
          accessKeyIdWo: value,
          secretAccessKeyWo: value,
          sessionTokenWo: value,
        },
      }),
  },
  {
    id: 'l1-vault',
    takes: ['secretId'],
    make: ({ secretProvider }, stack, secretIdWo) =>
      new secretProvider.SecretProvider(stack, 'l1-vault', {
        name: 'l1-vault',
        type: 'vault',
        vault: { ...vault, authMethod: 'approle', roleId: 'agents', secretIdWo },
      }),
  },
  {
    id: 'l1-azure',
    takes: ['clientSecret'],
    make: ({ secretProvider }, stack, clientSecret) =>
      new secretProvider.SecretProvider(stack, 'l1-azure', {
        name: 'l1-azure',
        type: 'azure-kv',
        azureKv: { ...azure, ...application, clientSecret },
      }),
  },
  {
    id: 'l1-api-token',
    takes: ['token'],
    make: ({ apiToken }, stack, tokenWo) =>
      new apiToken.ApiToken(stack, 'l1-api-token', {
        name: 'l1-api-token',
        role: 'member',
        tokenWo,
      }),
  },
]
