import type { RequestListener } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SecretBackend } from '../../../../api/backends/backend.ts'
import { SecretValue } from '../../../../api/keyring/secret-value.ts'
import { codeOf, failureOf } from '../failure-of.ts'
import { startServer } from '../fake-server.ts'
import { FakeClock } from '../fake-clock.ts'
import { type FakeAzure, refusing, send, startAzure } from './fake-azure.ts'
import type { Version } from './fake-vault-store.ts'
import { openAzure } from './open-azure.ts'

const signal = AbortSignal.timeout(60_000)
const owner = '01890a5d-ac96-774b-bcce-b302099a8057'
const own = { signal, owner }
const tags = { 'managed-by': 'agyn-secrets', 'agyn-secret': owner }

let azure: FakeAzure
let clock: FakeClock
let backend: SecretBackend
beforeEach(async () => {
  azure = await startAzure()
  clock = new FakeClock()
  backend = await openAzure(azure, { clock })
})
afterEach(() => azure.close())

const put = (name: string, given: Partial<Version> = {}) =>
  azure.store.put(name, { value: 'v', ...given })
const attributes = (times: { exp?: number; nbf?: number }) => ({
  attributes: { enabled: true, created: 0, recoveryLevel: 'Recoverable+Purgeable', ...times },
})
/** Answers with this time of day from now on. */
const at = (date: string | null) => {
  azure.answer = (request, response) => {
    if (date === null) response.sendDate = false
    else response.setHeader('date', date)
    send(response, ...azure.store.answer(request, ''))
  }
}

describe('reading from a key vault', () => {
  const read = (name: string, version?: string) => backend.read(name, { signal, version })

  it.each(['a/b', 'a.b', '..', '', 'a?x=1', 'a#b'])(
    'asks nothing for the path %j',
    async (path) => {
      expect(await codeOf(read(path))).toBe('path_invalid')
      expect(await codeOf(backend.remove(path, { ...own, forGood: true }))).toBe('path_invalid')
      expect(azure.vault.requests).toEqual([])
    },
  )

  it('asks in the words of the API, and with no more headers than it takes', async () => {
    put('db')
    const seen: string[][] = []
    azure.answer = (request, response) => {
      seen.push(Object.keys(request.headers).sort())
      send(response, ...azure.store.answer(request, ''))
    }
    await read('db')
    expect(azure.vault.requests.at(-1)).toMatch(/^GET \/secrets\/db\/?\?api(-|%2D)version=7\.4$/)
    expect(seen).toEqual([
      [
        'accept',
        'accept-encoding',
        'authorization',
        'connection',
        'host',
        'x-ms-client-request-id',
      ],
    ])
  })

  it("tells an expired secret by the vault's clock", async () => {
    const expires = Date.parse('2026-05-01T00:00:00Z') / 1000
    const { id } = put('old', attributes({ exp: expires }))
    at('Thu, 30 Apr 2026 23:59:59 GMT')
    expect((await read('old'))?.version).toBe(id)
    at('Fri, 01 May 2026 00:00:00 GMT')
    const failure = await failureOf(read('old', id))
    expect(failure.code).toBe('secret_expired')
    expect(failure.message).toContain('2026-05-01T00:00:00.000Z')
  })

  it("tells a secret that is not valid yet by the vault's clock", async () => {
    put('new', attributes({ nbf: Date.parse('2026-05-01T00:00:00Z') / 1000 }))
    at('Thu, 30 Apr 2026 23:59:59 GMT')
    const failure = await failureOf(read('new'))
    expect(failure.code).toBe('secret_disabled')
    expect(failure.message).toContain('2026-05-01T00:00:00.000Z')
    at('Fri, 01 May 2026 00:00:00 GMT')
    expect(await read('new')).not.toBeNull()
  })

  it('does not guess what time it is', async () => {
    put('old', attributes({ exp: 4_000_000_000 }))
    at(null)
    expect(await codeOf(read('old'))).toBe('unreadable_answer')
    put('timeless')
    expect(await read('timeless')).not.toBeNull()
  })

  it('tells a deleted secret from a missing one, where it may know', async () => {
    put('gone', { tags })
    await backend.remove('gone', { ...own, forGood: false })
    const failure = await failureOf(read('gone'))
    expect(failure.code).toBe('version_deleted')
    expect(failure.message).toContain('2026-02-03T04:04:05.000Z')
    expect(failure.hint).toContain('Recover it')
    azure.answer = (request, response) =>
      request.url?.startsWith('/deletedsecrets')
        ? refusing(403, 'Forbidden', 'ForbiddenByRbac')(request, response)
        : refusing(404, 'SecretNotFound')(request, response)
    expect(await read('gone')).toBeNull()
  })

  it('says that there is no such version of a secret that is disabled', async () => {
    const { attributes } = put('disabled')
    attributes.enabled = false
    expect(await codeOf(read('disabled', '0'.repeat(32)))).toBe('version_missing')
  })

  it('gives bytes of ours as bytes, and to others the text that is there', async () => {
    const bytes = Buffer.from([0, 255, 10])
    const options = { ...own, isNew: true, encoding: 'base64' } as const
    await backend.write('bytes', SecretValue.fromBytes(bytes), options)
    expect((await backend.read('bytes', { signal, managed: true }))?.value.reveal()).toEqual(bytes)
    expect((await read('bytes'))?.value.reveal().toString()).toBe('AP8K')
    put('bytes', { value: 'no base64', contentType: 'application/octet-stream;base64' })
    expect(await codeOf(backend.read('bytes', { signal, managed: true }))).toBe('unreadable_answer')
  })

  it.each<[string, string, RequestListener]>([
    ['a role that is missing', 'forbidden', refusing(403, 'Forbidden', 'ForbiddenByRbac')],
    ['an access policy', 'forbidden', refusing(403, 'Forbidden', 'AccessDenied')],
    ['the firewall', 'forbidden', refusing(403, 'Forbidden', 'ForbiddenByFirewall')],
    ['something new', 'forbidden', refusing(403, 'Forbidden', 'constructor')],
    ['a disabled secret', 'secret_disabled', refusing(403, 'Forbidden', 'SecretDisabled')],
    ['a bad request', 'unreadable_answer', refusing(400, 'BadParameter')],
    ['another thing that is not there', 'unreadable_answer', refusing(404, 'VaultNotFound')],
    ['its own trouble', 'unreachable', refusing(500, 'InternalServerError')],
    ['a proxy', 'unreadable_answer', (_, response) => response.writeHead(403).end('<html>')],
    ['no value', 'unreadable_answer', (_, response) => send(response, 200, {})],
    ['a list', 'unreadable_answer', (_, response) => send(response, 200, [])],
    [
      'a number for a value',
      'unreadable_answer',
      (_, response) => send(response, 200, { id: `${azure.vault.address}/secrets/x/1`, value: 7 }),
    ],
    ['half of JSON', 'unreadable_answer', (_, response) => send(response, 200, null)],
    [
      'no UTF-8',
      'unreadable_answer',
      (_, response) => response.end(Buffer.from('{"value":"\xff"}', 'latin1')),
    ],
  ])('tells apart %s', async (_, code, listener) => {
    azure.answer = listener
    expect(await codeOf(read('app'))).toBe(code)
  })
})

describe('writing to a key vault', () => {
  const write = (name: string, value: string, isNew = true) =>
    backend.write(name, SecretValue.fromText(value), { ...own, isNew, encoding: 'utf8' })

  it('refuses what is too large before it asks anything', async () => {
    expect(await failureOf(write('large', 'x'.repeat(25_601)))).toMatchObject({
      code: 'too_large',
      notSent: true,
    })
    const options = { ...own, isNew: true, encoding: 'base64' } as const
    const bytes = SecretValue.fromBytes(Buffer.alloc(19_201))
    expect(await codeOf(backend.write('large', bytes, options))).toBe('too_large')
    expect(azure.vault.requests).toEqual([])
    await write('fits', 'x'.repeat(25_600))
  })

  it('sends a value once, and to nobody who has not been logged in to', async () => {
    await codeOf(write('app', 'v', false)) // logged in by now
    azure.answer = (request, response) =>
      request.method === 'PUT'
        ? response.destroy()
        : send(response, ...azure.store.answer(request, ''))
    put('app', { tags })
    expect(await failureOf(write('app', 'v', false))).toMatchObject({
      code: 'unreachable',
      notSent: false,
    })
    expect(azure.vault.requests.filter((request) => request.startsWith('PUT'))).toHaveLength(1)
  })

  it('says what became of a secret that it was to write on', async () => {
    expect(await codeOf(write('never', 'v', false))).toBe('path_missing')
    put('gone', { tags })
    await backend.remove('gone', { ...own, forGood: false })
    expect(await codeOf(write('gone', 'v', false))).toBe('version_deleted')
    put('theirs')
    expect(await codeOf(write('theirs', 'v', false))).toBe('not_ours')
    put('of-another', { tags: { ...tags, 'agyn-secret': 'somebody' } })
    expect(await codeOf(write('of-another', 'v', false))).toBe('not_ours')
  })

  it('takes names that differ in case alone for one', async () => {
    const outcomes = await Promise.allSettled([write('name', 'a'), write('NAME', 'b')])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(azure.store.latest('name')?.value).toBe('a')
  })

  it('waits for its turn no longer than its caller does', async () => {
    azure.answer = () => undefined
    const [first, second] = [new AbortController(), new AbortController()]
    const [stuck, waiting] = [first, second].map((caller) =>
      failureOf(
        backend.write('app', SecretValue.fromText('v'), {
          ...{ owner, isNew: true, encoding: 'utf8' },
          signal: caller.signal,
        }),
      ),
    )
    second.abort()
    expect(await waiting).toMatchObject({ code: 'timeout', notSent: true })
    first.abort()
    expect(await stuck).toMatchObject({ code: 'timeout' })
  })
})

describe('removing from a key vault', () => {
  const remove = (name: string, forGood: boolean, given = own) =>
    backend.remove(name, { ...given, forGood })

  it('waits until a deletion and a recovery are done', async () => {
    put('slow', { tags })
    azure.store.settlingQuestions = 3
    await remove('slow', false)
    await backend.restore('slow', own)
    expect((await backend.read('slow', { signal }))?.value.reveal().toString()).toBe('v')
    await remove('slow', true)
    expect(azure.store.deleted.size).toBe(0)
    expect(clock.waits.filter((ms) => ms === 1000).length).toBeGreaterThanOrEqual(2)
  })

  it('gives up when its caller does', async () => {
    put('slow', { tags })
    azure.store.settlingQuestions = Infinity
    const giveUp = new AbortController()
    const removed = codeOf(remove('slow', true, { owner, signal: giveUp.signal }))
    setImmediate(() => giveUp.abort())
    expect(await removed).toBe('timeout')
  })

  it('also removes a secret that somebody has disabled, if it is ours', async () => {
    put('first', { tags })
    put('first', { tags }).attributes.enabled = false
    await remove('first', true)
    expect(azure.store.living.size + azure.store.deleted.size).toBe(0)
    put('theirs').attributes.enabled = false
    expect(await codeOf(remove('theirs', false))).toBe('not_ours')
  })

  it('says until when a vault keeps what may not be purged', async () => {
    azure.store.recoveryLevel = 'CustomizedRecoverable'
    put('kept', { tags })
    const failure = await failureOf(remove('kept', true))
    expect(failure.code).toBe('forbidden')
    expect(failure.message).toContain('2026-05-04T04:04:05.000Z')
    expect(azure.store.deleted.size).toBe(1)
    expect(azure.vault.requests.filter((each) => each.startsWith('DELETE /deleted'))).toEqual([])
  })

  it('passes on that purging is not among its permissions', async () => {
    put('kept', { tags })
    await remove('kept', false)
    azure.answer = (request, response) =>
      request.method === 'DELETE'
        ? refusing(403, 'Forbidden', 'AccessDenied')(request, response)
        : send(response, ...azure.store.answer(request, ''))
    const failure = await failureOf(remove('kept', true))
    expect(failure.code).toBe('forbidden')
    expect(failure.hint).toContain('purge')
  })

  it('deletes softly without being allowed to see what is deleted', async () => {
    put('unseen', { tags })
    azure.answer = (request, response) =>
      request.url?.startsWith('/deletedsecrets')
        ? refusing(403, 'Forbidden', 'AccessDenied')(request, response)
        : send(response, ...azure.store.answer(request, ''))
    await remove('unseen', false)
    expect(azure.store.deleted.has('unseen')).toBe(true)
    expect(await codeOf(remove('unseen', true))).toBe('forbidden')
  })

  it('deletes nothing softly where a vault would delete it for good', async () => {
    azure.store.recoveryLevel = 'Purgeable'
    put('old-vault', { tags })
    await remove('old-vault', false)
    expect(azure.store.living.has('old-vault')).toBe(true)
    await remove('old-vault', true)
    expect(azure.store.living.has('old-vault')).toBe(false)
  })

  it('neither purges nor recovers what somebody else deleted', async () => {
    put('theirs')
    const [secret] = azure.store.living.values()
    if (secret) azure.store.deleted.set('theirs', secret)
    azure.store.living.clear()
    expect(await codeOf(remove('theirs', true))).toBe('not_ours')
    expect(await codeOf(backend.restore('theirs', own))).toBe('not_ours')
    expect(azure.store.deleted.size).toBe(1)
  })
})

describe('listing a key vault', () => {
  const list = (given: { after?: string; prefix?: string; limit?: number } = {}) =>
    backend.list({ signal, limit: 10, ...given })

  it("asks for twenty-five at a time, and leaves the place in Azure's page to the next", async () => {
    for (let each = 10; each < 70; each += 1) put(`s${each}`)
    const first = await list({ limit: 30 })
    const second = await list({ limit: 30, ...(first.next && { after: first.next }) })
    expect([...first.items, ...second.items].map(({ path }) => path)).toEqual(
      Array.from({ length: 60 }, (_, each) => `s${each + 10}`),
    )
    expect(second.next).toBeUndefined()
    const sizes = azure.vault.requests.map((each) => /maxresults=(\d+)/.exec(each)?.[1])
    expect(new Set(sizes.slice(1))).toEqual(new Set(['25']))
  })

  it('may answer an empty page of a large vault, and go on', async () => {
    for (let each = 0; each < 510; each += 1) put(`a${1000 + each}`)
    put('zebra')
    const first = await list({ prefix: 'Z' })
    expect(first.items).toEqual([])
    const after = first.next ?? ''
    expect((await list({ prefix: 'Z', after })).items).toEqual([{ path: 'zebra' }])
  })

  it('goes nowhere but to its vault, whatever the vault says of its next page', async () => {
    const trap = await startServer((_, response) => response.end('{"value":[]}'))
    const names = Array.from({ length: 25 }, (_, each) => ({
      id: `${azure.vault.address}/secrets/s${each}`,
    }))
    azure.answer = (request, response) => {
      const isFirst = !request.url?.includes('skiptoken')
      const nextLink = isFirst ? `${trap.address}/?$skiptoken=a%26b%2F..%2F` : null
      send(response, 200, { value: isFirst ? names : [], nextLink })
    }
    const { next = '' } = await list({ limit: 25 })
    await list({ after: next })
    expect(trap.connections()).toBe(0)
    expect(new Set(azure.vault.requests.map((each) => each.split('?')[0]))).toEqual(
      new Set(['GET /secrets']),
    )
    expect(azure.vault.requests.at(-1)).toContain('skiptoken=a%26b%2F..%2F')
    await trap.close()
  })

  it.each(['', 'x', '1', '.', 'https://evil.test', '0.a/b', '1234.AA', '-1.AA'])(
    'begins no page at %j',
    async (after) => {
      expect(await codeOf(list({ after }))).toBe('path_invalid')
      expect(azure.vault.requests).toEqual([])
    },
  )

  it.each<[string, object]>([
    ['no list', {}],
    ['something else', { value: [{ id: 'https://x/keys/a' }] }],
    ['a climbing name', { value: [{ id: 'https://x/secrets/../a' }] }],
    ['a next page without a beginning', { value: [], nextLink: 'https://x/secrets' }],
  ])('does not understand %s', async (_, answer) => {
    azure.answer = (_request, response) => send(response, 200, answer)
    expect(await codeOf(list())).toBe('unreadable_answer')
  })
})
