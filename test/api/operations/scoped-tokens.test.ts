import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routes, type OperationId, type Route } from '../../../contract/routes.ts'
import type { Caller } from '../../support/test-api.ts'
import { requests } from './requests.ts'
import { startWorld, type World } from './world.ts'

/** A tree with one secret in each scope, and tokens that are limited to its team. */
let world: World
let ids: Record<'team' | 'workspace' | 'sibling', string>
let secrets: Record<'root' | 'team' | 'workspace' | 'sibling', string>
let owner: Caller
let member: Caller
let orchestrator: Caller
let everywhere: Caller

beforeAll(async () => {
  world = await startWorld()
  const { api, acme } = world
  everywhere = api.as(acme.owner)
  const made = async (path: string, body: object): Promise<string> =>
    (await everywhere.post(path, body).expect(201)).body.id
  const team = await made('/api/scopes', { kind: 'team', name: 'limited' })
  ids = {
    team,
    workspace: await made('/api/scopes', { kind: 'workspace', name: 'w', parentId: team }),
    sibling: await made('/api/scopes', { kind: 'team', name: 'sibling' }),
  }
  const secretIn = (name: string, scopeId?: string) =>
    made('/api/secrets', { name, value: `value of ${name}`, scopeId })
  secrets = {
    root: await secretIn('of-root'),
    team: await secretIn('of-team', ids.team),
    workspace: await secretIn('of-workspace', ids.workspace),
    sibling: await secretIn('of-sibling', ids.sibling),
  }
  const limited = async (role: string): Promise<Caller> => {
    const body = { organizationId: acme.id, name: `limited ${role}`, role, scopeId: team }
    return api.as((await api.as().post('/api/api-tokens', body).expect(201)).body.token)
  }
  owner = await limited('owner')
  member = await limited('member')
  orchestrator = await limited('orchestrator')
})
afterAll(() => world.close())

const wide = (Object.entries(routes) as [OperationId, Route][]).filter(([, { scoped }]) => !scoped)

describe('a token that is limited to a scope', () => {
  it.each(wide)('may not call %s, which concerns the whole organization', async (id, route) => {
    const { path, body } = await requests[id].make(world)
    const method = route.method.toLowerCase() as 'get' | 'post' | 'patch' | 'delete'
    const caller = route.roles.includes('orchestrator') ? orchestrator : owner
    const answer = await caller[method](path, body ?? {})
    expect(answer.status).toBe(403)
  })

  it('knows its limit', async () => {
    expect((await owner.get('/api/whoami')).body).toMatchObject({
      role: 'owner',
      scopeId: ids.team,
    })
  })

  it('sees its scope, those below and those above, and no other', async () => {
    const { body } = await member.get('/api/scopes').expect(200)
    const seen = body.items.map((item: { id: string }) => item.id)
    expect(seen.sort()).toEqual([world.acme.rootScopeId, ids.team, ids.workspace].sort())
    await member.get(`/api/scopes/${ids.sibling}`).expect(404)
    await member.get(`/api/scopes/${ids.sibling}/effective-secrets`).expect(404)
    await member.get(`/api/scopes/${world.acme.rootScopeId}`).expect(200)
  })

  it('sees the secrets there, and none of a sibling, in lists and one by one', async () => {
    const { body } = await member.get('/api/secrets?limit=200').expect(200)
    const seen: string[] = body.items.map((item: { id: string }) => item.id)
    expect(seen).toEqual(expect.arrayContaining([secrets.root, secrets.team, secrets.workspace]))
    expect(seen).not.toContain(secrets.sibling)
    await member.get(`/api/secrets/${secrets.root}`).expect(200)
    await member.get(`/api/secrets/${secrets.sibling}`).expect(404)
    await member.get(`/api/secrets/${secrets.sibling}/references`).expect(404)
    await member.get(`/api/secrets/${secrets.sibling}/versions`).expect(404)
    await member.get(`/api/secrets/${secrets.sibling}/deliveries`).expect(404)
  })

  it('changes what lies in its scope and below', async () => {
    const made = await owner.post('/api/secrets', { name: 'mine', value: 'v' }).expect(201)
    expect(made.body.scopeId).toBe(ids.team)
    const below = { name: 'mine', value: 'v', scopeId: ids.workspace }
    await owner.post('/api/secrets', below).expect(201)
    await owner.patch(`/api/secrets/${made.body.id}`, { value: 'w' }).expect(200)
    await owner.delete(`/api/secrets/${made.body.id}`).expect(204)
    const scope = { kind: 'workspace', name: 'made-below' }
    const workspace = await owner.post('/api/scopes', scope).expect(201)
    expect(workspace.body.parentId).toBe(ids.team)
    await owner.delete(`/api/scopes/${workspace.body.id}`).expect(204)
  })

  it('is refused what lies above, though it sees it', async () => {
    const root = world.acme.rootScopeId
    const answers = [
      await owner.patch(`/api/secrets/${secrets.root}`, { value: 'mine now' }),
      await owner.delete(`/api/secrets/${secrets.root}?force=true`),
      await owner.post('/api/secrets', { name: 'up', value: 'v', scopeId: root }),
      await owner.post('/api/scopes', { kind: 'team', name: 'up', parentId: root }),
      await owner
        .patch(`/api/scopes/${ids.team}`, { parentId: root, name: 'x' })
        .then((it) => (it.status === 200 ? owner.patch(`/api/scopes/${root}`, { name: 'x' }) : it)),
      await owner.patch(`/api/secrets/${secrets.team}`, { scopeId: root }),
      await owner.post('/api/api-tokens', { name: 'up', role: 'owner', scopeId: root }),
    ]
    for (const { status, body } of answers) {
      expect(status, JSON.stringify(body)).toBe(403)
      expect(body.detail).toMatch(/limited to a scope/)
    }
  })

  it('is told nothing of what lies beside it', async () => {
    await owner.patch(`/api/secrets/${secrets.sibling}`, { value: 'x' }).expect(404)
    await owner.delete(`/api/secrets/${secrets.sibling}`).expect(404)
    await owner.delete(`/api/scopes/${ids.sibling}`).expect(404)
    const beside = { name: 'x', value: 'v', scopeId: ids.sibling }
    const refused = await owner.post('/api/secrets', beside).expect(422)
    expect(refused.body.errors).toMatchObject([{ pointer: '#/scopeId', code: 'unknown_id' }])
  })

  it('makes and sees tokens of its own scope and below, never wider ones', async () => {
    const made = await owner.post('/api/api-tokens', { name: 'child', role: 'owner' }).expect(201)
    expect(made.body.scopeId).toBe(ids.team)
    const { body } = await owner.get('/api/api-tokens').expect(200)
    for (const { scopeId } of body.items) expect([ids.team, ids.workspace]).toContain(scopeId)
    await owner.delete(`/api/api-tokens/${world.acme.tokenId}`).expect(404)
    await owner.delete(`/api/api-tokens/${made.body.id}`).expect(204)
  })

  it('resolves briefs of its scope and below, with what applies there from above', async () => {
    const refs = ['of-root', 'of-team']
    const brief = (scopeId: string) => ({ scopeId, secretRefs: refs })
    const path = '/api/resolve/brief'
    const { body } = await orchestrator.post(path, brief(ids.workspace)).expect(200)
    expect(body.env).toMatchObject([
      { name: 'OF_ROOT', value: 'value of of-root' },
      { name: 'OF_TEAM', value: 'value of of-team' },
    ])
  })

  it('resolves no brief of a scope above, which it sees, nor beside, of which it is told nothing', async () => {
    const root = world.acme.rootScopeId
    const paths = [
      [orchestrator, '/api/resolve/brief', 'ResolveBrief'],
      [member, '/api/preflight/brief', 'PreflightBrief'],
    ] as const
    for (const [caller, path, operation] of paths) {
      const above = await caller.post(path, { scopeId: root }).expect(403)
      expect(above.body).toMatchObject({
        code: 'forbidden',
        detail: expect.stringMatching(/limited to a scope, and this lies outside of it/),
      })
      const beside = await caller.post(path, { scopeId: ids.sibling }).expect(422)
      expect(beside.body.errors).toMatchObject([{ pointer: '#/scopeId', code: 'unknown_id' }])
      const rows = await world.api.database.prisma.auditEvent.findMany({
        where: { operation, outcome: { not: 'allowed' }, principalName: { startsWith: 'limited' } },
        orderBy: { id: 'asc' },
      })
      expect(rows).toMatchObject([
        { outcome: 'denied' },
        { outcome: 'failed', resourceId: ids.sibling, detail: { failures: [{ code: 'invalid' }] } },
      ])
    }
  })

  it('resolves single secrets of its scope and below, and no others', async () => {
    const resolve = (secretId: string) => orchestrator.post('/api/resolve/secret', { secretId })
    await resolve(secrets.team).expect(200)
    await resolve(secrets.workspace).expect(200)
    for (const secretId of [secrets.root, secrets.sibling, world.globex.secretId]) {
      const { body } = await resolve(secretId).expect(422)
      expect(body.errors).toMatchObject([{ code: 'secret_missing', secretId }])
    }
  })

  it('follows its scope when that moves', async () => {
    const parentId = ids.team
    const body = { kind: 'project', name: 'wanders', parentId }
    const project = (await everywhere.post('/api/scopes', body).expect(201)).body.id
    const token = { name: 'in project', role: 'member', scopeId: project }
    const made = await everywhere.post('/api/api-tokens', token).expect(201)
    const inside = world.api.as(made.body.token)
    await inside.get(`/api/secrets/${secrets.team}`).expect(200)
    await everywhere.patch(`/api/scopes/${project}`, { parentId: ids.sibling }).expect(200)
    await inside.get(`/api/secrets/${secrets.team}`).expect(404)
    await inside.get(`/api/secrets/${secrets.sibling}`).expect(200)
  })
})
