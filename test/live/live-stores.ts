import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { SecretsManager } from '@aws-sdk/client-secrets-manager'
import type { ProviderType } from '../../api/backends/registry.ts'
import { askSecretManager } from './ask-secret-manager.ts'
import { askVault } from './ask-vault.ts'
import { startAdmin } from './openbao-admin.ts'
import { startCloudDoubles, type CloudDoubles } from './servers/cloud-doubles.ts'
import { startMoto } from './servers/moto.ts'
import { startTokenAuthority, type TokenAuthority } from './servers/token-authority.ts'

/** A store that others than us keep secrets in, too. */
export interface LiveStore {
  readonly address: string
  /** Where tokens for the store are had, when that is another server. */
  readonly authority?: string
  /** Of a provider that reaches them at these addresses. */
  config(address: string, authority: string | undefined): object
  /** What must never be told: parts of the credentials in there. */
  readonly credentials: readonly string[]
  /** As somebody else puts a secret there, and finds the newest value of one; `null` when there is none. */
  put(path: string, value: string): Promise<unknown>
  get(path: string): Promise<string | null>
  /** One that may be put there. */
  path(name: string): string
}

export interface LiveStores {
  readonly stores: Readonly<Record<ProviderType, LiveStore>>
  stop(): Promise<void>
}

/** One server of each kind. */
export async function startLiveStores(): Promise<LiveStores> {
  const authority = await startTokenAuthority()
  const [bao, moto, doubles] = await Promise.all([
    startAdmin(),
    startMoto(),
    startCloudDoubles({ authority: authority.authority }),
  ])
  const clouds = { doubles, authority }
  return {
    stores: {
      vault: openBao(bao),
      'aws-sm': aws(moto),
      'azure-kv': keyVault(clouds),
      'gcp-sm': secretManager(clouds),
    },
    async stop() {
      await Promise.all([bao, moto, doubles, authority].map((server) => server.stop()))
    },
  }
}

function openBao({ address, token, call }: Awaited<ReturnType<typeof startAdmin>>): LiveStore {
  const target = (path: string) => `secret/data/${path.replace('secret/data/', '')}`
  return {
    address,
    config: (address) => ({ address, token }),
    credentials: [token],
    path: (name) => `secret/data/${name}`,
    put: (path, value) => call('POST', target(path), { data: { value } }),
    async get(path) {
      const answer = await call('GET', target(path)).catch(() => null)
      return (answer as { data: { data: { value: string } } } | null)?.data.data.value ?? null
    },
  }
}

function aws({ address }: { readonly address: string }): LiveStore {
  const region = 'eu-west-1'
  const keys = { accessKeyId: `AKIA${'LIVE'.repeat(4)}`, secretAccessKey: newCanary() }
  const admin = new SecretsManager({ region, endpoint: address, credentials: { ...keys } })
  return {
    address,
    config: (address) => ({ region, endpoint: address, stsEndpoint: address, ...keys }),
    credentials: Object.values(keys),
    path: (name) => `team/${name}`,
    put: (Name, SecretString) => admin.createSecret({ Name, SecretString }),
    async get(SecretId) {
      const found = await admin.getSecretValue({ SecretId }).catch(() => null)
      return found?.SecretString ?? null
    },
  }
}

interface Clouds {
  readonly doubles: CloudDoubles
  readonly authority: TokenAuthority
}

function keyVault({ doubles, authority }: Clouds): LiveStore {
  const clientSecret = newCanary()
  return {
    address: doubles.keyVault,
    authority: authority.address,
    config: (vaultUrl, authorityHost) => ({
      vaultUrl,
      authorityHost,
      caCertificate: `${doubles.ca}\n${authority.ca}`,
      tenantId: authority.tenant,
      clientId: '4f0c1d2e-0000-4000-8000-000000000001',
      clientSecret,
    }),
    credentials: [clientSecret],
    path: (name) => name,
    put: (path, value) => askVault(doubles, 'PUT', `/secrets/${path}`, { value }),
    get: async (path) => (await askVault(doubles, 'GET', `/secrets/${path}`))?.value ?? null,
  }
}

function secretManager({ doubles, authority }: Clouds): LiveStore {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const server = { address: doubles.secretManagerPlain }
  return {
    address: doubles.secretManager,
    authority: authority.address,
    config: (endpoint, authorityHost) => ({
      projectId: 'my-project',
      endpoint,
      caCertificate: `${doubles.ca}\n${authority.ca}`,
      serviceAccountJson: JSON.stringify({
        type: 'service_account',
        client_email: 'reader@my-project.iam.gserviceaccount.com',
        private_key: pem,
        token_uri: `${authorityHost}/google/token`,
      }),
    }),
    credentials: pem.split('\n').filter((line) => line.length > 40),
    path: (name) => name,
    async put(path, value) {
      const replication = { automatic: {} }
      await askSecretManager(server, 'POST', `/secrets?secretId=${path}`, { replication })
      const payload = { data: Buffer.from(value).toString('base64') }
      await askSecretManager(server, 'POST', `/secrets/${path}:addVersion`, { payload })
    },
    async get(path) {
      const target = `/secrets/${path}/versions/latest:access`
      const found = await askSecretManager(server, 'GET', target)
      return found?.payload ? Buffer.from(found.payload.data, 'base64').toString() : null
    },
  }
}

/** A text that is nowhere else. */
export const newCanary = (): string => `canary-${randomBytes(12).toString('hex')}`
