import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { processKinds } from '../../../contract/consumer-kinds.ts'
import type { Caller } from '../../support/test-api.ts'
import { startWorld, type World } from './world.ts'

let world: World
let owner: Caller
let member: Caller
let orchestrator: Caller
/** Remote, so that nobody knows of the NUL until it is read. */
let withNul: string
beforeAll(async () => {
  world = await startWorld()
  const { api, acme, vault } = world
  owner = api.as(acme.owner)
  member = api.as(acme.member)
  orchestrator = api.as(acme.orchestrator)
  vault.put('secret/data/nul', JSON.stringify({ v: 'a\0b' }))
  const remote = { providerId: acme.providerId, remotePath: 'secret/nul', remoteKey: 'v' }
  withNul = (await owner.post('/api/secrets', { name: 'nul', ...remote }).expect(201)).body.id
})
afterAll(() => world.close())

const failure = {
  env: 'A',
  secretName: 'nul',
  providerName: 'vault',
  path: 'secret/nul',
  code: 'not_text',
  detail: expect.stringMatching(/NUL.*base64.*image_pull_secret.*llm_provider/),
}

async function consumerOf(kind: string, content: object) {
  const consumer = { kind, id: JSON.stringify([kind, content]) }
  await owner.post('/api/envs', { consumer, name: 'A', ...content }).expect(201)
  return { consumer }
}

describe('a value with NUL', () => {
  it.each(processKinds)('is not cut off on its way into the process of a %s', async (kind) => {
    const of = await consumerOf(kind, { secretId: withNul })
    const { body } = await orchestrator.post('/api/resolve/workload', of).expect(422)
    expect(body.errors).toEqual([{ ...failure, secretId: withNul, providerId: expect.any(String) }])
    const checked = await member.post('/api/preflight/workload', of).expect(200)
    expect(checked.body).toMatchObject({ ok: false, items: [{ ok: false, ...failure }] })
  })

  it.each(['llm_provider', 'image_pull_secret'])('is given to an %s as it is', async (kind) => {
    const of = await consumerOf(kind, { secretId: withNul })
    const { body } = await orchestrator.post('/api/resolve/workload', of).expect(200)
    expect(body.env).toMatchObject([{ name: 'A', value: 'a\0b', encoding: 'utf8' }])
    const checked = await member.post('/api/preflight/workload', of).expect(200)
    expect(checked.body).toMatchObject({ ok: true })
  })

  it('goes into no task by its brief, whether it is kept here or by a provider', async () => {
    const local = { name: 'local nul', value: 'a\0b' }
    await owner.post('/api/secrets', local).expect(201)
    const secretRefs = [
      { name: 'nul', env: 'A' },
      { name: 'local nul', env: 'B' },
    ]
    const of = { scopeId: world.acme.rootScopeId, secretRefs }
    const failures = [failure, { env: 'B', secretName: 'local nul', code: 'not_text' }]
    const { body } = await orchestrator.post('/api/resolve/brief', of).expect(422)
    expect(body.errors).toMatchObject(failures)
    const checked = await member.post('/api/preflight/brief', of).expect(200)
    expect(checked.body).toMatchObject({ ok: false, items: failures })
  })

  it('is no part of a template, whoever it is for, since that is a text', async () => {
    const of = await consumerOf('image_pull_secret', { template: '<${secret:nul}>' })
    const { body } = await orchestrator.post('/api/resolve/workload', of).expect(422)
    expect(body.errors).toMatchObject([failure])
  })

  it('is resolved as it is for itself', async () => {
    const one = await orchestrator.post('/api/resolve/secret', { secretId: withNul }).expect(200)
    expect(one.body).toMatchObject({ value: 'a\0b', encoding: 'utf8' })
  })
})

it.each(['agent', 'image_pull_secret'])(
  'bytes that are no UTF-8 and have no NUL reach an %s in base64',
  async (kind) => {
    const bytes = { name: `bytes of ${kind}`, value: '/4A=', encoding: 'base64' }
    const { id } = (await owner.post('/api/secrets', bytes).expect(201)).body
    const { body } = await orchestrator
      .post('/api/resolve/workload', await consumerOf(kind, { secretId: id }))
      .expect(200)
    expect(body.env).toMatchObject([{ value: '/4A=', encoding: 'base64' }])
    const template = `<\${secret:bytes of ${kind}}>`
    const filled = await orchestrator
      .post('/api/resolve/workload', await consumerOf(kind, { template }))
      .expect(200)
    expect(filled.body.env).toMatchObject([{ value: 'PP+APg==', encoding: 'base64' }])
  },
)

it.each(['agent', 'image_pull_secret'])(
  'bytes with NUL that were given as bytes reach an %s in base64, whatever else they are',
  async (kind) => {
    for (const bytes of [[0, 1, 2, 3], [0, 255], Array.from({ length: 256 }, (_, byte) => byte)]) {
      const value = Buffer.from(bytes).toString('base64')
      const body = { name: `${kind} ${bytes.length}`, value, encoding: 'base64' }
      const { id } = (await owner.post('/api/secrets', body).expect(201)).body
      const of = await consumerOf(kind, { secretId: id })
      const { body: answer } = await orchestrator.post('/api/resolve/workload', of).expect(200)
      expect(answer.env).toMatchObject([{ value, encoding: 'base64' }])
      const checked = await member.post('/api/preflight/workload', of).expect(200)
      expect(checked.body).toMatchObject({ ok: true })
    }
  },
)
