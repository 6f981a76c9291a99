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
  const pacing = {
    wait: async (milliseconds: number) => void waited.push(milliseconds),
    now: () => Date.parse('2027-01-31T12:00:00Z'),
    random: () => 0.5,
  }
  const client = new Client({ url: 'http://api.test', token, transport, pacing })
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
    expect(waited).toEqual([7700, 7700])
  })

  it('is waited out until a date that Retry-After names', async () => {
    const until = { 'retry-after': 'Sun, 31 Jan 2027 12:00:10 GMT' }
    const { client, waited } = clientFor(problem('rate_limited', until), ok)
    await client.call('WhoAmI', {})
    expect(waited).toEqual([11_000])
  })

  it('is told at once when it would last longer than two minutes', async () => {
    const { client, waited } = clientFor(problem('rate_limited', { 'retry-after': '300' }), ok)
    expect(await failureOf(client.call('WhoAmI', {}))).toMatchObject({ code: 'rate_limited' })
    expect(waited).toEqual([])
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
    expect(waited).toEqual([550, 1100, 2200, 4400, 8800])
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

describe('an API that is away', () => {
  const gone: readonly [string, Planned][] = [
    ['whose database is', problem('database_unavailable', { 'retry-after': '1' })],
    ['behind a gateway', { status: 503, headers: { 'retry-after': '1' }, text: '<html>' }],
    ['behind a gateway that says nothing', { status: 502, text: '' }],
  ]
  const name = 'x'
  const created = { ...ok, status: 201 }

  it.each(gone)(
    '%s is waited for with what does no more when it is sent twice',
    async (_, away) => {
      for (const [operation, call, answer] of [
        ['WhoAmI', {}, ok],
        ['CreateOrganization', { body: { id, name } }, created],
        ['UpdateOrganization', { params: { id }, body: { name } }, ok],
        ['DeleteEnv', { params: { id } }, { status: 204, text: '' }],
      ] as const) {
        const { client, sent } = clientFor(away, answer)
        await client.call(operation, call as never)
        expect(sent).toHaveLength(2)
        expect(sent[1]).toBe(sent[0])
      }
    },
  )

  it.each(gone)('%s is not sent a create again that brings no id', async (_, away) => {
    const { client, sent } = clientFor(away, created)
    await failureOf(client.call('CreateOrganization', { body: { name } }))
    expect(sent).toHaveLength(1)
  })

  it.each([
    ['refuses', problem('id_taken'), 'ApiError'],
    ['does not answer', new TypeError('', { cause: cause('ECONNREFUSED') }), 'ApiUnreachable'],
    ['is still away', { status: 502, text: '' }, 'ApiUnreachable'],
  ] as const)('and then %s may have done what was sent first', async (_, answer, error) => {
    const create = { body: { id, name } }
    const first = clientFor({ status: 502, text: '' }, ...Array(5).fill(answer))
    expect(await failureOf(first.client.call('CreateOrganization', create))).toMatchObject({
      name: error,
      wasSentBefore: true,
    })
  })

  it('has done nothing while it only refused for load', async () => {
    const { client } = clientFor(problem('rate_limited'), problem('id_taken'))
    const create = client.call('CreateOrganization', { body: { id, name } })
    expect(await failureOf(create)).toMatchObject({ code: 'id_taken', wasSentBefore: false })
  })
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
