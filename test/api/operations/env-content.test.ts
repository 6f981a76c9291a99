import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routes, type OperationId, type Route } from '../../../contract/routes.ts'
import type { Caller } from '../../support/test-api.ts'
import { requests } from './requests.ts'
import { freshName, startWorld, type World } from './world.ts'

let world: World
let owner: Caller
beforeAll(async () => {
  world = await startWorld()
  owner = world.api.as(world.acme.owner)
})
afterAll(() => world.close())

const made = async (path: string, body: object): Promise<string> =>
  (await owner.post(path, body).expect(201)).body.id
const secret = (name: string, value: string, more: object = {}) =>
  made('/api/secrets', { name, value, ...more })
const env = (consumer: object, content: object) =>
  owner.post('/api/envs', { consumer, name: 'A', ...content })
const agent = () => ({ kind: 'agent', id: freshName() })
const valueOf = async (consumer: object): Promise<string> => {
  const caller = world.api.as(world.acme.orchestrator)
  return (await caller.post('/api/resolve/workload', { consumer }).expect(200)).body.env[0].value
}

describe('a template', () => {
  it('that is sent again after a rename means what its names mean now', async () => {
    const [before, after] = [freshName(), freshName()]
    const old = await secret(before, 'old')
    const consumer = agent()
    const template = `<\${secret:${before}}>`
    const id = (await env(consumer, { template }).expect(201)).body.id
    await owner.patch(`/api/secrets/${old}`, { name: after }).expect(200)
    const unknown = await owner.patch(`/api/envs/${id}`, { template }).expect(422)
    expect(unknown.body.errors).toMatchObject([{ pointer: '#/template', code: 'unknown_secret' }])
    await secret(before, 'new')
    const changed = await owner.patch(`/api/envs/${id}`, { template }).expect(200)
    expect(changed.body.template).toBe(template)
    expect(await valueOf(consumer)).toBe('<new>')
  })

  it('may be sent as it is shown while its secret is deleted, and then means the next of that name', async () => {
    const name = freshName()
    const gone = await secret(name, 'gone')
    const consumer = agent()
    const template = `<\${secret:${name}}>`
    const id = (await env(consumer, { template }).expect(201)).body.id
    await owner.delete(`/api/secrets/${gone}?force=true`).expect(204)
    const kept = await owner.patch(`/api/envs/${id}`, { template, name: 'B' }).expect(200)
    expect(kept.body).toMatchObject({ template, broken: true, secretIds: [gone] })
    const next = await secret(name, 'next')
    const mended = await owner.patch(`/api/envs/${id}`, { template }).expect(200)
    expect(mended.body).toMatchObject({ template, broken: false, secretIds: [next] })
    expect(await valueOf(consumer)).toBe('<next>')
  })

  it('fills a hundred places, out of one scope', async () => {
    const team = await made('/api/scopes', { kind: 'team', name: 'many' })
    const names = Array.from({ length: 50 }, () => freshName())
    for (const name of names) await secret(name, 'x', { scopeId: team })
    const places = names.map((name) => `\${secret:many/${name}}`).join('')
    const consumer = agent()
    await env(consumer, { template: places + places }).expect(201)
    expect(await valueOf(consumer)).toBe('x'.repeat(100))
  })

  it('never becomes too long by two values that grow at once', async () => {
    for (let round = 0; round < 4; round++) {
      const [one, two] = [freshName(), freshName()]
      const ids = [await secret(one, 's'), await secret(two, 's')]
      await env(agent(), {
        template: `\${secret:${one}}\${secret:${one}}\${secret:${two}}`,
      }).expect(201)
      const grown = 'x'.repeat(50_000)
      const answers = await Promise.all(
        ids.map((id) => owner.patch(`/api/secrets/${id}`, { value: grown })),
      )
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 422])
    }
  })
})

describe('a refusal', () => {
  it('of a template names the scope or the secret that is not there, and where one of the name is', async () => {
    const scopeId = await made('/api/scopes', { kind: 'team', name: 'elsewhere' })
    const name = freshName()
    await secret(name, 'v', { scopeId })
    const template = `\${secret:${name}}\${secret:nowhere/x}`
    const { body } = await env(agent(), { template }).expect(422)
    expect(body.errors.map(({ detail }: { detail: string }) => detail)).toEqual([
      `There is no secret \`${name}\` in the root scope. There is \${secret:elsewhere/${name}}.`,
      'There is no scope `nowhere`. A path begins below the organization.',
    ])
  })

  it('to delete a secret names the consumers of its envs', async () => {
    const consumer = agent()
    const id = await secret(freshName(), 'v')
    await env(consumer, { secretId: id }).expect(201)
    const { body } = await owner.delete(`/api/secrets/${id}`).expect(409)
    expect(body.references).toMatchObject([{ kind: 'env', name: 'A', consumer }])
  })

  it('tells a deleted secret from a living one, and both from none', async () => {
    const id = await secret(freshName(), 'v')
    const said = async (path: string) => {
      const { body } = await owner.post(`/api/secrets/${id}/${path}`).expect(404)
      return body.detail
    }
    expect(await said('restore')).toMatch(/is not deleted/)
    expect(await said('purge')).toMatch(/is not deleted/)
    expect(await said('versions/9/restore')).toMatch(/is not kept/)
    await owner.delete(`/api/secrets/${id}`).expect(204)
    const read = await owner.get(`/api/secrets/${id}`).expect(404)
    expect(read.body.detail).toMatch(/was deleted/)
    await owner.post(`/api/secrets/${id}/purge`).expect(204)
    const named = await owner.get('/api/secrets/by-its-name').expect(404)
    expect(named.body.detail).toMatch(/takes the id/)
  })
})

describe('a value with NUL', () => {
  it.each(['agent', 'mcp_server', 'hook'])('is no variable of a process: %s', async (kind) => {
    const name = freshName()
    const id = await secret(name, 'a\0b')
    const refused = await env({ kind, id: freshName() }, { secretId: id }).expect(422)
    expect(refused.body.errors).toMatchObject([{ pointer: '#/secretId', code: 'not_text' }])
    const text = await secret(freshName(), 'text')
    await env({ kind, id: freshName() }, { secretId: text }).expect(201)
    const changed = await owner.patch(`/api/secrets/${text}`, { value: 'a\0b' }).expect(422)
    expect(changed.body.errors).toMatchObject([{ pointer: '#/value', code: 'not_text' }])
    const path = `/api/secrets/${text}/replace-references`
    const replaced = await owner.post(path, { secretId: id, dryRun: true }).expect(422)
    expect(replaced.body.errors).toMatchObject([{ pointer: '#/secretId', code: 'not_text' }])
  })

  it.each(['llm_provider', 'image_pull_secret'])(
    'goes to whom it is handed as bytes: %s',
    async (kind) => {
      const consumer = { kind, id: freshName() }
      await env(consumer, { secretId: await secret(freshName(), 'a\0b') }).expect(201)
      expect(await valueOf(consumer)).toBe('a\0b')
    },
  )
})

describe('the audit log', () => {
  it('tells which secrets went into an env, where a secret was made, and what limits a token', async () => {
    const name = freshName()
    const id = await secret(name, 'v')
    const made = await env(agent(), { template: `\${secret:${name}}` }).expect(201)
    const scopeId = world.acme.scopeId
    const token = { name: freshName(), role: 'member', scopeId }
    const tokenId = (await owner.post('/api/api-tokens', token).expect(201)).body.id
    const detail = async (resourceId: string) =>
      (
        await world.api.database.prisma.auditEvent.findFirst({
          where: { resourceId, operation: { startsWith: 'Create' } },
        })
      )?.detail
    expect(await detail(made.body.id)).toMatchObject({ secretIds: [id] })
    expect(await detail(id)).toMatchObject({ scopeId: world.acme.rootScopeId })
    expect(await detail(tokenId)).toMatchObject({ scopeId })
  })
})

const changing = (Object.entries(routes) as [OperationId, Route][]).filter(
  ([, { method, path }]) => method !== 'GET' && path.includes('/:id'),
)

describe.each(changing)('%s', (id, route) => {
  it('declares that it heeds If-Match, when it does', async () => {
    const { path, body } = await requests[id].make(world)
    const caller = route.roles.includes('orchestrator')
      ? world.api.as(world.acme.orchestrator)
      : world.api.as()
    const method = route.method.toLowerCase() as 'post' | 'patch' | 'delete'
    const { status } = await caller[method](path, body).set('If-Match', '"r999"')
    expect(status === 412).toBe(route.problems.includes('precondition_failed'))
  })
})

it('a remote secret keeps its time of rotation when it stays where it was', async () => {
  const { acme } = world
  const place = { providerId: acme.providerId, remotePath: 'secret/app', remoteKey: 'password' }
  const body = { name: freshName(), ...place, rotateEvery: '30d' }
  const { body: before } = await owner.post('/api/secrets', body).expect(201)
  const { body: same } = await owner
    .patch(`/api/secrets/${before.id}`, { ...place, description: 'the same place' })
    .expect(200)
  expect(same.rotatedAt).toBe(before.rotatedAt)
  const moved = await owner.patch(`/api/secrets/${before.id}`, { remoteVersion: '1' }).expect(200)
  expect(Date.parse(moved.body.rotatedAt)).toBeGreaterThan(Date.parse(before.rotatedAt))
})
