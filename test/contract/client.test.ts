import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import {
  ApiError,
  ApiUnreachable,
  Client,
  type Transport,
  type TransportRequest,
} from '../../contract/client.ts'
import { problems, problemType, type ProblemCode } from '../../contract/problems.ts'

const id = '0198c0de-0000-7000-8000-000000000001'
const token = 'agyn_canary'

interface Planned {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly text: string
}

const problem = (code: ProblemCode, headers: Record<string, string> = {}): Planned => ({
  status: problems[code].status,
  headers,
  text: JSON.stringify({ type: problemType(code), ...problems[code], code, detail: 'Because.' }),
})

/** A client that is given these answers, one after another, and never really waits. */
function clientFor(...answers: readonly (Planned | Error)[]) {
  const sent: TransportRequest[] = []
  const waited: number[] = []
  const transport: Transport = async (request) => {
    const answer = answers[sent.push(request) - 1] ?? problem('internal')
    if (answer instanceof Error) throw answer
    const { status, headers = {}, text } = answer
    return { status, text, header: (name) => headers[name] ?? null }
  }
  const wait = async (milliseconds: number) => void waited.push(milliseconds)
  const client = new Client({ url: 'http://api.test', token, transport, wait })
  return { client, sent, waited }
}

const cause = (code: string) => Object.assign(new Error(code), { code })

const ok = { status: 200, text: '{"id":"x"}' }

describe('a call', () => {
  it('is the method, path, query and body of its operation', async () => {
    const page = { status: 200, text: '{"items":[],"nextCursor":null}' }
    const { client, sent } = clientFor(page, ok, { status: 204, text: '' })
    await client.call('ListSecrets', { query: { q: 'a&b', limit: 3 } })
    await client.call(
      'UpdateSecret',
      { params: { id }, body: { description: null } },
      { ifMatch: '"r1"' },
    )
    expect(await client.call('DeleteEnv', { params: { id } })).toBeUndefined()
    const [list, update, remove] = sent
    expect(list).toMatchObject({ method: 'GET', body: undefined })
    expect(list?.url.href).toBe('http://api.test/api/secrets?q=a%26b&limit=3')
    expect(list?.headers).toEqual({ authorization: `Bearer ${token}`, accept: 'application/json' })
    expect(update).toMatchObject({ method: 'PATCH', body: '{"description":null}' })
    expect(update?.headers).toMatchObject({
      'if-match': '"r1"',
      'content-type': 'application/json',
    })
    expect(remove?.url.pathname).toBe(`/api/envs/${id}`)
  })

  it.each(['https://gateway.test/agyn', 'https://gateway.test/agyn/'])(
    'goes below the path of %s',
    async (url) => {
      const urls: string[] = []
      const transport: Transport = async (request) => {
        urls.push(request.url.href)
        return { ...ok, header: () => null }
      }
      await new Client({ url, token, transport }).call('WhoAmI', {})
      expect(urls).toEqual(['https://gateway.test/agyn/api/whoami'])
    },
  )

  it('keeps an id within its segment', async () => {
    const { client, sent } = clientFor(ok)
    await client.call('GetSecret', { params: { id: 'a/b?c#d' } })
    expect(sent[0]?.url.href).toBe('http://api.test/api/secrets/a%2Fb%3Fc%23d')
  })
})

describe('a refusal', () => {
  it('is an ApiError with the problem', async () => {
    const { client } = clientFor(problem('name_taken'))
    const error = await failureOf(client.call('CreateOrganization', { body: { name: 'x' } }))
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({
      code: 'name_taken',
      operation: 'CreateOrganization',
      message: 'Because.',
    })
    expect(JSON.stringify(error) + String(error)).not.toContain(token)
  })

  it('for load is waited out as long as Retry-After asks, and a little longer', async () => {
    const limited = problem('rate_limited', { 'retry-after': '7' })
    const { client, sent, waited } = clientFor(limited, limited, { ...ok, status: 201 })
    await client.call('CreateOrganization', { body: { name: 'x' } })
    expect(sent).toHaveLength(3)
    expect(waited).toHaveLength(2)
    for (const pause of waited) {
      expect(pause).toBeGreaterThanOrEqual(7000)
      expect(pause).toBeLessThanOrEqual(8400)
    }
  })

  it('for load is left to a transport that waits by itself', async () => {
    let sent = 0
    const transport: Transport = async () => {
      sent += 1
      return { status: 429, header: () => null, text: problem('rate_limited').text }
    }
    const client = new Client({ url: 'http://api.test', token, transport, transportWaits: true })
    expect(await failureOf(client.call('WhoAmI', {}))).toMatchObject({ code: 'rate_limited' })
    expect(sent).toBe(1)
  })

  it.each([
    ['an empty body', 'CreateSecret', { status: 201, text: '' }],
    ['an object that is not one of ours', 'GetSecret', { status: 200, text: '{}' }],
    ['a list that is none', 'ListSecrets', { status: 200, text: '{}' }],
    ['another status', 'DeleteSecret', { status: 200, text: '{}' }],
    ['nobody', 'WhoAmI', { status: 200, text: '{}' }],
  ] as const)('is never read out of %s', async (_, operation, answer) => {
    const { client } = clientFor(answer)
    const call = { params: { id }, body: { name: 'x', value: 'v' } } as never
    expect(await failureOf(client.call(operation, call))).toBeInstanceOf(ApiUnreachable)
  })

  it('for load without a time is waited out longer each time, five times, then reported', async () => {
    const { client, sent, waited } = clientFor(...Array(9).fill(problem('rate_limited')))
    expect(await failureOf(client.call('WhoAmI', {}))).toMatchObject({ code: 'rate_limited' })
    expect(sent).toHaveLength(6)
    expect(waited.map((pause) => Math.floor(Math.log2(pause / 500)))).toEqual([0, 1, 2, 3, 4])
  })

  it('of a database that went away is repeated for a read, never for a change', async () => {
    const gone = problem('database_unavailable', { 'retry-after': '1' })
    const reading = clientFor(gone, ok)
    await reading.client.call('WhoAmI', {})
    expect(reading.sent).toHaveLength(2)
    const writing = clientFor(gone, ok)
    await failureOf(writing.client.call('CreateOrganization', { body: { name: 'x' } }))
    expect(writing.sent).toHaveLength(1)
  })

  it.each<ProblemCode>(['internal', 'provider_unavailable', 'precondition_failed', 'not_found'])(
    '%s is not repeated',
    async (code) => {
      const { client, sent } = clientFor(problem(code), ok)
      await failureOf(client.call('WhoAmI', {}))
      expect(sent).toHaveLength(1)
    },
  )
})

describe('an answer that is not the API’s', () => {
  it.each<[string, Planned | Error]>([
    ['a page', { status: 200, text: '<html>' }],
    ['an error page', { status: 502, text: '<html>Bad Gateway' }],
    ['JSON of somebody else', { status: 404, text: '{"message":"no route"}' }],
    ['a list', { status: 400, text: '[]' }],
    ['null', { status: 500, text: 'null' }],
    ['no answer', new TypeError('fetch failed', { cause: cause('ECONNREFUSED') })],
  ])('%s is ApiUnreachable', async (_, answer) => {
    const { client, sent } = clientFor(answer)
    const error = await failureOf(client.call('CreateOrganization', { body: { name: 'x' } }))
    expect(error).toBeInstanceOf(ApiUnreachable)
    expect(error.message).toMatch(/API.*(address|ECONNREFUSED)/)
    expect(error.message).not.toContain(token)
    expect(sent).toHaveLength(1)
  })

  it('a redirect is not followed, so the token stays where it was sent', async () => {
    const trap: string[] = []
    await serving(
      (request, response) => {
        trap.push(request.url ?? '')
        response.writeHead(302, { location: '/elsewhere' }).end()
      },
      async (url) => {
        const error = await failureOf(new Client({ url, token }).call('WhoAmI', {}))
        expect(error).toBeInstanceOf(ApiUnreachable)
      },
    )
    expect(trap).toEqual(['/api/whoami'])
  })
})

describe('a signal', () => {
  it('ends a call that waits to be repeated', async () => {
    const stop = new AbortController()
    await serving(
      (_, response) => {
        const { status, text } = problem('rate_limited')
        response.writeHead(status, { 'retry-after': '60' }).end(text)
        setImmediate(() => stop.abort(new Error('enough')))
      },
      async (url) => {
        const call = new Client({ url, token }).call('WhoAmI', {}, { signal: stop.signal })
        await expect(call).rejects.toThrow('enough')
      },
    )
  })
})

async function failureOf(call: Promise<unknown>): Promise<Error> {
  return await call.then(
    () => expect.fail('It succeeded.'),
    (error: Error) => error,
  )
}

async function serving(listener: RequestListener, use: (url: string) => Promise<void>) {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}
