import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshName, startWorld, vaultProvider, type World } from './world.ts'

let world: World
beforeAll(async () => void (world = await startWorld()))
afterAll(() => world.close())

const owner = () => world.api.as(world.acme.owner)

const send = (items: readonly object[], more: object = {}) =>
  owner().post('/api/secrets/import', { items, ...more })

const secretNamed = async (name: string) =>
  (
    await owner()
      .get(`/api/secrets?name=${encodeURIComponent(name)}`)
      .expect(200)
  ).body.items[0]

async function valueOf(secretId: string): Promise<string> {
  const orchestrator = world.api.as(world.acme.orchestrator)
  return (await orchestrator.post('/api/resolve/secret', { secretId }).expect(200)).body.value
}

describe('an import', () => {
  it('creates, changes and leaves alone, and says which of them for each, in order', async () => {
    const [made, same, other] = [freshName(), freshName(), freshName()]
    await owner().post('/api/secrets', { name: same, value: 'a' }).expect(201)
    await owner().post('/api/secrets', { name: other, value: 'a' }).expect(201)
    const { body } = await send([
      { name: other, value: 'b' },
      { name: same, value: 'a' },
      { name: made, value: 'YQ==', encoding: 'base64', category: 'agent_secret' },
    ]).expect(200)
    expect(body).toMatchObject({
      applied: true,
      items: [
        { name: other, outcome: 'changed' },
        { name: same, outcome: 'unchanged' },
        { name: made, outcome: 'created' },
      ],
    })
    const [changed, left, created] = body.items
    expect(await valueOf(changed.secretId)).toBe('b')
    expect(await valueOf(created.secretId)).toBe('a')
    expect(await secretNamed(other)).toMatchObject({
      id: changed.secretId,
      version: '2',
      revision: 2,
    })
    expect(await secretNamed(same)).toMatchObject({ id: left.secretId, version: '1', revision: 1 })
    expect(await secretNamed(made)).toMatchObject({ category: 'agent_secret', encoding: 'base64' })
  })

  it('changes the category and description of a secret only when they are given', async () => {
    const name = freshName()
    const before = { category: 'agent_secret', description: 'of the mill' }
    await owner()
      .post('/api/secrets', { name, value: 'a', ...before })
      .expect(201)
    await send([{ name, value: 'b' }]).expect(200)
    expect(await secretNamed(name)).toMatchObject({ ...before, version: '2' })
    const { body } = await send([{ name, value: 'b', category: 'other' }]).expect(200)
    expect(body.items).toMatchObject([{ outcome: 'changed' }])
    const after = { category: 'other', description: 'of the mill', version: '2' }
    expect(await secretNamed(name)).toMatchObject(after)
  })

  it('takes the same bytes in another encoding for a change, as an update does', async () => {
    const name = freshName()
    await send([{ name, value: 'plain' }]).expect(200)
    const base64 = Buffer.from('plain').toString('base64')
    const { body } = await send([{ name, value: base64, encoding: 'base64' }]).expect(200)
    expect(body.items).toMatchObject([{ outcome: 'changed' }])
  })

  it('counts the rotation of a value it changes anew, and of no other', async () => {
    const name = freshName()
    const created = await owner()
      .post('/api/secrets', { name, value: 'a', rotateEvery: '90d' })
      .expect(201)
    await send([{ name, value: 'a', description: 'again' }]).expect(200)
    expect(await secretNamed(name)).toMatchObject({ rotateAt: created.body.rotateAt })
    await send([{ name, value: 'b' }]).expect(200)
    const { rotatedAt, rotateAt } = await secretNamed(name)
    expect(Date.parse(rotatedAt)).toBeGreaterThan(Date.parse(created.body.rotatedAt))
    expect(Date.parse(rotateAt) - Date.parse(rotatedAt)).toBe(90 * 24 * 3600 * 1000)
  })

  it('keeps ten versions, as an update does', async () => {
    const name = freshName()
    for (let value = 1; value <= 12; value++) await send([{ name, value: `v${value}` }]).expect(200)
    const { id } = await secretNamed(name)
    const kept = await world.api.database.prisma.secretVersion.findMany({
      where: { secretId: id },
      orderBy: { number: 'asc' },
    })
    expect(kept.map(({ number }) => number)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    expect(kept.filter(({ state }) => state === 'current').map(({ number }) => number)).toEqual([
      12,
    ])
  })

  it('takes the name of a deleted secret for a new one', async () => {
    const name = freshName()
    const { id } = (await owner().post('/api/secrets', { name, value: 'a' }).expect(201)).body
    await owner().delete(`/api/secrets/${id}`).expect(204)
    const { body } = await send([{ name, value: 'b' }]).expect(200)
    expect(body.items).toMatchObject([{ outcome: 'created' }])
    expect(body.items[0].secretId).not.toBe(id)
  })
})

describe('a refused item', () => {
  it('keeps all of them from being applied: a secret that is read from a provider', async () => {
    const [remote, local] = [freshName(), freshName()]
    const { id: providerId } = (
      await owner().post('/api/secret-providers', vaultProvider(world.vault, freshName()))
    ).body
    const place = { providerId, remotePath: 'secret/data/app', remoteKey: 'password' }
    await owner()
      .post('/api/secrets', { name: remote, ...place })
      .expect(201)
    const { body } = await send([
      { name: local, value: 'a' },
      { name: remote, value: 'b' },
    ]).expect(200)
    expect(body.applied).toBe(false)
    expect(body.items).toMatchObject([
      { name: local, outcome: 'created' },
      { name: remote, outcome: 'refused', code: 'not_local' },
    ])
    expect(body.items[0]).not.toHaveProperty('secretId')
    expect(await secretNamed(local)).toBeUndefined()
  })

  it('is a name that is given twice, both times', async () => {
    const [twice, once] = [freshName(), freshName()]
    const { body } = await send([
      { name: twice, value: 'a' },
      { name: once, value: 'a' },
      { name: twice, value: 'a' },
    ]).expect(200)
    expect(body).toMatchObject({
      applied: false,
      items: [
        { outcome: 'refused', code: 'duplicate' },
        { outcome: 'created' },
        { outcome: 'refused', code: 'duplicate' },
      ],
    })
    expect(await secretNamed(twice)).toBeUndefined()
  })

  it('is 422 with its place when its own fields are wrong', async () => {
    const { errors } = (
      await send([
        { name: 'ok', value: 'a' },
        { name: 'a/b', value: '•••' },
      ]).expect(422)
    ).body
    expect(errors).toMatchObject([
      { pointer: '#/items/1/name', code: 'invalid_name' },
      { pointer: '#/items/1/value', code: 'mask' },
    ])
  })

  it('is 422 when an env made of the secret would not fit into a process, in a dry run too', async () => {
    const name = freshName()
    await send([{ name, value: 'short' }]).expect(200)
    const consumer = { kind: 'agent', id: freshName() }
    const template = `\${secret:${name}}`.repeat(3)
    await owner().post('/api/envs', { consumer, name: 'LONG', template }).expect(201)
    for (const dryRun of [true, false]) {
      const { body } = await send([{ name, value: 'x'.repeat(60_000) }], { dryRun }).expect(422)
      expect(body.errors).toMatchObject([{ pointer: '#/items/0/value', code: 'too_big' }])
    }
    expect(await secretNamed(name)).toMatchObject({ version: '1' })
  })
})

describe('a dry run', () => {
  it('says what would happen, changes nothing and leaves one audit row', async () => {
    const [made, changed] = [freshName(), freshName()]
    await send([{ name: changed, value: 'a' }]).expect(200)
    const { auditEvent } = world.api.database.prisma
    const before = await auditEvent.count()
    const items = [
      { name: made, value: 'a' },
      { name: changed, value: 'b' },
    ]
    const { body } = await send(items, { dryRun: true }).expect(200)
    expect(body).toMatchObject({
      applied: false,
      items: [{ outcome: 'created' }, { outcome: 'changed' }],
    })
    expect(body.items[0]).not.toHaveProperty('secretId')
    expect(await auditEvent.count()).toBe(before + 1)
    expect(await secretNamed(made)).toBeUndefined()
    expect(await secretNamed(changed)).toMatchObject({ version: '1', revision: 1 })
  })
})

describe('the audit log', () => {
  it('has one row for an import, with names and ids and never a value', async () => {
    const [made, changed] = [freshName(), freshName()]
    await send([{ name: changed, value: 'first-hidden' }]).expect(200)
    const items = [
      { name: made, value: 'second-hidden' },
      { name: changed, value: 'third-hidden' },
    ]
    const { body } = await send(items).expect(200)
    const rows = await world.api.database.prisma.auditEvent.findMany({
      where: { operation: 'ImportSecrets' },
      orderBy: { id: 'desc' },
    })
    expect(rows[0]).toMatchObject({
      outcome: 'allowed',
      resourceKind: 'scope',
      resourceId: world.acme.rootScopeId,
      detail: {
        created: [{ name: made, secretId: body.items[0].secretId }],
        changed: [{ name: changed, secretId: body.items[1].secretId }],
      },
    })
    expect(JSON.stringify(rows)).not.toContain('hidden')
  })
})

describe('many secrets', () => {
  it('are created and changed 500 at a time', async () => {
    const prefix = freshName()
    const items = (value: string) =>
      Array.from({ length: 500 }, (_, index) => ({ name: `${prefix}-${index}`, value }))
    const created = (await send(items('a')).expect(200)).body
    expect(created.applied).toBe(true)
    const changed = (await send(items('b')).expect(200)).body
    expect(changed.items.every(({ outcome }: { outcome: string }) => outcome === 'changed')).toBe(
      true,
    )
    expect(changed.items.map(({ secretId }: { secretId: string }) => secretId)).toEqual(
      created.items.map(({ secretId }: { secretId: string }) => secretId),
    )
    expect(await valueOf(changed.items[499].secretId)).toBe('b')
    await send([...items('c'), { name: `${prefix}-more`, value: 'c' }]).expect(422)
  })

  it('are imported side by side in any order without a deadlock', async () => {
    const names = Array.from({ length: 50 }, freshName)
    const items = (value: string) => names.map((name) => ({ name, value }))
    await send(items('0')).expect(200)
    const answers = await Promise.all(
      ['1', '2', '3', '4', '5', '6'].map((value, index) =>
        send(index % 2 === 0 ? items(value) : items(value).reverse()),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200])
    expect(
      new Set(await Promise.all(names.map(async (name) => (await secretNamed(name)).version))),
    ).toEqual(new Set(['7']))
  })

  it('are created by one of two at the same time: the other finds the names taken, or the secrets', async () => {
    const items = Array.from({ length: 50 }, () => ({ name: freshName(), value: 'a' }))
    const answers = await Promise.all([send(items), send([...items].reverse())])
    const outcomes = answers.map(
      ({ status, body }) => body.code ?? `${status} ${body.items[0].outcome}`,
    )
    expect(outcomes).toContain('200 created')
    expect(['name_taken', '200 unchanged']).toContain(
      outcomes.find((each) => each !== '200 created'),
    )
  })
})

describe('a token that is limited to a scope', () => {
  it('imports there when it names none, and nowhere outside of it', async () => {
    const { id: scopeId } = (
      await owner().post('/api/scopes', { kind: 'team', name: freshName() }).expect(201)
    ).body
    const token = { name: freshName(), role: 'owner', scopeId }
    const limited = world.api.as(
      (await owner().post('/api/api-tokens', token).expect(201)).body.token,
    )
    const items = [{ name: freshName(), value: 'a' }]
    const { body } = await limited.post('/api/secrets/import', { items }).expect(200)
    expect(await valueOf(body.items[0].secretId)).toBe('a')
    expect(await secretNamed(items[0]?.name ?? '')).toMatchObject({ scopeId })
    const outside = { items, scopeId: world.acme.rootScopeId }
    await limited.post('/api/secrets/import', outside).expect(403)
  })
})
