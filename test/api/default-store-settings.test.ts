import { afterEach, describe, expect, it, vi } from 'vitest'
import { SecretValue } from '../../api/keyring/secret-value.ts'
import { readSettings, SettingsError, type Environment } from '../../api/settings.ts'

/** The package that is not installed, as far as these tests are concerned. */
const packages = vi.hoisted(() => ({ missing: undefined as string | undefined }))
vi.mock('../../api/backends/store-packages.ts', () => ({ missingPackage: () => packages.missing }))
afterEach(() => (packages.missing = undefined))

const storeOf = (env: Environment) => readSettings(env).defaultStore

function problemsOf(env: Environment): readonly string[] {
  try {
    readSettings(env)
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError)
    return (error as SettingsError).problems
  }
  return []
}

const vault = {
  AGYN_SECRETS_MANAGER: 'VAULT',
  AGYN_HASHICORP_VAULT_ADDR: 'https://vault.internal:8200',
}
const withToken = { ...vault, AGYN_HASHICORP_VAULT_TOKEN: 'canary-token' }

describe('the settings of the default store', () => {
  it('are the database when nothing is chosen, and when it is', () => {
    expect(storeOf({})).toBeUndefined()
    expect(storeOf({ AGYN_SECRETS_MANAGER: 'DB' })).toBeUndefined()
  })

  it('are a Vault with a token, whose value nothing prints', () => {
    const store = storeOf(withToken)
    expect(store).toEqual({
      type: 'vault',
      config: {
        address: 'https://vault.internal:8200',
        authMethod: 'token',
        kvVersion: 2,
        token: SecretValue.fromText('canary-token'),
      },
    })
    expect(JSON.stringify(store)).not.toContain('canary')
  })

  it('are a Vault with a service account, and take every setting of it', () => {
    const kubernetes = {
      ...vault,
      AGYN_HASHICORP_VAULT_AUTH_METHOD: 'K8S',
      AGYN_HASHICORP_VAULT_K8S_ROLE: 'agyn',
    }
    expect(storeOf(kubernetes)?.config).toMatchObject({
      authMethod: 'kubernetes',
      role: 'agyn',
      tokenPath: '/var/run/secrets/kubernetes.io/serviceaccount/token',
    })
    const whole = {
      ...kubernetes,
      AGYN_HASHICORP_VAULT_KV_VERSION: '1',
      AGYN_HASHICORP_VAULT_SECRET_PATH: 'kv/agyn',
      AGYN_HASHICORP_VAULT_SECRET_METADATA_PATH: 'kv/meta',
      AGYN_HASHICORP_VAULT_K8S_TOKEN_PATH: '/run/token',
      AGYN_HASHICORP_VAULT_K8S_MOUNT_POINT: 'cluster-a',
    }
    expect(storeOf(whole)?.config).toEqual({
      address: 'https://vault.internal:8200',
      authMethod: 'kubernetes',
      kvVersion: 1,
      pathPrefix: 'kv/agyn',
      metadataPathPrefix: 'kv/meta',
      role: 'agyn',
      tokenPath: '/run/token',
      mountPoint: 'cluster-a',
    })
  })

  it('are a Vault with the AWS identity of the server', () => {
    const aws = {
      ...vault,
      AGYN_HASHICORP_VAULT_AUTH_METHOD: 'AWS',
      AGYN_HASHICORP_VAULT_AWS_ROLE: 'agyn',
      AGYN_HASHICORP_VAULT_AWS_MOUNT_POINT: 'aws-eu',
      AGYN_HASHICORP_VAULT_AWS_REGION: 'eu-west-1',
      AGYN_HASHICORP_VAULT_AWS_STS_ENDPOINT: 'https://sts.eu-west-1.amazonaws.com',
      AGYN_HASHICORP_VAULT_AWS_IAM_SERVER_ID: 'vault.internal',
    }
    expect(storeOf(aws)?.config).toEqual({
      address: 'https://vault.internal:8200',
      authMethod: 'aws',
      kvVersion: 2,
      role: 'agyn',
      mountPoint: 'aws-eu',
      region: 'eu-west-1',
      stsEndpoint: 'https://sts.eu-west-1.amazonaws.com',
      serverId: 'vault.internal',
    })
  })

  it.each([
    ['AWS_SM', { AGYN_AWS_REGION: 'eu-west-1' }, 'aws-sm', { region: 'eu-west-1' }],
    [
      'AZURE_KV',
      { AGYN_AZURE_VAULT_URL: 'https://v.vault.azure.net' },
      'azure-kv',
      { vaultUrl: 'https://v.vault.azure.net' },
    ],
    ['GCP_SM', { AGYN_GCP_PROJECT_ID: 'my-project' }, 'gcp-sm', { projectId: 'my-project' }],
  ])("are %s with the deployment's own identity", (manager, settings, type, config) => {
    const env = { AGYN_SECRETS_MANAGER: manager, AGYN_SECRETS_PATH_PREFIX: 'prod', ...settings }
    expect(storeOf(env)).toEqual({ type, config: { ...config, pathPrefix: 'prod' } })
  })

  it.each<[string, Environment, string[]]>([
    ['no address and no token', { AGYN_SECRETS_MANAGER: 'VAULT' }, ['VAULT_ADDR', 'VAULT_TOKEN']],
    [
      'no role',
      { ...vault, AGYN_HASHICORP_VAULT_AUTH_METHOD: 'K8S' },
      ['AGYN_HASHICORP_VAULT_K8S_ROLE must be set while AGYN_SECRETS_MANAGER is VAULT.'],
    ],
    ['no region', { AGYN_SECRETS_MANAGER: 'AWS_SM' }, ['AGYN_AWS_REGION must be set']],
    ['no vault', { AGYN_SECRETS_MANAGER: 'AZURE_KV' }, ['AGYN_AZURE_VAULT_URL must be set']],
    ['no project', { AGYN_SECRETS_MANAGER: 'GCP_SM' }, ['AGYN_GCP_PROJECT_ID must be set']],
    [
      'several that are wrong',
      {
        ...withToken,
        AGYN_HASHICORP_VAULT_ADDR: 'vault.internal',
        AGYN_HASHICORP_VAULT_KV_VERSION: '3',
        AGYN_HASHICORP_VAULT_SECRET_PATH: '/secret/../agyn',
      },
      ['VAULT_ADDR: Give a URL', 'VAULT_KV_VERSION: Give 1 or 2.', 'VAULT_SECRET_PATH: Give a'],
    ],
    [
      'an unknown way to log in',
      { ...withToken, AGYN_HASHICORP_VAULT_AUTH_METHOD: 'LDAP' },
      ['AGYN_HASHICORP_VAULT_AUTH_METHOD must be TOKEN, K8S or AWS.'],
    ],
    [
      'a name of something every object has',
      { AGYN_SECRETS_MANAGER: 'constructor' },
      ['AGYN_SECRETS_MANAGER must be DB, VAULT, AWS_SM, AZURE_KV or GCP_SM.'],
    ],
  ])('stop the start when they are incomplete: %s', (_, env, expected) => {
    const problems = problemsOf(env)
    expect(problems).toEqual(expected.map((part) => expect.stringContaining(part)))
    expect(problems.join()).not.toContain('canary')
  })

  it('stop the start when the package of the store is not installed', () => {
    packages.missing = 'the-sdk'
    expect(problemsOf(withToken)).toEqual([
      'AGYN_SECRETS_MANAGER is VAULT, which needs the package the-sdk: run npm install the-sdk.',
    ])
    expect(problemsOf({})).toEqual([])
  })
})
