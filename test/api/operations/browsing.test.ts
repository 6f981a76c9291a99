import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../../support/test-api.ts'
import { send } from '../backends/vault/fake-vault.ts'
import { freshName, noSuchId, startWorld, vaultProvider, type World } from './world.ts'

let world: World
let owner: Caller
/** Of a provider that allows it. */
let paths: string
beforeAll(async () => {
  world = await startWorld()
  const { api, vault, acme } = world
  owner = api.as(acme.owner)
  vault.put('secret/data/team/db', '{"user":"canary-user","pass":"canary-pass"}')
  for (const name of ['a', 'b', 'c']) vault.put(`secret/data/team/${name}`, '{"k":"canary"}')
  paths = `/api/secret-providers/${await browsable()}/paths`
})
afterAll(() => world.close())

async function browsable(): Promise<string> {
  const body = { ...vaultProvider(world.vault, freshName()), allowBrowse: true }
  return (await owner.post('/api/secret-providers', body).expect(201)).body.id
}

const auditRows = async () =>
  await world.api.database.prisma.auditEvent.findMany({
    where: { operation: 'BrowseSecretProvider', organizationId: world.acme.id },
    orderBy: { id: 'asc' },
  })

describe('browsing a provider', () => {
  it('is off until its owner allows it, and says how', async () => {
    const { acme, vault } = world
    const path = `/api/secret-providers/${acme.providerId}`
    const before = vault.requests.length
    const refused = await owner.get(`${path}/paths`).expect(403)
    expect(refused.body.detail).toMatch(/\{ "allowBrowse": true \}/)
    expect(vault.requests).toHaveLength(before)
    expect((await owner.get(path)).body.allowBrowse).toBe(false)
    expect((await owner.patch(path, { allowBrowse: true })).body.allowBrowse).toBe(true)
    await owner.get(`${path}/paths?prefix=secret`).expect(200)
    await owner.patch(path, { allowBrowse: false }).expect(200)
    await owner.get(`${path}/paths?prefix=secret`).expect(403)
  })

  it('lists names below a prefix, in pages', async () => {
    const first = (await owner.get(`${paths}?prefix=secret/team&limit=3`).expect(200)).body
    expect(first.items).toHaveLength(3)
    const cursor = encodeURIComponent(first.nextCursor)
    const rest = await owner.get(`${paths}?prefix=secret/team&limit=3&cursor=${cursor}`).expect(200)
    const all = [...first.items, ...rest.body.items] as { path: string }[]
    expect(all.map(({ path }) => path.split('/').at(-1))).toEqual(['a', 'b', 'c', 'db'])
    expect(rest.body.nextCursor).toBeNull()
    expect(JSON.stringify([first, rest.body])).not.toContain('canary')
  })

  it('takes a cursor for its own list alone', async () => {
    const { nextCursor } = (await owner.get(`${paths}?prefix=secret/team&limit=1`).expect(200)).body
    const cursor = encodeURIComponent(nextCursor)
    for (const other of [
      `${paths}?prefix=secret&cursor=${cursor}`,
      `${paths}?cursor=${cursor}`,
      `/api/secret-providers/${await browsable()}/paths?prefix=secret/team&cursor=${cursor}`,
      `${paths}?prefix=secret/team&cursor=${Buffer.from('forged').toString('base64url')}`,
    ]) {
      expect((await owner.get(other).expect(400)).body.code, other).toBe('malformed')
    }
  })

  it('marks folders', async () => {
    const { body } = await owner.get(`${paths}?prefix=secret`).expect(200)
    expect(body.items).toContainEqual({ path: expect.stringMatching(/team$/), folder: true })
    expect(body.items).toContainEqual({ path: expect.stringMatching(/app$/) })
  })

  it('shows the names of the keys of one path, and no value', async () => {
    const { body, text } = await owner.get(`${paths}?path=secret/data/team/db`).expect(200)
    expect(body).toEqual({
      items: [{ path: 'secret/data/team/db', keys: ['user', 'pass'] }],
      nextCursor: null,
    })
    expect(text).not.toContain('canary')
  })

  it('takes a prefix or a path, not both', async () => {
    const { body } = await owner.get(`${paths}?prefix=secret&path=secret/data/app`).expect(422)
    expect(body.errors).toMatchObject([{ pointer: '?path', code: 'conflict' }])
  })

  it('names what went wrong, as resolving does', async () => {
    const missing = await owner.get(`${paths}?path=secret/data/nope`).expect(422)
    expect(missing.body).toMatchObject({
      code: 'resolution_failed',
      detail: 'The store could not be browsed.',
      errors: [{ code: 'path_missing', path: 'secret/data/nope', providerId: expect.any(String) }],
    })
    const climbs = await owner.get(`${paths}?path=secret/data/../no`).expect(422)
    expect(climbs.body.errors).toMatchObject([{ code: 'path_invalid' }])
    const forbidden = await owner.get(`${paths}?path=secret/data/no`).expect(422)
    expect(forbidden.body.errors).toMatchObject([{ code: 'forbidden' }])
  })

  it('answers 503 while the store is sealed', async () => {
    const { vault } = world
    vault.put('secret/data/later', '{"k":"v"}')
    vault.answer('secret/data/later', (_, response) =>
      send(response, 503, '{"errors":["Vault is sealed"]}'),
    )
    const { body, headers } = await owner.get(`${paths}?path=secret/data/later`).expect(503)
    expect(body).toMatchObject({ code: 'provider_unavailable', errors: [{ code: 'sealed' }] })
    expect(headers['retry-after']).toMatch(/^\d+$/)
  })

  it('is recorded before the answer leaves, whether it went well or not', async () => {
    await owner.get(`${paths}?path=secret/data/team/db`).expect(200)
    await owner.get(`${paths}?path=secret/data/nope`).expect(422)
    const [good, bad] = (await auditRows()).slice(-2)
    expect(good).toMatchObject({
      outcome: 'allowed',
      principalName: 'owner',
      detail: { path: 'secret/data/team/db', shown: 1 },
    })
    expect(bad).toMatchObject({
      outcome: 'failed',
      detail: { path: 'secret/data/nope', failures: [{ code: 'path_missing' }] },
    })
  })

  it('finds nothing of another organization', async () => {
    const id = await browsable()
    const foreign = await world.api.as(world.globex.owner).get(`/api/secret-providers/${id}/paths`)
    const absent = await owner.get(`/api/secret-providers/${noSuchId}/paths`)
    expect([foreign.status, absent.status]).toEqual([404, 404])
    await world.api.as(world.acme.member).get(paths).expect(403)
  })
})
