import { setMaxListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { OutcomeUnknown, TerraformError } from '../../../../cdktf-provider/plugin/index.ts'
import { Session } from '../../../../cdktf-provider/provider/api/session.ts'
import { Client, type TransportResponse } from '../../../../contract/client.ts'
import { problems, type ProblemCode } from '../../../../contract/problems.ts'

const acme = '0198c0de-0000-7000-8000-00000000000a'
const globex = '0198c0de-0000-7000-8000-00000000000b'
const idOf = (index: number) => `0198c0de-0000-7000-8000-${String(index).padStart(12, '0')}`

/** What the state says. */
const inAcme = { organizationId: acme }
const signal = new AbortController().signal
setMaxListeners(0, signal)

const answer = (status: number, body: unknown): TransportResponse => ({
  status,
  header: () => null,
  text: JSON.stringify(body),
})

const refusal = (code: ProblemCode) => {
  const { status, title } = problems[code]
  return answer(status, { type: 'about:blank', title, status, code, detail: `${title}.` })
}

/** A session whose API has the secrets 0 to `count` of acme. */
function sessionOf(
  count: number,
  { token = acme, lists = true }: { readonly token?: string; readonly lists?: boolean } = {},
) {
  const asked: string[] = []
  const secrets = Array.from({ length: count }, (_, index) => ({
    id: idOf(index),
    organizationId: acme,
    name: `secret ${index}`,
  }))
  const client = new Client({
    url: 'http://api.test',
    token: 't',
    transport: async ({ method, url: { pathname, searchParams } }) => {
      await Promise.resolve()
      asked.push(`${method} ${pathname === '/api/secrets' ? 'list' : 'one'}`)
      if (method === 'DELETE') return { ...answer(204, null), text: '' }
      if (pathname === '/api/secrets') {
        if (!lists) return refusal('forbidden')
        if (searchParams.get('organizationId') !== token) return refusal('invalid')
        const from = Number(searchParams.get('cursor') ?? 0)
        const to = from + Number(searchParams.get('limit'))
        const nextCursor = to < secrets.length ? String(to) : null
        return answer(200, { items: secrets.slice(from, to), nextCursor })
      }
      const found = secrets.find(({ id }) => pathname.endsWith(id))
      return found && token === acme ? answer(200, found) : refusal('not_found')
    },
  })
  const session = new Session({ client, tokenOrganizationId: token, organizationId: undefined })
  const find = (index: number, state: { readonly organizationId?: string | null } = inAcme) =>
    session.find(
      'GetSecret',
      { params: { id: idOf(index) } },
      { subject: subject(index), signal, organizationId: state.organizationId },
    )
  const findAll = (from: number, to: number) =>
    Promise.all(Array.from({ length: to - from }, (_, index) => find(from + index)))
  return { session, find, findAll, asked }
}

const subject = (index: number) => ({
  noun: 'secret',
  type: 'agyn_secret',
  name: `secret ${index}`,
  importId: '',
})

const times = (asked: readonly string[], what: string) =>
  asked.filter((each) => each === what).length

describe('the reads of a refresh', () => {
  it('come from pages, and what the list does not show is asked for before it is called gone', async () => {
    const { findAll, asked } = sessionOf(500)
    const found = await findAll(0, 501)
    expect(found.slice(0, 500).map((each) => each?.id)).toEqual(
      Array.from({ length: 500 }, (_, index) => idOf(index)),
    )
    expect(found[500]).toBeNull()
    expect(times(asked, 'GET list')).toBe(3)
    expect(times(asked, 'GET one')).toBe(3)
  })

  it('ask for each itself while the state does not say where it is', async () => {
    const { find, asked } = sessionOf(5)
    const nowhere = { organizationId: null }
    const found = await Promise.all([0, 1, 2, 3, 9].map((index) => find(index, nowhere)))
    expect(found.map((each) => each?.id)).toEqual([...[0, 1, 2, 3].map(idOf), undefined])
    expect([times(asked, 'GET list'), times(asked, 'GET one')]).toEqual([0, 5])
  })

  it('say of each what the API says, where the list is refused', async () => {
    const { findAll, asked } = sessionOf(10, { lists: false })
    expect((await findAll(0, 11)).at(-1)).toBeNull()
    expect(times(asked, 'GET list')).toBe(1)
    expect(times(asked, 'GET one')).toBe(11)
  })

  it("are an error with another organization's token, each of them, and never an object that is gone", async () => {
    const { find } = sessionOf(10, { token: globex })
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, (_, index) => find(index)))
    for (const [index, outcome] of outcomes.entries()) {
      const { reason } = outcome as PromiseRejectedResult
      expect(reason).toBeInstanceOf(TerraformError)
      expect(reason).toMatchObject({
        message: `The token belongs to another organization than the secret "secret ${index}".`,
      })
    }
  })

  it('begin anew after a change through this session', async () => {
    const { session, findAll, asked } = sessionOf(10)
    await findAll(0, 5)
    await session.remove(
      'DeleteSecret',
      { params: { id: idOf(9) } },
      { subject: subject(9), signal, organizationId: acme },
    )
    await findAll(5, 10)
    expect(times(asked, 'GET list')).toBe(2)
    expect(times(asked, 'GET one')).toBe(4)
  })
})

describe('what a token of one scope is told is not there', () => {
  const [root, teamA, teamB, project] = [100, 101, 102, 103].map(idOf) as [string, ...string[]]
  /** As the API shows them to a token of team B. */
  const seen: Readonly<Record<string, readonly string[]>> = {
    [root]: [],
    [teamB as string]: ['b'],
    [project as string]: ['b', 'project'],
  }

  function limited({ scopes = seen, refuses = false } = {}) {
    const client = new Client({
      url: 'http://api.test',
      token: 't',
      transport: ({ url: { pathname } }) => {
        const id = pathname.split('/').at(-1) ?? ''
        const path = pathname.startsWith('/api/scopes/') ? scopes[id] : undefined
        const other = refusal(
          refuses && pathname.startsWith('/api/scopes/') ? 'forbidden' : 'not_found',
        )
        return Promise.resolve(path ? answer(200, { id, path }) : other)
      },
    })
    const session = new Session({
      client,
      tokenOrganizationId: acme,
      tokenScopeId: teamB,
      organizationId: undefined,
    })
    return (scopeId?: string | null) => {
      const where = { ...inAcme, ...(scopeId === undefined ? {} : { scopeId }) }
      const options = { subject: subject(1), signal, ...where }
      const call = { params: { id: idOf(1) } }
      return {
        read: () => session.find('GetSecret', call, options),
        remove: () => session.remove('DeleteSecret', call, options),
      }
    }
  }

  it.each([
    ['in that scope', teamB],
    ['below it', project],
    ['where no scope matters', undefined],
  ])('is gone when the state places it %s', async (_, scopeId) => {
    const { read, remove } = limited()(scopeId)
    expect(await read()).toBeNull()
    await expect(remove()).resolves.toBeUndefined()
  })

  it.each([
    ['beside that scope', teamA],
    ['above it', root],
    ['in no scope', null],
  ])('is an error when the state places it %s', async (_, scopeId) => {
    const { read, remove } = limited()(scopeId)
    for (const outcome of [read(), remove()]) {
      await expect(outcome).rejects.toMatchObject({
        message:
          'The token is limited to a scope and cannot tell whether the secret "secret 1" is gone.',
        problems: [
          {
            detail: `The token reaches scope ${teamB} and those below; the state says ${scopeId === null ? 'no scope' : `scope ${scopeId}`}. Nothing was removed from the state or destroyed. Use a token of the whole organization.`,
          },
        ],
      })
    }
  })

  it('is an error when its scope cannot be looked up', async () => {
    for (const options of [{ scopes: {} }, { refuses: true, scopes: {} }]) {
      await expect(limited(options)(project).read()).rejects.toBeInstanceOf(TerraformError)
    }
  })
})

describe('a create that was sent twice', () => {
  const body = { id: idOf(1), name: 'a', value: 'v' }

  /** Creates while the API answers in turn, first that it is away. */
  async function created(...answers: readonly TransportResponse[]) {
    const asked: string[] = []
    const told = [answer(503, 'restarting'), ...answers]
    const client = new Client({
      url: 'http://api.test',
      token: 't',
      pacing: { wait: () => Promise.resolve(), now: () => 0, random: () => 0 },
      transport: async ({ method }) => {
        asked.push(method)
        return await Promise.resolve(told.shift() ?? refusal('internal'))
      },
    })
    const session = new Session({ client, tokenOrganizationId: acme, organizationId: undefined })
    const outcome = await session
      .call('CreateSecret', { body }, { subject: subject(1), signal })
      .catch((error: unknown) => error)
    return { outcome, asked }
  }

  it.each<ProblemCode>(['id_taken', 'name_taken', 'path_taken'])(
    'and is refused with %s goes on with what the first one made',
    async (code) => {
      const made = { id: body.id, organizationId: acme, name: 'a' }
      const { outcome, asked } = await created(refusal(code), answer(200, made))
      expect(outcome).toEqual(made)
      expect(asked).toEqual(['POST', 'POST', 'GET'])
    },
  )

  it('and finds the name taken by something else says that', async () => {
    const { outcome } = await created(refusal('name_taken'), refusal('not_found'))
    expect(outcome).toMatchObject({ message: 'A secret named "secret 1" already exists.' })
  })

  it('and cannot be looked up is not known to be made, nor not to be', async () => {
    const { outcome } = await created(refusal('id_taken'), refusal('forbidden'))
    expect(outcome).toBeInstanceOf(OutcomeUnknown)
  })

  it('is refused as it is when nothing was sent before', async () => {
    const client = new Client({
      url: 'http://api.test',
      token: 't',
      transport: () => Promise.resolve(refusal('id_taken')),
    })
    const session = new Session({ client, tokenOrganizationId: acme, organizationId: undefined })
    const creating = session.call('CreateSecret', { body }, { subject: subject(1), signal })
    await expect(creating).rejects.toThrow('the id is taken')
  })
})

describe('a read for an import', () => {
  it('asks for the object itself', async () => {
    const { find, asked } = sessionOf(10)
    await Promise.all([0, 1, 2, 3].map((index) => find(index, {})))
    expect(asked).toEqual(Array.from({ length: 4 }, () => 'GET one'))
  })
})
