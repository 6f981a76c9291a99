import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller, Organization, TestApi } from '../../support/test-api.ts'
import { startTestApi } from '../../support/test-api.ts'
import { startVault, type FakeVault } from '../backends/vault/fake-vault.ts'
import { noSuchId, vaultProvider } from './world.ts'

let api: TestApi
let vault: FakeVault
let acme: Organization
let owner: Caller
beforeAll(async () => {
  vault = await startVault({ mounts: { secret: 2 } })
  api = await startTestApi()
  acme = await api.organization('acme')
  owner = api.as(acme.owner)
})
afterAll(async () => {
  await api.close()
  await vault.close()
})

async function secret(name: string, more: object = { value: `value of ${name}` }): Promise<string> {
  return (await owner.post('/api/secrets', { name, ...more }).expect(201)).body.id
}
async function env(id: string, name: string, content: object): Promise<string> {
  const body = { consumer: { kind: 'agent', id }, name, ...content }
  return (await owner.post('/api/envs', body).expect(201)).body.id
}
const resolve = (id: string) =>
  api.as(acme.orchestrator).post('/api/resolve/workload', { consumer: { kind: 'agent', id } })

describe('the references of a provider', () => {
  it('go down to the consumers, page by page, and stay to be mended when it is deleted', async () => {
    const body = vaultProvider(vault)
    const providerId = (await owner.post('/api/secret-providers', body).expect(201)).body.id
    const place = (key: string) => ({ providerId, remotePath: 'secret/x', remoteKey: key })
    const [one, two] = [await secret('one', place('a')), await secret('two', place('b'))]
    const envs = [
      await env('first', 'A', { secretId: one }),
      await env('second', 'B', { template: '${secret:one}-${secret:two}-${secret:one}' }),
    ]
    const path = `/api/secret-providers/${providerId}/references`
    const expected = [
      { kind: 'secret', id: one, name: 'one' },
      {
        kind: 'env',
        id: envs[0],
        name: 'A',
        consumer: { kind: 'agent', id: 'first' },
        secretId: one,
      },
      {
        kind: 'env',
        id: envs[1],
        name: 'B',
        consumer: { kind: 'agent', id: 'second' },
        secretId: one,
      },
      { kind: 'secret', id: two, name: 'two' },
      {
        kind: 'env',
        id: envs[1],
        name: 'B',
        consumer: { kind: 'agent', id: 'second' },
        secretId: two,
      },
    ]
    expect((await owner.get(path).expect(200)).body).toEqual({ items: expected, nextCursor: null })
    const paged: unknown[] = []
    let cursor = ''
    do {
      const page = (await owner.get(`${path}?limit=1${cursor}`).expect(200)).body
      paged.push(...page.items)
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`
    } while (cursor !== '')
    expect(paged).toEqual(expected)

    const refused = await owner.delete(`/api/secret-providers/${providerId}`).expect(409)
    expect(refused.body).toMatchObject({ code: 'in_use', count: 2 })
    await owner.delete(`/api/secret-providers/${providerId}?force=true`).expect(204)
    expect((await owner.get(path).expect(200)).body.items).toEqual(expected)
    const broken = (await owner.get('/api/secrets?broken=true').expect(200)).body.items
    expect(broken).toMatchObject([
      { id: one, broken: true },
      { id: two, broken: true },
    ])
    const affected = (await owner.get('/api/envs?broken=true').expect(200)).body.items
    expect(affected.map((each: { id: string }) => each.id)).toEqual(envs)
    const again = (await owner.post('/api/secret-providers', body).expect(201)).body.id
    await owner.patch(`/api/secrets/${one}`, { providerId: again }).expect(200)
    await owner.patch(`/api/secrets/${two}`, { providerId: again }).expect(200)
    expect((await owner.get('/api/secrets?broken=true')).body.items).toEqual([])
    expect((await owner.get('/api/envs?broken=true')).body.items).toEqual([])
  })
})

describe('replacing a secret', () => {
  it('counts and changes what it really moved, while others point envs elsewhere', async () => {
    const [from, to, third] = [
      await secret('race-a'),
      await secret('race-b'),
      await secret('race-c'),
    ]
    for (let round = 0; round < 8; round++) {
      const id = await env(`race-${round}`, 'A', { secretId: from })
      const [replaced, patched] = await Promise.all([
        owner.post(`/api/secrets/${from}/replace-references`, { secretId: to }),
        owner.patch(`/api/envs/${id}`, { secretId: third }),
      ])
      expect([replaced.status, patched.status]).toEqual([200, 200])
      const { body } = await owner.get(`/api/envs/${id}`).expect(200)
      // Whoever came second found what the first had left.
      const moved = replaced.body.count
      expect(body.secretId).toBe(third)
      expect(body.revision).toBe(2 + moved)
    }
  })

  it('points every env to another one, templates too, after a dry run that changes nothing', async () => {
    const [old, next] = [await secret('old'), await secret('next')]
    const envs = [
      await env('r1', 'A', { secretId: old }),
      await env('r2', 'A', { template: '${secret:old}+${secret:next}+${secret:old}' }),
    ]
    const path = `/api/secrets/${old}/replace-references`
    const dry = await owner.post(path, { secretId: next, dryRun: true }).expect(200)
    expect(dry.body).toMatchObject({ count: 2, dryRun: true })
    expect(dry.body.references.map(({ id }: { id: string }) => id)).toEqual(envs)
    expect((await resolve('r1')).body.env).toMatchObject([{ value: 'value of old' }])
    const done = await owner.post(path, { secretId: next }).expect(200)
    expect(done.body).toEqual({ ...dry.body, dryRun: false })
    expect((await resolve('r1')).body.env).toMatchObject([
      { secretId: next, value: 'value of next' },
    ])
    const whole = ['value of next', 'value of next', 'value of next'].join('+')
    expect((await resolve('r2')).body.env).toMatchObject([{ value: whole }])
    expect((await owner.get(`/api/envs/${envs[1]}`)).body).toMatchObject({
      template: '${secret:next}+${secret:next}+${secret:next}',
      revision: 2,
    })
    expect((await owner.post(path, { secretId: next }).expect(200)).body.count).toBe(0)
    await owner.delete(`/api/secrets/${old}`).expect(204)
  })

  it('mends what a deletion by force has broken', async () => {
    const [gone, next] = [await secret('gone'), await secret('instead')]
    const id = await env('mended', 'A', { secretId: gone })
    await owner.delete(`/api/secrets/${gone}?force=true`).expect(204)
    expect((await owner.get(`/api/envs/${id}`)).body.broken).toBe(true)
    const left = await owner.get(`/api/secrets/${gone}/references`).expect(200)
    expect(left.body.items).toMatchObject([{ id }])
    await owner.post(`/api/secrets/${gone}/replace-references`, { secretId: next }).expect(200)
    expect((await owner.get(`/api/envs/${id}`)).body).toMatchObject({
      broken: false,
      secretId: next,
    })
    expect((await resolve('mended')).body.env).toMatchObject([{ value: 'value of instead' }])
  })

  it('is refused by itself, by what is not there, and by what an env could not hold', async () => {
    const [old, binary] = [
      await secret('text-in-template'),
      await secret('bytes', { value: Buffer.from([0]).toString('base64'), encoding: 'base64' }),
    ]
    await env('refused', 'A', { template: '${secret:text-in-template}!' })
    const path = `/api/secrets/${old}/replace-references`
    for (const [secretId, code] of [
      [old, 'conflict'],
      [noSuchId, 'unknown_id'],
      [binary, 'not_text'],
    ]) {
      for (const dryRun of [true, false]) {
        const { body } = await owner.post(path, { secretId, dryRun }).expect(422)
        expect(body.errors).toMatchObject([{ pointer: '#/secretId', code }])
      }
    }
    expect((await resolve('refused')).body.env).toMatchObject([
      { value: 'value of text-in-template!' },
    ])
  })
})
