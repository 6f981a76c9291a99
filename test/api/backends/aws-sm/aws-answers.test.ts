import type { RequestListener } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SecretBackend } from '../../../../api/backends/backend.ts'
import { codeOf, failureOf } from '../failure-of.ts'
import { failing, type FakeAws, send, startAws } from './fake-aws.ts'
import { openAws } from './open-aws.ts'

const signal = AbortSignal.timeout(60_000)

let aws: FakeAws
let backend: SecretBackend
beforeEach(async () => {
  aws = await startAws()
  backend = await openAws(aws.address)
})
afterEach(() => aws.close())

/** What reading comes to when it is answered so. */
const readAnswered = (listener: RequestListener) => {
  aws.answer('GetSecretValue', listener)
  return failureOf(backend.read('app', { signal }))
}
const named = (status: number, body: object, header?: string): RequestListener => {
  return (_, response) => {
    if (header) response.setHeader('x-amzn-errortype', header)
    send(response, status, body)
  }
}

describe('an error of AWS', () => {
  it.each([
    ['AccessDeniedException', 'forbidden', 1],
    ['UnrecognizedClientException', 'forbidden', 1],
    ['InvalidClientTokenId', 'forbidden', 1],
    ['InvalidSignatureException', 'forbidden', 1],
    ['ExpiredTokenException', 'forbidden', 1],
    ['RequestTimeTooSkewed', 'forbidden', 1],
    ['DecryptionFailure', 'forbidden', 1],
    ['InvalidParameterException', 'path_invalid', 1],
    ['UnknownOperationException', 'unreadable_answer', 1],
    ['ThrottlingException', 'throttled', 3],
    ['RequestLimitExceeded', 'throttled', 3],
    ['TooManyRequestsException', 'throttled', 3],
    ['InternalServiceError', 'unreachable', 3],
    ['SomethingNewException', 'unreadable_answer', 1],
  ])('that is named %s means %s, after %d requests', async (name, code, requests) => {
    expect((await readAnswered(failing(name))).code).toBe(code)
    expect(aws.requests).toHaveLength(requests)
  })

  it('means the same with any status, and is not asked for again', async () => {
    for (const status of [403, 404, 500, 503]) {
      const { code } = await readAnswered(named(status, { __type: 'AccessDeniedException' }))
      expect(code).toBe('forbidden')
    }
    expect(aws.requests).toHaveLength(4)
    aws.answer('GetSecretValue', named(404, { __type: 'ResourceNotFoundException' }))
    expect(await backend.read('app', { signal })).toBeNull()
  })

  it.each<[string, RequestListener]>([
    ['behind a namespace', named(400, { __type: 'com.amazonaws.x#AccessDeniedException' })],
    ['before a URL', named(400, {}, 'AccessDeniedException:http://internal.amazon.com/')],
    [
      'in XML',
      (_, response) =>
        response.writeHead(403).end('<Error><Code>SignatureDoesNotMatch</Code></Error>'),
    ],
  ])('is understood %s', async (_, listener) => {
    expect((await readAnswered(listener)).code).toBe('forbidden')
  })

  it('says which permission is lacking', async () => {
    const { message, hint } = await readAnswered(failing('AccessDeniedException'))
    expect(message).toContain('secretsmanager:GetSecretValue')
    expect(hint).toContain('kms:Decrypt')
  })

  it('tells a deletion from what else a state forbids', async () => {
    const marked = failing('InvalidRequestException', 'it was marked for deletion.')
    expect((await readAnswered(marked)).code).toBe('version_deleted')
    expect((await readAnswered(failing('InvalidRequestException', 'rotation'))).code).toBe(
      'forbidden',
    )
  })

  it('tells when to come back', async () => {
    const failure = await readAnswered((request, response) => {
      response.setHeader('retry-after', '7')
      failing('ThrottlingException')(request, response)
    })
    expect(failure).toMatchObject({ code: 'throttled', retryAfterSeconds: 7 })
  })
})

describe('an answer that is not of AWS', () => {
  const page = '<html><body>Sign in</body></html>'
  it.each<[string, string, RequestListener]>([
    ['a page', 'unreadable_answer', (_, response) => response.end(page)],
    ['a page, not found', 'unreadable_answer', (_, response) => response.writeHead(404).end(page)],
    ['a page, forbidden', 'unreadable_answer', (_, response) => response.writeHead(403).end(page)],
    ['a gateway', 'unreachable', (_, response) => response.writeHead(502).end(page)],
    ['too many', 'throttled', (_, response) => response.writeHead(429).end(page)],
    ['nothing', 'unreadable_answer', (_, response) => response.end()],
    ['null', 'unreadable_answer', (_, response) => response.end('null')],
    ['a list', 'unreadable_answer', (_, response) => response.end('[]')],
    ['an empty object', 'unreadable_answer', (_, response) => response.end('{}')],
    ['cut short', 'unreadable_answer', (_, response) => response.end('{"SecretString":"x')],
    ['a number', 'unreadable_answer', named(200, { VersionId: 'v', SecretString: 5 })],
    ['an object', 'unreadable_answer', named(200, { VersionId: 'v', SecretString: {} })],
    ['no version', 'unreadable_answer', named(200, { SecretString: 'x' })],
    ['bytes that are none', 'unreadable_answer', named(200, { VersionId: 'v', SecretBinary: '%' })],
    ['an accepted', 'unreadable_answer', (_, response) => response.writeHead(202).end('{}')],
    ['a broken connection', 'unreachable', (request) => request.socket.destroy()],
  ])('is told apart: %s', async (_, code, listener) => {
    expect((await readAnswered(listener)).code).toBe(code)
  })

  it('is no success of anything', async () => {
    aws.secrets.store('app', 'x')
    aws.answer('*', (_, response) => response.end('{}'))
    const own = { signal, owner: 'us' }
    expect(await codeOf(backend.remove('app', { ...own, forGood: true }))).toBe('unreadable_answer')
    expect(await codeOf(backend.restore('app', own))).toBe('unreadable_answer')
    expect(await codeOf(backend.list({ signal, limit: 1 }))).toBe('unreadable_answer')
    expect(await codeOf(backend.check({ signal }))).toBe('unreadable_answer')
  })
})

describe('a check', () => {
  it('says who it is, and that names may be listed', async () => {
    expect(await backend.check({ signal })).toEqual({
      identity: {
        displayName: 'arn:aws:iam::123456789012:user/agyn',
        expiresAt: undefined,
        renewable: false,
      },
      can: { read: 'unknown', write: 'unknown', list: true },
    })
    expect(aws.calls).not.toContain('secretsmanager:GetSecretValue')
  })

  it('says that names may not be listed', async () => {
    aws.answer('ListSecrets', failing('AccessDeniedException'))
    expect((await backend.check({ signal })).can.list).toBe(false)
  })

  it('does without STS', async () => {
    aws.answer('GetCallerIdentity', (request) => request.socket.destroy())
    expect((await backend.check({ signal })).identity.displayName).toBeUndefined()
  })
})

describe('a listing', () => {
  it('is of a hundred names at most, and takes no prefix for a negation', async () => {
    aws.secrets.store('app', 'x')
    await backend.list({ signal, limit: 200 })
    expect(JSON.parse(aws.last().body)).toEqual({ MaxResults: 100, SortOrder: 'asc' })
    expect(await backend.list({ signal, limit: 10, prefix: '!a' })).toEqual({ items: [] })
    expect(aws.requests).toHaveLength(1)
  })

  it('leaves out what is scheduled for deletion, and what begins otherwise', async () => {
    const SecretList = [{ Name: 'ab' }, { Name: 'Ab' }, { Name: 'ac', DeletedDate: 1 }, {}]
    aws.answer('ListSecrets', named(200, { SecretList }))
    const { items } = await backend.list({ signal, limit: 10, prefix: 'a' })
    expect(items).toEqual([{ path: 'ab' }])
  })
})
