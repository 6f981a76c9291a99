import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshName, startWorld, vaultProvider, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.close())

const asOwner = () => world.api.as(world.acme.owner)

const made = async (path: string, body: object): Promise<string> =>
  (await asOwner().post(path, body).expect(201)).body.id

const withCursor = (path: string, cursor: string) =>
  `${path}${path.includes('?') ? '&' : '?'}limit=1&cursor=${encodeURIComponent(cursor)}`

const cursorOf = async (path: string): Promise<string> => {
  const { body } = await asOwner()
    .get(`${path}${path.includes('?') ? '&' : '?'}limit=1`)
    .expect(200)
  expect(body.nextCursor, path).toEqual(expect.any(String))
  return body.nextCursor as string
}

const expectRefused = async (path: string, cursor: string, token = world.acme.owner) => {
  const { status, body } = await world.api.as(token).get(withCursor(path, cursor))
  expect({ path, cursor, status, code: body.code }).toMatchObject({
    status: 400,
    code: 'malformed',
  })
}

/** Every list of an organization, those below a thing twice, each with more than one page. */
async function lists(): Promise<string[]> {
  const { api, acme, vault } = world
  const things = { secrets: [] as string[], providers: [] as string[], scopes: [] as string[] }
  for (const number of [1, 2]) {
    const providerId = await made('/api/secret-providers', vaultProvider(vault, freshName()))
    for (const remotePath of ['a', 'b']) {
      await made('/api/secrets', { name: freshName(), providerId, remotePath })
    }
    const secretId = await made('/api/secrets', { name: freshName(), value: 'first' })
    await asOwner().patch(`/api/secrets/${secretId}`, { value: 'second' }).expect(200)
    for (const id of ['one', 'other']) {
      await made('/api/envs', { consumer: { kind: 'agent', id }, name: `V${number}`, secretId })
    }
    things.providers.push(providerId)
    things.secrets.push(secretId)
    things.scopes.push(await made('/api/scopes', { kind: 'team', name: freshName() }))
  }
  for (const id of ['one', 'other']) {
    const body = { consumer: { kind: 'agent', id }, workloadId: id }
    await api.as(acme.orchestrator).post('/api/resolve/workload', body).expect(200)
  }
  return [
    ...['secrets', 'envs', 'scopes', 'api-tokens', 'secret-providers'].map(
      (noun) => `/api/${noun}`,
    ),
    '/api/due?before=9000-01-01T00:00:00Z',
    ...things.secrets.flatMap((id) =>
      ['references', 'versions', 'deliveries'].map((below) => `/api/secrets/${id}/${below}`),
    ),
    ...things.providers.map((id) => `/api/secret-providers/${id}/references`),
    ...things.scopes.map((id) => `/api/scopes/${id}/effective-secrets`),
  ]
}

describe('a cursor', () => {
  it('leads on in its own list, and nowhere in another one', async () => {
    const paths = await lists()
    for (const path of paths) {
      const cursor = await cursorOf(path)
      await asOwner().get(withCursor(path, cursor)).expect(200)
      for (const other of paths.filter((each) => each !== path)) await expectRefused(other, cursor)
    }
  })

  it('leads nowhere in another organization, nor in all of them', async () => {
    const { api, acme, globex } = world
    for (const path of ['/api/secrets', '/api/envs', '/api/api-tokens', '/api/secret-providers']) {
      const cursor = await cursorOf(path)
      await expectRefused(path, cursor, globex.owner)
      await api.as().get(withCursor(path, cursor)).expect(400)
      await api
        .as()
        .get(withCursor(`${path}?organizationId=${globex.id}`, cursor))
        .expect(400)
      await api
        .as()
        .get(withCursor(`${path}?organizationId=${acme.id}`, cursor))
        .expect(200)
    }
  })

  it('is refused with any of its bits turned', async () => {
    const cursor = await cursorOf('/api/secrets')
    const bytes = Buffer.from(cursor, 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const turned = Buffer.from(bytes)
      turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      await expectRefused('/api/secrets', turned.toString('base64url'))
    }
  })

  it('is refused with anything cut off or added, and in any other writing', async () => {
    const cursor = await cursorOf('/api/secrets')
    for (let length = 0; length < cursor.length; length++) {
      await expectRefused('/api/secrets', cursor.slice(0, length))
    }
    for (const more of ['A', '=', '==', '!', ' ', '\n', '.', 'AAAA', cursor]) {
      await expectRefused('/api/secrets', cursor + more)
      await expectRefused('/api/secrets', more + cursor)
    }
    await expectRefused('/api/secrets', Buffer.from(cursor, 'base64url').toString('hex'))
    await expectRefused('/api/secrets', `${cursor.slice(0, 8)}*${cursor.slice(8)}`)
  })

  it('is refused when it was made up', async () => {
    const { acme } = world
    const written = (text: string) => Buffer.from(text).toString('base64url')
    for (const cursor of [
      'x',
      '0',
      'null',
      '\0',
      '../..',
      'A'.repeat(5000),
      acme.secretId,
      written(acme.secretId),
      written(JSON.stringify([acme.secretId])),
      written(`ListSecrets ${acme.id} ${acme.secretId}`), // unsigned, as cursors once were
      Buffer.concat([Buffer.alloc(16), Buffer.from(JSON.stringify([acme.secretId]))]).toString(
        'base64url',
      ),
    ]) {
      await expectRefused('/api/secrets', cursor)
    }
  })
})

describe('a page', () => {
  it.each(['0', '201', 'abc', '-1', '2.5', ''])('of limit=%s is 422', async (limit) => {
    for (const path of ['/api/secrets', `/api/secrets/${world.acme.secretId}/references`]) {
      const { body } = await asOwner().get(`${path}?limit=${limit}`).expect(422)
      expect(body.errors).toMatchObject([{ pointer: '?limit' }])
    }
  })

  it('neither skips nor repeats a row, whatever comes and goes meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(place, { maxLength: 10 }),
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.array(step, { maxLength: 3 }), { maxLength: 8 }),
        async (before, limit, meanwhile) => {
          const run = new Run()
          for (const at of before) await run.carryOut({ insert: at })
          const throughout = new Set(run.there)
          const seen: string[] = []
          for (let cursor = '', page = 0; ; page++) {
            const path = `/api/secrets?limit=${limit}&q=${run.name}${cursor}`
            const { body } = await asOwner().get(path).expect(200)
            seen.push(...body.items.map(({ id }: { readonly id: string }) => id))
            if (body.nextCursor === null) break
            expect(body.items).toHaveLength(limit)
            cursor = `&cursor=${body.nextCursor}`
            for (const each of meanwhile[page] ?? []) await run.carryOut(each)
            for (const id of run.gone) throughout.delete(id)
          }
          expect(seen).toEqual([...new Set(seen)].sort())
          expect(seen).toEqual(expect.arrayContaining([...throughout]))
        },
      ),
      { numRuns: 20 },
    )
  })
})

/** Where a row stands among those of its run. */
const place = fc.integer({ min: 0, max: 99 })

type Step = { readonly insert: number } | { readonly remove: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ insert: place }),
  fc.record({ remove: fc.nat() }),
)

let runs = 0

/** Secrets that no other run sees. */
class Run {
  readonly name = `run${++runs}-`
  readonly there: string[] = []
  readonly gone: string[] = []

  async carryOut(step: Step): Promise<void> {
    if ('insert' in step) {
      const digits = (length: number, number: number) => String(number).padStart(length, '0')
      const id = `00000000-${digits(4, runs)}-7000-8000-${digits(12, step.insert)}`
      if (this.there.includes(id) || this.gone.includes(id)) return
      await made('/api/secrets', { id, name: `${this.name}${step.insert}`, value: 'v' })
      this.there.push(id)
    } else if (this.there.length > 0) {
      const [id = ''] = this.there.splice(step.remove % this.there.length, 1)
      await asOwner().delete(`/api/secrets/${id}`).expect(204)
      this.gone.push(id)
    }
  }
}
