import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller, Organization, TestApi } from '../../support/test-api.ts'
import { startTestApi } from '../../support/test-api.ts'
import { startVault, type FakeVault } from '../backends/vault/fake-vault.ts'
import { vaultProvider } from './world.ts'

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

let count = 0
const consumer = () => ({ kind: 'agent', id: `agent-${++count}` })
async function secret(body: object): Promise<string> {
  return (await owner.post('/api/secrets', body).expect(201)).body.id
}
const resolve = (of: object) =>
  api.as(acme.orchestrator).post('/api/resolve/workload', { consumer: of })

describe('an env that is a template', () => {
  it('is filled with the values of its secrets, of any scope and any store', async () => {
    const scope = { kind: 'team', name: 'templates' }
    const scopeId = (await owner.post('/api/scopes', scope).expect(201)).body.id
    const providerId = (await owner.post('/api/secret-providers', vaultProvider(vault)).expect(201))
      .body.id
    vault.put('secret/data/t', '{"pass":"p@ss$w:rd"}')
    const user = await secret({ name: 'db-user', value: 'app' })
    const password = await secret({
      ...{ name: 'db-password', scopeId, providerId },
      ...{ remotePath: 'secret/t', remoteKey: 'pass' },
    })
    const of = consumer()
    const template =
      'postgres://${secret:db-user}:${secret:templates/db-password}@db/${secret:db-user}?a=$$${secret:db-user}'
    const made = await owner.post('/api/envs', { consumer: of, name: 'URL', template }).expect(201)
    expect(made.body).toMatchObject({ template, secretIds: [user, password, user, user] })
    expect(made.body.value).toBeUndefined()
    expect((await resolve(of).expect(200)).body.env).toEqual([
      { name: 'URL', value: 'postgres://app:p@ss$w:rd@db/app?a=$app', encoding: 'utf8' },
    ])
    const references = (await owner.get(`/api/secrets/${user}/references`).expect(200)).body.items
    expect(references).toMatchObject([{ kind: 'env', name: 'URL', consumer: of }])
    expect((await owner.get(`/api/secrets/${user}`)).body.referenceCount).toBe(1)
    const listed = await owner.get(`/api/envs?secretId=${password}`).expect(200)
    expect(listed.body.items).toMatchObject([{ id: made.body.id }])
  })

  it('follows its secrets when they are renamed, and is shown with the new names', async () => {
    const id = await secret({ name: 'before', value: 'v' })
    const of = consumer()
    const body = { consumer: of, name: 'A', template: '<${secret:before}>$$' }
    const env = (await owner.post('/api/envs', body).expect(201)).body.id
    await owner.patch(`/api/secrets/${id}`, { name: 'af}ter' }).expect(200)
    const shown = (await owner.get(`/api/envs/${env}`).expect(200)).body.template
    expect(shown).toBe('<${secret:af%7Dter}>$$')
    expect((await resolve(of).expect(200)).body.env).toMatchObject([{ value: '<v>$' }])
    const same = await owner.patch(`/api/envs/${env}`, { template: shown }).expect(200)
    expect(same.body.secretIds).toEqual([id])
  })

  it('changes to a value or a secret and back', async () => {
    const id = await secret({ name: 'there-and-back', value: 'v' })
    const of = consumer()
    const template = '<${secret:there-and-back}>'
    const env = (await owner.post('/api/envs', { consumer: of, name: 'A', value: 'plain' })).body.id
    const steps = [
      [{ template }, '<v>', { template, secretIds: [id] }],
      [{ secretId: id }, 'v', { secretId: id }],
      [{ template }, '<v>', { template }],
      [{ value: 'x', template: null }, 'x', { value: 'x' }],
    ] as const
    for (const [patch, value, shown] of steps) {
      const { body } = await owner.patch(`/api/envs/${env}`, patch).expect(200)
      expect(body).toMatchObject(shown)
      const content = ['value', 'secretId', 'template'].filter((key) => key in body)
      expect(content).toEqual([Object.keys(shown)[0]])
      expect((await resolve(of).expect(200)).body.env).toMatchObject([{ value }])
    }
    const nothing = await owner.patch(`/api/envs/${env}`, { value: null }).expect(422)
    expect(nothing.body.errors).toMatchObject([{ code: 'required' }])
  })

  it.each([
    [{ template: 'a${secret:x' }, 'invalid_template'],
    [{ template: '${HOME}' }, 'invalid_template'],
    [{ template: 'a\0${secret:x}' }, undefined],
    [{ template: '${secret:x}', value: 'y' }, 'conflict'],
    [{ template: '${secret:no-such-secret}' }, 'unknown_secret'],
    [{ template: '${secret:no/such/scope}' }, 'unknown_secret'],
    [{ template: `\${secret:${'a/'.repeat(100)}x}` }, 'invalid_template'],
    [{ template: '${secret:%00}' }, 'invalid_template'],
    [{ template: '${secret:no%2Fsuch}' }, 'invalid_template'],
    [{ template: '${secret:x}'.repeat(101) }, 'invalid_template'],
  ])('is refused when it is %j', async (content, code) => {
    const of = consumer()
    const { body } = await owner
      .post('/api/envs', { consumer: of, name: 'A', ...content })
      .expect(422)
    if (code !== undefined) expect(body.errors).toMatchObject([{ code }])
    expect((await owner.get(`/api/envs?consumerId=${of.id}`)).body.items).toEqual([])
  })

  it.each([
    ['$${secret:db-user}', '${secret:db-user}'],
    ['$$', '$'],
    ['a$b}', 'a$b}'],
    ['', ''],
  ])('%j is the text %j, without any secret', async (template, value) => {
    const of = consumer()
    const made = await owner.post('/api/envs', { consumer: of, name: 'A', template }).expect(201)
    expect(made.body).toMatchObject({ template, secretIds: [], broken: false })
    expect((await resolve(of).expect(200)).body.env).toEqual([
      { name: 'A', value, encoding: 'utf8' },
    ])
  })

  it('names all the secrets that are unknown, at once', async () => {
    const body = { consumer: consumer(), name: 'A', template: '${secret:no1}${secret:no2}' }
    const refused = await owner.post('/api/envs', body).expect(422)
    expect(refused.body.errors).toHaveLength(2)
  })

  it('is refused when Linux would not take it, and so is the value that would make it so', async () => {
    const half = 'x'.repeat(64 * 1024 - 10)
    const id = await secret({ name: 'half', value: half })
    const small = await secret({ name: 'small', value: 's' })
    const of = consumer()
    const twice = { consumer: of, name: 'BIG', template: '${secret:half}${secret:half}' }
    await owner
      .post('/api/envs', { ...twice, template: `${twice.template}${'y'.repeat(16)}` })
      .expect(422)
    // BIG= and the NUL at the end are 5 bytes, so 15 are left.
    const fits = { ...twice, template: `${twice.template}${'y'.repeat(15)}` }
    const made = await owner.post('/api/envs', fits)
    expect(made.status).toBe(201)
    const { body } = await resolve(of).expect(200)
    expect(body.env[0].value.length + 'BIG='.length + 1).toBe(128 * 1024)
    const refused = await owner.patch(`/api/secrets/${id}`, { value: `${half}z` }).expect(422)
    expect(refused.body.errors).toMatchObject([{ pointer: '#/value', code: 'too_big' }])
    expect(refused.body.errors[0].detail).toContain('The env BIG of agent')
    const other = { secretId: small }
    await owner.patch(`/api/envs/${made.body.id}`, other).expect(200)
    await owner.patch(`/api/secrets/${id}`, { value: `${half}z` }).expect(200)
  })

  it('is text: binary is refused on write, and when a provider holds it', async () => {
    const binary = Buffer.from([1, 0, 2]).toString('base64')
    await secret({ name: 'binary', value: binary, encoding: 'base64' })
    const body = { consumer: consumer(), name: 'A', template: '${secret:binary}' }
    const refused = await owner.post('/api/envs', body).expect(422)
    expect(refused.body.errors).toMatchObject([{ pointer: '#/template', code: 'not_text' }])
    const text = await secret({ name: 'text', value: 'text' })
    const env = { consumer: consumer(), name: 'A', template: '${secret:text}' }
    await owner.post('/api/envs', env).expect(201)
    const patch = { value: binary, encoding: 'base64' }
    const changed = await owner.patch(`/api/secrets/${text}`, patch).expect(422)
    expect(changed.body.errors).toMatchObject([{ pointer: '#/value', code: 'not_text' }])
    vault.put('secret/data/nul', JSON.stringify({ v: 'a\0b' }))
    const providerId = (await owner.get('/api/secret-providers')).body.items[0].id
    await secret({ name: 'remote-nul', providerId, remotePath: 'secret/nul', remoteKey: 'v' })
    const of = consumer()
    await owner
      .post('/api/envs', { consumer: of, name: 'A', template: '${secret:remote-nul}' })
      .expect(201)
    const failed = await resolve(of).expect(422)
    expect(failed.body.errors).toMatchObject([{ env: 'A', code: 'not_text' }])
    const member = api.as(acme.member)
    const checked = await member.post('/api/preflight/workload', { consumer: of }).expect(200)
    expect(checked.body).toMatchObject({
      ok: false,
      items: [{ env: 'A', ok: false, code: 'not_text' }],
    })
  })

  it('is broken while one of its secrets is deleted, and names it when it is resolved', async () => {
    const gone = await secret({ name: 'to-go', value: 'v' })
    const of = consumer()
    const body = { consumer: of, name: 'A', template: '${secret:to-go}/${secret:small}' }
    const env = (await owner.post('/api/envs', body).expect(201)).body.id
    await owner.delete(`/api/secrets/${gone}`).expect(409)
    await owner.delete(`/api/secrets/${gone}?force=true`).expect(204)
    expect((await owner.get(`/api/envs/${env}`)).body).toMatchObject({ broken: true, ...body })
    expect((await owner.get('/api/envs?broken=true')).body.items).toMatchObject([{ id: env }])
    const failed = await resolve(of).expect(422)
    expect(failed.body.errors).toMatchObject([{ env: 'A', secretId: gone, code: 'secret_deleted' }])
  })
})

describe('each kind of consumer', () => {
  it.each(['agent', 'mcp_server', 'hook', 'llm_provider', 'image_pull_secret'])(
    '%s gets its own envs',
    async (kind) => {
      const of = { kind, id: 'the same id' }
      await owner.post('/api/envs', { consumer: of, name: 'KIND', value: kind }).expect(201)
      expect((await resolve(of).expect(200)).body.env).toMatchObject([{ value: kind }])
    },
  )
})
