import { randomBytes } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { type FakeServer, readBody, startServer } from '../fake-server.ts'
import { type Authority, makeAuthority, makeCertificate } from '../outbound/make-certificate.ts'
import { FakeVaultStore, Refusal } from './fake-vault-store.ts'

export const tenantId = '9a8b7c6d-0000-4000-8000-000000000001'
export const clientId = '1f2e3d4c-0000-4000-8000-000000000002'
export const rightSecret = 'canary-client-secret-4e7a'
/** Begins every token that the fake authority gives. */
export const tokenCanary = 'canary-token-2b9c'

/** A key vault and the authority before it at HTTP's edge, as Microsoft documents their answers. */
export interface FakeAzure {
  readonly vault: FakeServer
  readonly authority: FakeServer
  readonly store: FakeVaultStore
  /** In PEM: who has signed the certificates of both. */
  readonly caCertificate: string
  /** What has been asked for, of those who were given a token. */
  readonly resources: string[]
  /** A token that the vault takes. */
  giveToken(): string
  /** The tokens that were given are no good any more. */
  revokeTokens(): void
  /** Until it is undefined, what the vault answers to those who have a good token. */
  answer: RequestListener | undefined
  /** The same of the authority, to everybody. */
  answerLogin: RequestListener | undefined
  /** `WWW-Authenticate` for those who have none. */
  challenge: string
  /** How long a token lives. */
  tokenSeconds: number
  close(): Promise<void>
}

export async function startAzure({
  vaultHost = '127.0.0.1',
  signedBy = makeAuthority('azure'),
}: {
  readonly vaultHost?: string
  readonly signedBy?: Authority
} = {}): Promise<FakeAzure> {
  const store = new FakeVaultStore()
  const tokens = new Set<string>()
  const resources: string[] = []

  const giveToken = () => {
    const token = makeToken()
    tokens.add(token)
    return token
  }
  const authority = await startServer(
    withBody((request, response, text) => {
      const form = new URLSearchParams(text)
      if (fake.answerLogin) return fake.answerLogin(request, response)
      if (form.get('client_id') !== clientId) return refuseLogin(response, 700016)
      if (form.get('client_secret') !== rightSecret) return refuseLogin(response, 7000215)
      resources.push(form.get('scope') ?? '')
      send(response, 200, {
        token_type: 'Bearer',
        expires_in: fake.tokenSeconds,
        access_token: giveToken(),
      })
    }),
    makeCertificate({ host: '127.0.0.1', signedBy }),
  )
  const vault = await startServer(
    withBody((request, response, text) => {
      const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
      if (token === undefined || !tokens.has(token)) {
        response.setHeader('www-authenticate', fake.challenge)
        return send(response, 401, errorBody(new Refusal(401, 'Unauthorized')))
      }
      try {
        if (fake.answer) fake.answer(request, response)
        else send(response, ...store.answer(request, text))
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        send(response, error.status, errorBody(error))
      }
    }),
    makeCertificate({ host: vaultHost, signedBy }),
  )
  store.address = vault.address
  const fake: FakeAzure = {
    vault,
    authority,
    store,
    resources,
    caCertificate: signedBy.cert,
    giveToken,
    revokeTokens: () => tokens.clear(),
    answer: undefined,
    answerLogin: undefined,
    challenge: `Bearer authorization="${authority.address}/${tenantId}", resource="https://vault.azure.net"`,
    tokenSeconds: 3600,
    async close() {
      await vault.close()
      await authority.close()
    },
  }
  return fake
}

/** Reads the whole request before it is answered. */
const withBody =
  (answer: (request: IncomingMessage, response: ServerResponse, text: string) => void) =>
  (request: IncomingMessage, response: ServerResponse): void =>
    void readBody(request).then((text) => answer(request, response, text))

export function send(response: ServerResponse, status: number, body: object | null): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
  response.end(body === null ? '' : JSON.stringify(body))
}

/** Answers as a vault that refuses. */
export const refusing =
  (status: number, code: string, inner?: string) =>
  (_: IncomingMessage, response: ServerResponse): void =>
    send(response, status, errorBody(new Refusal(status, code, inner)))

export function refuseLogin(response: ServerResponse, code: number): void {
  const error_description = `AADSTS${code}: what is wrong. Trace ID: 0`
  send(response, code === 7000215 ? 401 : 400, {
    error: code === 7000215 ? 'invalid_client' : 'unauthorized_client',
    error_description,
    error_codes: [code],
  })
}

const errorBody = ({ code, inner }: Refusal): object => ({
  error: { code, message: 'What is wrong.', ...(inner && { innererror: { code: inner } }) },
})

/** With the claims that a real one has, and a signature that is none. */
function makeToken(): string {
  const part = (claims: object) => Buffer.from(JSON.stringify(claims)).toString('base64url')
  const claims = { aud: 'https://vault.azure.net', appid: clientId, exp: 1_800_000_000 }
  return `${tokenCanary}.${part(claims)}.${randomBytes(8).toString('hex')}`
}
