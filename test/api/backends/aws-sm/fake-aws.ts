import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { type FakeServer, readBody, startServer } from '../fake-server.ts'
import { FakeAwsError, FakeSecrets } from './fake-secrets.ts'

export const rightKeys = {
  accessKeyId: 'AKIACANARYKEY0000001',
  secretAccessKey: 'canary-secret-access-key-51ab77',
} as const
/** Of temporary keys; they are others. */
export const rightToken = 'canary-session-token-8d20'
export const role = {
  roleArn: 'arn:aws:iam::999988887777:role/reader',
  externalId: 'external-canary',
} as const

/** Secrets Manager and STS at HTTP's edge, answering as AWS documents it. */
export interface FakeAws extends FakeServer {
  readonly secrets: FakeSecrets
  /** Operations that were asked for, in order, as policies write them. */
  readonly calls: string[]
  /** Headers and body of the last request. */
  readonly last: () => { headers: IncomingMessage['headers']; body: string }
  /** Sessions that were given out are no good any more. */
  expireSessions(): void
  /** Answers an operation in another way, until `heal`; every one of Secrets Manager for `*`. */
  answer(operation: string, listener: RequestListener): void
  heal(): void
}

export async function startAws(): Promise<FakeAws> {
  const secrets = new FakeSecrets('forbidden')
  const sessions = new Sessions()
  const planned = new Map<string, RequestListener>()
  const calls: string[] = []
  let last = { headers: {}, body: '' }

  const server = await startServer((request, response) => {
    void (async () => {
      const body = await readBody(request)
      last = { headers: request.headers, body }
      const { service, operation, form } = understand(request, body)
      calls.push(`${service}:${operation}`)
      const other =
        planned.get(operation) ?? (service === 'secretsmanager' ? planned.get('*') : undefined)
      if (other) return other(request, response)
      const refused = sessions.complaint(request, service, secrets.region)
      if (service === 'sts') {
        if (refused) return sendXmlError(response, refused)
        return sessions.answer(operation, form, request, response)
      }
      if (refused) return sendError(response, refused)
      try {
        const act = secrets.operations[operation]
        if (!act) throw new FakeAwsError('UnknownOperationException', '')
        send(response, 200, act(JSON.parse(body) as never))
      } catch (error) {
        if (!(error instanceof FakeAwsError)) throw error
        sendError(response, error)
      }
    })()
  })
  return {
    ...server,
    secrets,
    calls,
    last: () => last,
    expireSessions: () => sessions.expire(),
    answer: (operation, listener) => void planned.set(operation, listener),
    heal: () => planned.clear(),
  }
}

export function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' })
  response.end(JSON.stringify(body))
}

export const sendError = (response: ServerResponse, { type, message }: FakeAwsError): void =>
  send(response, type === 'InternalServiceError' ? 500 : 400, { __type: type, message })

/** A listener that answers an error. */
export const failing =
  (type: string, message = ''): RequestListener =>
  (_, response) =>
    sendError(response, new FakeAwsError(type, message))

export function sendXmlError(response: ServerResponse, { type, message }: FakeAwsError): void {
  response.writeHead(403, { 'content-type': 'text/xml' })
  response.end(
    `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${type}</Code><Message>${message}</Message></Error></ErrorResponse>`,
  )
}

/** Whose requests are accepted. That they are signed is looked at, not with what: the live tests verify that. */
class Sessions {
  readonly #tokens = new Map<string, string>()
  readonly #expired = new Set<string>()

  complaint(
    { headers }: IncomingMessage,
    service: string,
    region: string,
  ): FakeAwsError | undefined {
    const signature =
      /^AWS4-HMAC-SHA256 Credential=(\w+)\/\d{8}\/([\w-]+)\/(\w+)\/aws4_request, SignedHeaders=[\w;-]*host[\w;-]*x-amz-date[\w;-]*, Signature=[0-9a-f]{64}$/.exec(
        headers.authorization ?? '',
      )
    const [, accessKeyId = '', itsRegion, itsService] = signature ?? []
    if (!headers['x-amz-date'] || itsRegion !== region || itsService !== service) {
      return new FakeAwsError('InvalidSignatureException', 'The request signature is wrong.')
    }
    const token = headers['x-amz-security-token']
    if (this.#expired.has(String(token))) {
      return new FakeAwsError('ExpiredTokenException', 'The security token is expired')
    }
    const known =
      accessKeyId === rightKeys.accessKeyId
        ? token === undefined || token === rightToken
        : token !== undefined && this.#tokens.get(String(token)) === accessKeyId
    return known
      ? undefined
      : new FakeAwsError('UnrecognizedClientException', 'The security token is invalid.')
  }

  answer(
    operation: string,
    form: URLSearchParams,
    { headers }: IncomingMessage,
    response: ServerResponse,
  ): void {
    if (operation === 'GetCallerIdentity') {
      const assumed = this.#tokens.has(String(headers['x-amz-security-token']))
      const arn = assumed
        ? 'arn:aws:sts::999988887777:assumed-role/reader/agyn-secrets'
        : 'arn:aws:iam::123456789012:user/agyn'
      return sendXml(response, operation, `<Arn>${arn}</Arn><Account>123456789012</Account>`)
    }
    if (form.get('RoleArn') !== role.roleArn || form.get('ExternalId') !== role.externalId) {
      return sendXmlError(response, new FakeAwsError('AccessDenied', 'not authorized'))
    }
    const number = this.#tokens.size
    const accessKeyId = `ASIASESSION${String(number).padStart(9, '0')}`
    const token = `canary-assumed-token-${number}`
    this.#tokens.set(token, accessKeyId)
    sendXml(
      response,
      operation,
      `<Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>canary-assumed-secret</SecretAccessKey><SessionToken>${token}</SessionToken><Expiration>2027-01-01T01:00:00Z</Expiration></Credentials>`,
    )
  }

  expire(): void {
    for (const token of this.#tokens.keys()) this.#expired.add(token)
  }
}

function sendXml(response: ServerResponse, operation: string, result: string): void {
  response.writeHead(200, { 'content-type': 'text/xml' })
  response.end(
    `<${operation}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${operation}Result>${result}</${operation}Result></${operation}Response>`,
  )
}

function understand({ headers }: IncomingMessage, body: string) {
  const target = String(headers['x-amz-target'] ?? '')
  const form = new URLSearchParams(target === '' ? body : '')
  return target === ''
    ? { service: 'sts', operation: form.get('Action') ?? '', form }
    : { service: 'secretsmanager', operation: target.replace('secretsmanager.', ''), form }
}
