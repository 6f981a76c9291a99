import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller, Organization, TestApi } from '../../support/test-api.ts'
import { startTestApi } from '../../support/test-api.ts'

let api: TestApi
let acme: Organization
let owner: Caller
beforeAll(async () => {
  api = await startTestApi()
  acme = await api.organization('acme')
  owner = api.as(acme.owner)
})
afterAll(() => api.close())

let count = 0
const fresh = () => `scope-${++count}`

async function scope(kind: string, parentId?: string, name = fresh()): Promise<string> {
  return (await owner.post('/api/scopes', { kind, name, parentId }).expect(201)).body.id
}

describe('a scope', () => {
  it('lies below the root when no parent is named, and knows its path', async () => {
    const team = await owner.post('/api/scopes', { kind: 'team', name: 'payments' }).expect(201)
    expect(team.body).toMatchObject({
      kind: 'team',
      parentId: acme.rootScopeId,
      path: ['payments'],
    })
    expect(team.headers['location']).toBe(`/api/scopes/${team.body.id}`)
    const eu = await scope('workspace', team.body.id, 'eu')
    const { body } = await owner.get(`/api/scopes/${eu}`).expect(200)
    expect(body.path).toEqual(['payments', 'eu'])
    expect((await owner.get(`/api/scopes/${acme.rootScopeId}`).expect(200)).body).toMatchObject({
      kind: 'organization',
      name: 'acme',
      path: [],
    })
  })

  it('is found by its path', async () => {
    const team = await scope('team', undefined, 'by-path')
    const workspace = await scope('workspace', team, 'inner')
    const at = async (path: string) =>
      (await owner.get(`/api/scopes?path=${encodeURIComponent(path)}`).expect(200)).body.items
    expect(await at('by-path/inner')).toMatchObject([{ id: workspace }])
    expect(await at('by-path')).toMatchObject([{ id: team }])
    expect(await at('/')).toMatchObject([{ id: acme.rootScopeId }])
    expect(await at('inner')).toEqual([])
    expect(await at('by-path/nothing')).toEqual([])
    expect(await at('by-path/inner/3/4')).toEqual([])
    expect(await at('a/'.repeat(500))).toEqual([])
  })

  it('has a name of its own below its parent, and only there', async () => {
    const [one, other] = [await scope('team'), await scope('team')]
    await scope('workspace', one, 'eu')
    await scope('workspace', other, 'eu')
    const body = { kind: 'workspace', name: 'eu', parentId: one }
    expect((await owner.post('/api/scopes', body).expect(409)).body.code).toBe('name_taken')
  })

  it.each([
    ['team', 'team'],
    ['workspace', 'team'],
    ['workspace', 'workspace'],
    ['project', 'team'],
    ['project', 'project'],
  ])(
    'below a %s is no %s: the tree goes four levels deep and never in a circle',
    async (above, kind) => {
      const parentId = await scope(above)
      const { body } = await owner
        .post('/api/scopes', { kind, name: fresh(), parentId })
        .expect(422)
      expect(body.errors).toMatchObject([{ pointer: '#/kind', code: 'wrong_kind' }])
      expect(body.errors[0].detail).toMatch(/organization > team > workspace > project/)
    },
  )

  it('may leave levels out', async () => {
    const project = await scope('project')
    expect((await owner.get(`/api/scopes/${project}`)).body.parentId).toBe(acme.rootScopeId)
  })

  it('moves with all that is in it', async () => {
    const [from, to] = [await scope('team'), await scope('team', undefined, 'new-home')]
    const workspace = await scope('workspace', from, 'moving')
    const project = await scope('project', workspace, 'inside')
    const { body } = await owner.patch(`/api/scopes/${workspace}`, { parentId: to }).expect(200)
    expect(body).toMatchObject({ parentId: to, path: ['new-home', 'moving'], revision: 2 })
    expect((await owner.get(`/api/scopes/${project}`)).body.path).toEqual([
      'new-home',
      'moving',
      'inside',
    ])
  })

  it('is never moved under itself, to a narrower one, or to where its name is taken', async () => {
    const team = await scope('team')
    const workspace = await scope('workspace', team, 'taken')
    const other = await scope('team')
    const twin = await scope('workspace', other, 'taken')
    const move = (id: string, parentId: string) => owner.patch(`/api/scopes/${id}`, { parentId })
    for (const parentId of [team, workspace]) {
      const { body } = await move(team, parentId).expect(422)
      expect(body.errors).toMatchObject([{ pointer: '#/parentId', code: 'cycle' }])
    }
    const { body } = await move(other, workspace).expect(422)
    expect(body.errors).toMatchObject([{ pointer: '#/parentId', code: 'wrong_kind' }])
    expect((await move(twin, team).expect(409)).body.code).toBe('name_taken')
  })

  it('keeps the root where it is, under the name of the organization', async () => {
    const body = { name: 'other', parentId: await scope('team') }
    const refused = await owner.patch(`/api/scopes/${acme.rootScopeId}`, body).expect(422)
    expect(refused.body.errors).toMatchObject([
      { pointer: '#/name', code: 'root_scope' },
      { pointer: '#/parentId', code: 'root_scope' },
    ])
    await api.as().patch(`/api/organizations/${acme.id}`, { name: 'acme-2' }).expect(200)
    expect((await owner.get(`/api/scopes/${acme.rootScopeId}`)).body.name).toBe('acme-2')
    await owner.delete(`/api/scopes/${acme.rootScopeId}`).expect(409)
  })

  it('is not deleted while it holds anything, and says what', async () => {
    const team = await scope('team')
    const workspace = await scope('workspace', team, 'held')
    const secret = { name: 'held-secret', value: 'v', scopeId: team }
    const secretId = (await owner.post('/api/secrets', secret).expect(201)).body.id
    const token = { name: 'held-token', role: 'member', scopeId: team }
    const tokenId = (await owner.post('/api/api-tokens', token).expect(201)).body.id
    const { body } = await owner.delete(`/api/scopes/${team}`).expect(409)
    expect(body).toMatchObject({
      code: 'in_use',
      count: 3,
      references: [
        { kind: 'scope', id: workspace, name: 'held' },
        { kind: 'secret', id: secretId, name: 'held-secret' },
        { kind: 'api_token', id: tokenId, name: 'held-token' },
      ],
    })
    expect(body.detail).toMatch(/1 scope, 1 secret, 1 token/)
    await owner.delete(`/api/scopes/${workspace}`).expect(204)
    await owner.delete(`/api/secrets/${secretId}`).expect(204)
    await owner.delete(`/api/api-tokens/${tokenId}`).expect(204)
    await owner.delete(`/api/scopes/${team}`).expect(204)
    await owner.get(`/api/scopes/${team}`).expect(404)
    const again = { name: 'in-nothing', value: 'v', scopeId: team }
    const refused = await owner.post('/api/secrets', again).expect(422)
    expect(refused.body.errors).toMatchObject([{ pointer: '#/scopeId', code: 'unknown_id' }])
  })
})

describe('a secret', () => {
  it('has a name of its own in its scope, and only there', async () => {
    const [one, other] = [await scope('team'), await scope('team')]
    for (const scopeId of [one, other, undefined]) {
      await owner.post('/api/secrets', { name: 'same', value: 'v', scopeId }).expect(201)
    }
    const twice = { name: 'same', value: 'v', scopeId: one }
    expect((await owner.post('/api/secrets', twice).expect(409)).body.code).toBe('name_taken')
  })

  it('changes its scope in place, and keeps its id, value and envs', async () => {
    const [from, to] = [await scope('team'), await scope('team')]
    const body = { name: 'moves', value: 'the value', scopeId: from }
    const { id } = (await owner.post('/api/secrets', body).expect(201)).body
    const consumer = { kind: 'agent', id: 'mover' }
    await owner.post('/api/envs', { consumer, name: 'A', secretId: id }).expect(201)
    const moved = await owner.patch(`/api/secrets/${id}`, { scopeId: to }).expect(200)
    expect(moved.body).toMatchObject({ id, scopeId: to, version: '1', referenceCount: 1 })
    const resolved = await api
      .as(acme.orchestrator)
      .post('/api/resolve/workload', { consumer })
      .expect(200)
    expect(resolved.body.env).toMatchObject([{ name: 'A', value: 'the value' }])
    await owner.post('/api/secrets', { ...body, value: 'v' }).expect(201)
    const back = await owner.patch(`/api/secrets/${id}`, { scopeId: from }).expect(409)
    expect(back.body.code).toBe('name_taken')
  })
})

describe('the explanation of a scope', () => {
  it('names for each name the winner and who was passed over, page by page', async () => {
    const team = await scope('team')
    const workspace = await scope('workspace', team)
    const project = await scope('project', workspace)
    const made = async (name: string, scopeId: string): Promise<string> =>
      (await owner.post('/api/secrets', { name, value: 'hidden', scopeId }).expect(201)).body.id
    const [wide, middle, narrow, alone] = [
      await made('explained', acme.rootScopeId),
      await made('explained', team),
      await made('explained', project),
      await made('explained-too', workspace),
    ]
    const path = `/api/scopes/${project}/effective-secrets`
    const { body } = await owner.get(`${path}?name=explained`).expect(200)
    expect(body).toEqual({
      items: [
        {
          name: 'explained',
          secretId: narrow,
          scopeId: project,
          scopeKind: 'project',
          storage: 'local',
          passedOver: [
            { secretId: middle, scopeId: team, scopeKind: 'team' },
            { secretId: wide, scopeId: acme.rootScopeId, scopeKind: 'organization' },
          ],
        },
      ],
      nextCursor: null,
    })
    const all: { secretId: string }[] = []
    let cursor = ''
    do {
      const page = (await owner.get(`${path}?limit=1${cursor}`).expect(200)).body
      expect(page.items).toHaveLength(1)
      all.push(...page.items)
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`
    } while (cursor !== '')
    const whole = (await owner.get(path).expect(200)).body.items
    expect(all).toEqual(whole)
    expect(all.map(({ secretId }) => secretId)).toEqual(expect.arrayContaining([narrow, alone]))
    expect(JSON.stringify(whole)).not.toContain('hidden')
    const above = (await owner.get(`/api/scopes/${team}/effective-secrets?name=explained-too`)).body
    expect(above.items).toEqual([])
  })
})
