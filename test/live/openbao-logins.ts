import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { VaultConfig } from '../../api/backends/vault/vault-config.ts'
import { SecretValue } from '../../api/keyring/secret-value.ts'
import { readBody, startServer } from '../api/backends/fake-server.ts'
import { makeCertificate } from '../api/backends/outbound/make-certificate.ts'
import type { Admin } from './openbao-admin.ts'

/** One auth method, set up on a server: settings that are right, and some that are not. */
export interface LiveLogin {
  readonly right: WithoutAddress
  readonly wrong: WithoutAddress
  readonly tokenPaths: readonly string[]
  close(): Promise<void>
}

/** Distributes over the auth methods. */
type WithoutAddress = VaultConfig extends infer Config
  ? Config extends unknown
    ? Omit<Config, 'address'>
    : never
  : never

type SetUp = (admin: Admin, policy: string) => Promise<LiveLogin>

const life = { token_ttl: '1h', token_max_ttl: '2h' }

export const liveLogins = {
  async token(admin, policy) {
    const token = await admin.tokenFor(policy)
    return {
      right: { authMethod: 'token', token: SecretValue.fromText(token) },
      wrong: { authMethod: 'token', token: SecretValue.fromText('not-a-token') },
      tokenPaths: [],
      close: () => Promise.resolve(),
    }
  },

  async approle(admin, policy) {
    await admin.call('POST', 'sys/auth/approle', { type: 'approle' })
    const role = 'auth/approle/role/app'
    await admin.call('POST', role, { token_policies: [await admin.policy(policy)], ...life })
    const { role_id: roleId } = await dataOf(admin, 'GET', `${role}/role-id`)
    const { secret_id: secretId } = await dataOf(admin, 'POST', `${role}/secret-id`)
    const settings = (secret = '') => ({
      authMethod: 'approle' as const,
      roleId: roleId ?? '',
      secretId: SecretValue.fromText(secret),
    })
    return {
      right: settings(secretId),
      wrong: settings('not-a-secret-id'),
      tokenPaths: [],
      close: () => Promise.resolve(),
    }
  },

  async jwt(admin, policy) {
    const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const mountPoint = 'ci/jwt'
    await admin.call('POST', `sys/auth/${mountPoint}`, { type: 'jwt' })
    await admin.call('POST', `auth/${mountPoint}/config`, {
      jwt_validation_pubkeys: keys.publicKey.export({ type: 'spki', format: 'pem' }),
    })
    await admin.call('POST', `auth/${mountPoint}/role/app`, {
      role_type: 'jwt',
      user_claim: 'sub',
      bound_audiences: ['agyn'],
      token_policies: [await admin.policy(policy)],
      ...life,
    })
    const claims = { sub: 'api', aud: 'agyn', iat: seconds(), exp: seconds() + 3600 }
    return await withTokenFiles(
      { authMethod: 'jwt', role: 'app', mountPoint },
      signedJwt(claims, keys.privateKey),
      signedJwt({ ...claims, aud: 'somebody else' }, keys.privateKey),
    )
  },

  /** Kubernetes' part in it is one request: whose token this is. It is answered from here. */
  async kubernetes(admin, policy) {
    const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const right = serviceAccountJwt('agyn-api', keys.privateKey)
    const wrong = serviceAccountJwt('somebody-else', keys.privateKey)
    const kubernetes = await startServer((request, response) => {
      void readBody(request).then((body) => {
        const { token, audiences } = (JSON.parse(body) as TokenReview).spec
        const username = `system:serviceaccount:agyn:${nameIn(token)}`
        const user = { username, uid: 'uid-1', groups: ['system:serviceaccounts'] }
        const authenticated = token === right || token === wrong
        const status = { authenticated, user, audiences }
        response
          .writeHead(201, { 'content-type': 'application/json' })
          .end(JSON.stringify({ kind: 'TokenReview', status }))
      })
    })
    await admin.call('POST', 'sys/auth/kubernetes', { type: 'kubernetes' })
    await admin.call('POST', 'auth/kubernetes/config', {
      kubernetes_host: kubernetes.address,
      kubernetes_ca_cert: makeCertificate({ host: '127.0.0.1' }).cert,
      disable_local_ca_jwt: true,
    })
    await admin.call('POST', 'auth/kubernetes/role/app', {
      bound_service_account_names: ['agyn-api'],
      bound_service_account_namespaces: ['agyn'],
      token_policies: [await admin.policy(policy)],
      ...life,
    })
    const files = await withTokenFiles({ authMethod: 'kubernetes', role: 'app' }, right, wrong)
    return {
      ...files,
      async close() {
        await files.close()
        await kubernetes.close()
      },
    }
  },
} satisfies Readonly<Record<string, SetUp>>

interface TokenReview {
  readonly spec: { readonly token: string; readonly audiences: readonly string[] }
}

async function dataOf(
  admin: Admin,
  method: string,
  path: string,
): Promise<Readonly<Record<string, string>>> {
  return ((await admin.call(method, path)) as { data: Record<string, string> }).data
}

async function withTokenFiles(
  settings:
    | { readonly authMethod: 'jwt'; readonly role: string; readonly mountPoint: string }
    | { readonly authMethod: 'kubernetes'; readonly role: string },
  right: string,
  wrong: string,
): Promise<LiveLogin> {
  const folder = await mkdtemp(join(tmpdir(), 'openbao-token-'))
  const [tokenPath, otherPath] = [join(folder, 'token'), join(folder, 'other')]
  await writeFile(tokenPath, right)
  await writeFile(otherPath, wrong)
  return {
    right: { ...settings, tokenPath },
    wrong: { ...settings, tokenPath: otherPath },
    tokenPaths: [tokenPath, otherPath],
    close: () => rm(folder, { recursive: true }),
  }
}

/** RFC 7519, signed with RS256. */
function signedJwt(claims: object, key: KeyObject): string {
  const part = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64url')
  const signed = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`
}

const serviceAccountJwt = (name: string, key: KeyObject): string =>
  signedJwt(
    {
      iss: 'https://kubernetes.default.svc',
      aud: ['https://kubernetes.default.svc'],
      sub: `system:serviceaccount:agyn:${name}`,
      iat: seconds(),
      exp: seconds() + 3600,
      'kubernetes.io': { namespace: 'agyn', serviceaccount: { name, uid: 'uid-1' } },
    },
    key,
  )

function nameIn(jwt: string): string {
  const [, claims = ''] = jwt.split('.')
  const { sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { sub: string }
  return sub.split(':').at(-1) ?? ''
}

/** RFC 7519 counts so. */
const seconds = (): number => Math.floor(Date.now() / 1000)
