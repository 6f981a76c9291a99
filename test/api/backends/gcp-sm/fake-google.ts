import { createPublicKey, generateKeyPairSync, randomUUID, verify } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { type FakeServer, readBody, startServer } from '../fake-server.ts'
import { type Answer, FakeSecretManager, refusal } from './fake-secret-manager.ts'

export interface FakeGoogle extends FakeServer {
  readonly manager: FakeSecretManager
  /** Of the logins so far, which there were: `token`, `subject`, `sts`, `impersonate`. */
  readonly logins: string[]
  /** Answers in place of Secret Manager; `undefined` to heal. */
  interrupt(listener: RequestListener | undefined): void
  /** Answers in place of one of the logins. */
  interruptLogin(name: string, listener: RequestListener): void
  /** All that are good now. */
  tokens(): readonly string[]
  /** One that Secret Manager accepts. */
  issueToken(): string
  /** No token that was handed out is any good any more. */
  expireTokens(): void
}

/** Google at the edge of HTTP: its token endpoints, a place where subject tokens are had, and Secret Manager. */
export async function startGoogle(): Promise<FakeGoogle> {
  const manager = new FakeSecretManager()
  const tokens = new Set<string>()
  const logins: string[] = []
  const interrupted = new Map<string, RequestListener>()
  let interruption: RequestListener | undefined

  const newToken = (kind: string): string => {
    const token = `${kind}-${randomUUID()}`
    tokens.add(token)
    return token
  }
  const isKnown = ({ headers }: IncomingMessage): boolean =>
    tokens.has(headers.authorization?.replace('Bearer ', '') ?? '')

  const doors: Readonly<Record<string, (request: IncomingMessage) => Promise<Answer>>> = {
    token: async (request) => {
      const form = new URLSearchParams(await readBody(request))
      if (form.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:jwt-bearer') return invalid
      if (!isSigned(form.get('assertion') ?? '', `${server.address}/token`)) return invalid
      const token = { access_token: newToken('ya29'), expires_in: 3599, token_type: 'Bearer' }
      return { status: 200, json: token }
    },
    subject: (request) => {
      const isAsked = request.headers['x-asked-by'] === 'agyn'
      return Promise.resolve(isAsked ? { status: 200, json: { value: subjectToken } } : invalid)
    },
    sts: async (request) => {
      const form = Object.fromEntries(new URLSearchParams(await readBody(request)))
      const isRight = Object.entries(exchange).every(([name, value]) => form[name] === value)
      if (!isRight) return invalid
      return { status: 200, json: { access_token: newToken('federated'), expires_in: 3599 } }
    },
    impersonate: async (request) => {
      const { scope, lifetime } = JSON.parse(await readBody(request)) as Record<string, unknown>
      if (!isKnown(request)) return unauthenticated
      if (lifetime !== '3600s' || !Array.isArray(scope)) return invalid
      const expireTime = new Date(Date.now() + 3_600_000).toISOString()
      return { status: 200, json: { accessToken: newToken('impersonated'), expireTime } }
    },
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<unknown> => {
    const url = new URL(request.url ?? '', 'http://fake')
    const door = url.pathname.split('/')[1] ?? ''
    const open = doors[door]
    if (open) {
      logins.push(door)
      const other = interrupted.get(door)
      return other ? other(request, response) : send(response, await open(request))
    }
    if (!isKnown(request)) return send(response, unauthenticated)
    if (interruption) return interruption(request, response)
    const body = (await readBody(request)) || '{}'
    const json = JSON.parse(body) as Record<string, unknown>
    return send(response, manager.answer(request.method ?? '', url, json))
  }
  const server = await startServer((request, response) => void answer(request, response))
  return {
    ...server,
    manager,
    logins,
    interrupt: (other) => void (interruption = other),
    interruptLogin: (name, other) => void interrupted.set(name, other),
    tokens: () => [...tokens],
    issueToken: () => newToken('ya29'),
    expireTokens: () => tokens.clear(),
  }
}

export function send(response: ServerResponse, { status, json }: Answer): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=UTF-8' })
    .end(JSON.stringify(json))
}

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
export const rightKey = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

export const email = 'reader@my-project.iam.gserviceaccount.com'
export const audience =
  '//iam.googleapis.com/projects/123456789/locations/global/workloadIdentityPools/ci/providers/ci'
export const jwtType = 'urn:ietf:params:oauth:token-type:jwt'
export const subjectToken = ['{"alg":"none"}', '{"sub":"ci"}', 'signature']
  .map((part) => Buffer.from(part).toString('base64url'))
  .join('.')

const exchange = {
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
  subject_token_type: jwtType,
  subject_token: subjectToken,
  audience,
  scope: 'https://www.googleapis.com/auth/cloud-platform',
}

function isSigned(assertion: string, aud: string): boolean {
  const [header = '', claims = '', signature = ''] = assertion.split('.')
  const signed = Buffer.from(`${header}.${claims}`)
  const key = createPublicKey(publicKey.export({ type: 'spki', format: 'pem' }))
  if (!verify('sha256', signed, key, Buffer.from(signature, 'base64url'))) return false
  const said = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>
  const lasts = Number(said['exp']) - Number(said['iat'])
  return said['iss'] === email && said['aud'] === aud && lasts === 3600
}

const invalid: Answer = {
  status: 400,
  json: { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' },
}
const unauthenticated = refusal(401, 'UNAUTHENTICATED', 'Invalid authentication credentials.')
