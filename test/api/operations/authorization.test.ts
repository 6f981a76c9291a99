import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routes, type OperationId, type Role, type Route } from '../../../contract/routes.ts'
import { makeToken } from '../../../api/principals/token.ts'
import { ADMIN_TOKEN } from '../../support/test-api.ts'
import { requests } from './requests.ts'
import { noSuchId, startWorld, type World } from './world.ts'

/** What each of them is by its role; undefined: nobody. */
const principals = {
  'no token': undefined,
  'a malformed token': undefined,
  'an unknown token': undefined,
  'a revoked token': undefined,
  'an expired token': undefined,
  admin: 'admin',
  owner: 'owner',
  member: 'member',
  orchestrator: 'orchestrator',
  llm_proxy: 'llm_proxy',
  'an owner of another organization': 'owner',
} as const satisfies Record<string, Role | undefined>

type Who = keyof typeof principals

/** The rule of DESIGN.md, written a second time: admin includes owner includes member, and nobody a runtime role. */
const including: Record<Role, readonly string[]> = {
  admin: ['admin', 'owner', 'member', 'any'],
  owner: ['owner', 'member', 'any'],
  member: ['member', 'any'],
  orchestrator: ['orchestrator', 'any'],
  llm_proxy: ['llm_proxy', 'any'],
}

let world: World
let tokens: Readonly<Record<Who, string | undefined>>

beforeAll(async () => {
  world = await startWorld()
  const { api, acme, globex } = world
  const spare = async () => {
    const body = { organizationId: acme.id, name: 'spare', role: 'owner' }
    return (await api.as().post('/api/api-tokens', body).expect(201)).body
  }
  const revoked = await spare()
  await api.as().delete(`/api/api-tokens/${revoked.id}`).expect(204)
  const expired = await spare()
  await api.database.prisma.apiToken.update({
    where: { id: expired.id },
    data: { expiresAt: new Date('2001-01-01') },
  })
  tokens = {
    'no token': undefined,
    'a malformed token': 'agyn_x',
    'an unknown token': makeToken(),
    'a revoked token': revoked.token,
    'an expired token': expired.token,
    admin: ADMIN_TOKEN,
    owner: acme.owner,
    member: acme.member,
    orchestrator: acme.orchestrator,
    llm_proxy: acme.llmProxy,
    'an owner of another organization': globex.owner,
  }
})
afterAll(() => world.close())

const operations = Object.entries(routes) as [OperationId, Route][]

/** Status of the answer when the principal may call the operation, on things of the first organization. */
function statusFor(who: Who, id: OperationId, route: Route): number {
  const role = principals[who]
  if (role === undefined) return 401
  if (!route.roles.some((needed) => including[role].includes(needed))) return 403
  if (id === 'ResolveWorkload' && role === 'llm_proxy') return 403 // the sample is an agent's
  if (who !== 'an owner of another organization') return route.status
  if (route.path.includes(':id')) return 404
  return requests[id].namesOrganization ? 422 : route.status
}

describe.each(operations)('%s', (id, route) => {
  it.each(Object.keys(principals) as Who[])('answers as the table says to %s', async (who) => {
    const { path, body } = await requests[id].make(world)
    const caller = world.api.as(tokens[who] ?? '')
    const method = route.method.toLowerCase() as 'get' | 'post' | 'patch' | 'delete'
    const request = caller[method](path, body ?? {})
    if (who === 'no token') request.unset('Authorization')
    const response = await request
    expect(response.status, JSON.stringify(response.body)).toBe(statusFor(who, id, route))
    if (response.status === 401) {
      expect(response.headers['www-authenticate']).toBe('Bearer')
      expect(response.body.code).toBe('unauthenticated')
    }
    if (response.status === 404) {
      const missing = path.replace(/[0-9a-f-]{36}/, noSuchId)
      const absent = await caller[method](missing, body ?? {})
      const { requestId: _, ...shown } = response.body
      expect(absent.status).toBe(404)
      expect(absent.body).toMatchObject(shown)
    }
  })
})

describe('a runtime token', () => {
  it.each(['orchestrator', 'llm_proxy'])('%s is made by an admin alone', async (role) => {
    const { api, acme } = world
    const refused = await api.as(acme.owner).post('/api/api-tokens', { name: 'x', role })
    expect(refused.status).toBe(403)
    expect(refused.body.detail).toMatch(/Only an admin/)
    await api.as().post('/api/api-tokens', { organizationId: acme.id, name: 'x', role }).expect(201)
  })

  it('llm_proxy reaches what an LLM provider refers to, and nothing else', async () => {
    const { api, acme } = world
    const owner = api.as(acme.owner)
    const secret = async (name: string) =>
      (await owner.post('/api/secrets', { name, value: name }).expect(201)).body.id as string
    const [forModel, forAgent, forNobody] = [
      await secret('of-a-model'),
      await secret('of-an-agent'),
      await secret('of-nobody'),
    ]
    const env = (kind: string, secretId: string) => ({
      consumer: { kind, id: 'openai' },
      name: 'KEY',
      secretId,
    })
    await owner.post('/api/envs', env('agent', forAgent)).expect(201)
    const ofModel = await owner.post('/api/envs', env('llm_provider', forModel)).expect(201)

    const resolve = (secretId: string) =>
      api.as(acme.llmProxy).post('/api/resolve/secret', { secretId })
    expect((await resolve(forModel).expect(200)).body.value).toBe('of-a-model')
    const missing = (await resolve(noSuchId).expect(422)).body
    expect(missing.errors).toMatchObject([{ code: 'secret_missing', secretId: noSuchId }])
    for (const secretId of [forAgent, forNobody, world.globex.secretId]) {
      const { body } = await resolve(secretId).expect(422)
      const { requestId: _, ...shown } = missing
      expect(body).toMatchObject({ ...shown, errors: [{ ...missing.errors[0], secretId }] })
    }
    await owner.delete(`/api/envs/${ofModel.body.id}`).expect(204)
    await resolve(forModel).expect(422)
  })

  it('llm_proxy resolves the workload of an LLM provider, and of nobody else', async () => {
    const { api, acme } = world
    const consumer = { kind: 'llm_provider', id: 'anthropic' }
    const body = { consumer, name: 'KEY', secretId: acme.secretId }
    const { id } = (await api.as(acme.owner).post('/api/envs', body).expect(201)).body
    const resolve = (of: object) =>
      api.as(acme.llmProxy).post('/api/resolve/workload', { consumer: of })
    expect((await resolve(consumer).expect(200)).body.env).toMatchObject([{ name: 'KEY' }])
    const refused = await resolve({ kind: 'agent', id: 'billing' }).expect(403)
    expect(refused.body.detail).toMatch(/llm_provider only/)
    await api.as(acme.owner).delete(`/api/envs/${id}`).expect(204)
  })

  it('records who was refused, with the reason', async () => {
    const { api, acme } = world
    await api.as(acme.member).post('/api/resolve/secret', { secretId: acme.secretId }).expect(403)
    const row = await api.database.prisma.auditEvent.findFirst({
      where: { operation: 'ResolveSecret', outcome: 'denied', principalName: 'member' },
    })
    expect(row).toMatchObject({ organizationId: acme.id, detail: { reason: 'role' } })
    await api.as(tokens['a revoked token']).get('/api/whoami').expect(401)
    const revoked = await api.database.prisma.auditEvent.findFirst({
      where: { operation: 'WhoAmI', outcome: 'denied', principalName: 'spare' },
    })
    expect(revoked).toMatchObject({ detail: { reason: 'token_no_longer_valid' } })
  })
})
