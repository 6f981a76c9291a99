import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshName, startWorld, type World } from './world.ts'

let world: World
beforeAll(async () => void (world = await startWorld()))
afterAll(() => world.close())

const owner = () => world.api.as(world.acme.owner)
const member = () => world.api.as(world.acme.member)

async function secretOf(values: readonly string[], rest: object = {}): Promise<string> {
  const [value, ...later] = values
  const body = { name: freshName(), value, ...rest }
  const { id } = (await owner().post('/api/secrets', body).expect(201)).body
  for (const value of later) await owner().patch(`/api/secrets/${id}`, { value }).expect(200)
  return id
}

const versionsOf = async (id: string) =>
  (await owner().get(`/api/secrets/${id}/versions`).expect(200)).body.items as {
    version: string
    state: string
    fingerprint: string
  }[]

const restore = (id: string, version: string | number, as = owner()) =>
  as.post(`/api/secrets/${id}/versions/${version}/restore`)

const valueOf = async (secretId: string): Promise<string> => {
  const orchestrator = world.api.as(world.acme.orchestrator)
  return (await orchestrator.post('/api/resolve/secret', { secretId }).expect(200)).body.value
}

describe('the versions of a secret', () => {
  it('are listed newest first, with fingerprints for owners alone', async () => {
    const id = await secretOf(['a', 'b'])
    const items = await versionsOf(id)
    expect(items).toEqual([
      {
        version: '2',
        state: 'current',
        fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
        createdAt: expect.any(String),
        createdBy: 'owner',
      },
      expect.objectContaining({ version: '1', state: 'past' }),
    ])
    const shown = (await member().get(`/api/secrets/${id}/versions`).expect(200)).body.items
    expect(shown).toEqual(items.map(({ fingerprint: _, ...rest }) => rest))
  })

  it('come in pages, whose cursors are good for that secret alone', async () => {
    const id = await secretOf(['a', 'b', 'c', 'd', 'e'])
    const page = async (cursor?: string) =>
      (await owner().get(`/api/secrets/${id}/versions`).query({ limit: 2, cursor }).expect(200))
        .body
    const first = await page()
    const second = await page(first.nextCursor)
    const third = await page(second.nextCursor)
    const numbers = [first, second, third].map(({ items }) =>
      items.map(({ version }: { version: string }) => version),
    )
    expect(numbers).toEqual([['5', '4'], ['3', '2'], ['1']])
    expect(third.nextCursor).toBeNull()
    const cursor = String(first.nextCursor)
    const other = await secretOf(['a'])
    await owner().get(`/api/secrets/${other}/versions`).query({ cursor }).expect(400)
  })

  it('of a remote secret are those from when it was local, and none of them can be restored', async () => {
    const id = await secretOf(['a', 'b'])
    const place = { providerId: world.acme.providerId, remotePath: 'secret/data/app' }
    await owner()
      .patch(`/api/secrets/${id}`, { storage: 'remote', ...place })
      .expect(200)
    const items = await versionsOf(id)
    expect(items.map(({ version, state }) => [version, state])).toEqual([
      ['2', 'past'],
      ['1', 'past'],
    ])
    const { body } = await restore(id, 1).expect(422)
    expect(body).toMatchObject({ code: 'invalid', detail: expect.stringMatching(/remoteVersion/) })
  })

  it('are ten at most, and no number is used twice, whatever is done', async () => {
    const action = fc.oneof(
      fc.record({ set: fc.constantFrom('a', 'b', 'c') }),
      fc.record({ restore: fc.integer({ min: 1, max: 30 }) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 12, maxLength: 16 }), async (actions) => {
        const id = await secretOf(['first'])
        const seen = new Map<string, string>()
        for (const step of actions) {
          const known = await versionsOf(id)
          const response =
            'set' in step
              ? await owner().patch(`/api/secrets/${id}`, { value: step.set })
              : await restore(id, step.restore)
          const kept =
            'set' in step || known.some(({ version }) => version === String(step.restore))
          expect(response.status).toBe(kept ? 200 : 404)
          const versions = await versionsOf(id)
          expect(versions.length).toBeLessThanOrEqual(10)
          expect(versions.map(({ state }) => state)).toEqual([
            'current',
            ...Array(versions.length - 1).fill('past'),
          ])
          for (const { version, fingerprint } of versions) {
            expect(seen.get(version) ?? fingerprint).toBe(fingerprint)
            seen.set(version, fingerprint)
          }
        }
        const numbers = [...seen.keys()].map(Number).sort((a, b) => a - b)
        expect(numbers).toEqual(numbers.map((_, index) => index + 1))
      }),
      { numRuns: 4 },
    )
  })
})

describe('restoring a version', () => {
  it('makes its value the newest version, byte for byte and in its encoding', async () => {
    const id = await secretOf(['AAH/'], { encoding: 'base64' })
    await owner().patch(`/api/secrets/${id}`, { value: 'text' }).expect(200)
    const { body, headers } = await restore(id, 1).expect(200)
    expect(body).toMatchObject({ id, version: '3', encoding: 'base64', revision: 3 })
    expect(headers['etag']).toBe('"r3"')
    expect(await valueOf(id)).toBe('AAH/')
    const [newest, , oldest] = await versionsOf(id)
    expect(newest?.fingerprint).toBe(oldest?.fingerprint)
    const [row] = await world.api.database.prisma.auditEvent.findMany({
      where: { operation: 'RestoreSecretVersion', resourceId: id },
    })
    expect(row).toMatchObject({ outcome: 'allowed', detail: { restored: 1, version: 3 } })
  })

  it('that is current changes nothing', async () => {
    const id = await secretOf(['a', 'b'])
    const { body } = await restore(id, 2).expect(200)
    expect(body).toMatchObject({ version: '2', revision: 2 })
    expect(await versionsOf(id)).toHaveLength(2)
  })

  it.each(['0', '3', '01', '-1', '1e0', '99999999999', 'x', '%20'])(
    'is 404 for version %s, which is not there',
    async (version) => {
      await restore(await secretOf(['a', 'b']), version).expect(404)
    },
  )

  it('is 404 for a version that is no longer kept, and for a deleted secret', async () => {
    const id = await secretOf(Array.from({ length: 11 }, (_, index) => `v${index}`))
    await restore(id, 1).expect(404)
    await restore(id, 2).expect(200)
    await owner().delete(`/api/secrets/${id}`).expect(204)
    await restore(id, 3).expect(404)
    const left = await owner().get(`/api/secrets/${id}/versions`).expect(200)
    expect(left.body.items).toHaveLength(10)
  })

  it('is refused when the secret has changed since it was read', async () => {
    const id = await secretOf(['a', 'b'])
    await restore(id, 1).set('If-Match', '"r1"').expect(412)
    await restore(id, 1).set('If-Match', '"r2"').expect(200)
  })

  it('is refused when a template could not hold the value', async () => {
    const name = freshName()
    const id = await secretOf(['x'.repeat(60_000)], { name })
    await owner().patch(`/api/secrets/${id}`, { value: 'short' }).expect(200)
    const template = `\${secret:${name}}`.repeat(3)
    const env = { consumer: { kind: 'agent', id: freshName() }, name: 'URL', template }
    await owner().post('/api/envs', env).expect(201)
    const { body } = await restore(id, 1).expect(422)
    expect(body).toMatchObject({ code: 'invalid', detail: expect.stringMatching(/^The env URL/) })
    expect(await valueOf(id)).toBe('short')
  })

  it('moves the time of its next rotation', async () => {
    const id = await secretOf(['a', 'b'], { rotateEvery: '90d' })
    await world.api.database.prisma.secret.update({
      where: { id },
      data: { rotatedAt: new Date('2001-01-01'), rotateAt: new Date('2001-04-01') },
    })
    const { body } = await restore(id, 1).expect(200)
    const days = (Date.parse(body.rotateAt) - Date.parse(body.rotatedAt)) / 86_400_000
    expect(days).toBe(90)
    expect(new Date(body.rotatedAt).getFullYear()).toBeGreaterThan(2001)
  })

  it('by several at once makes one version for each that differs', async () => {
    const id = await secretOf(['a', 'b', 'c'])
    const answers = await Promise.all([restore(id, 1), restore(id, 2), restore(id, 1)])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    const versions = await versionsOf(id)
    expect(versions.filter(({ state }) => state === 'current')).toHaveLength(1)
    const [newest] = versions
    expect(['5', '6']).toContain(newest?.version)
    expect(['a', 'b']).toContain(await valueOf(id))
  })

  it('against a deletion leaves it deleted, whoever comes first', async () => {
    const id = await secretOf(['a', 'b'])
    const [restored, deleted] = await Promise.all([
      restore(id, 1),
      owner().delete(`/api/secrets/${id}`),
    ])
    expect(deleted.status).toBe(204)
    expect([200, 404]).toContain(restored.status)
    await owner().get(`/api/secrets/${id}`).expect(404)
  })
})
