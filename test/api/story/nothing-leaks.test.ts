import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Test } from 'supertest'
import { describeError } from '../../../api/http/describe-error.ts'
import { startWorld, type World } from '../operations/world.ts'
import { rightToken, send } from '../backends/vault/fake-vault.ts'

const value = 'canary "value" <é> +/=?'
const token = 'hvs.canary+token/of=a%provider'
const canaries = [value, token, rightToken]

/** The ways a text may be written somewhere. */
const spellings = (text: string): string[] => {
  const bytes = Buffer.from(text)
  return [
    text,
    JSON.stringify(text).slice(1, -1),
    JSON.stringify(JSON.stringify(text)).slice(3, -3),
    bytes.toString('base64').replace(/=+$/, '').slice(0, -1),
    bytes.toString('base64url').slice(0, -1),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    encodeURIComponent(text),
    encodeURI(text),
    [...bytes].join(','),
    text.slice(0, 14),
  ]
}

function findIn(sink: string): string[] {
  return canaries.flatMap((text) => spellings(text)).filter((text) => sink.includes(text))
}

let world: World
const answers: string[] = []
beforeAll(async () => void (world = await startWorld()))
afterAll(() => world.close())

describe('a canary', () => {
  it('is found in every spelling, so that a clean sink means something', () => {
    for (const text of canaries) {
      for (const spelling of spellings(text)) {
        expect(findIn(`before ${spelling} after`).length).toBeGreaterThan(0)
      }
    }
  })

  it('is in no answer, no line of the log and no audit row, whatever goes wrong', async () => {
    const { api, acme, vault } = world
    const owner = api.as(acme.owner)
    const consumer = { kind: 'agent', id: 'leaky' }
    const config = { address: vault.address, token }
    const made = async (path: string, body: object): Promise<string> => {
      const answer = await owner.post(path, body).expect(201)
      answers.push(JSON.stringify([answer.body, answer.headers]))
      return answer.body.id
    }
    const provider = await made('/api/secret-providers', { name: 'leaky', type: 'vault', config })
    const secret = await made('/api/secrets', { name: 'leaky', value })
    const remote = await made('/api/secrets', {
      name: 'leaky-remote',
      providerId: provider,
      remotePath: 'secret/data/app',
    })
    await made('/api/envs', { consumer, name: 'A', secretId: secret })
    await made('/api/envs', { consumer, name: 'B', secretId: remote })
    vault.put('secret/data/canary', JSON.stringify({ [`${value}-not-a-value`.slice(30)]: value }))
    vault.answer('secret/data/echo', (request, response) =>
      send(response, 500, JSON.stringify({ errors: [request.headers['x-vault-token'], value] })),
    )
    const sql = (text: string) => api.database.query('', text, [])
    const raw = (request: Test, text: string, type = 'application/json') =>
      request
        .set('Content-Type', type)
        .serialize((body) => body as never)
        .send(text as never)
    const bad = { name: 'x', value }
    const providerWith = (rest: object, body: object = {}) =>
      owner.post('/api/secret-providers', {
        name: 'y',
        type: 'vault',
        config: { ...config, ...rest },
        ...body,
      })
    const runtime = api.as(acme.orchestrator)

    const failures: (() => Test)[] = [
      () => raw(owner.post('/api/secrets'), `{"value":${JSON.stringify(value)},`),
      () => raw(owner.post('/api/secrets'), `${value}`),
      () => raw(owner.post('/api/secrets'), `{"value":${JSON.stringify(value)}}`, 'text/plain'),
      () => raw(owner.post('/api/secrets'), JSON.stringify(value)),
      () => owner.post('/api/secrets', { ...bad, encoding: 'base64' }),
      () => owner.post('/api/secrets', { ...bad, name: `${value}/` }),
      () => owner.post('/api/secrets', { ...bad, category: value }),
      () => owner.post('/api/secrets', { ...bad, expiresAt: value }),
      () => owner.post('/api/secrets', { ...bad, remotePath: `../${value}` }),
      () => owner.post('/api/secrets', { name: 'leaky', value }),
      () => owner.post('/api/secrets', { ...bad, scopeId: acme.secretId }),
      () => owner.post('/api/secrets', { ...bad, value: [value] }),
      () => owner.post('/api/secrets', { ...bad, value: value + '\ud800' }),
      () => owner.patch(`/api/secrets/${remote}`, { value }),
      () => owner.patch(`/api/secrets/${secret}`, { value }).set('If-Match', '"r99"'),
      () => api.as(acme.member).patch(`/api/secrets/${secret}`, { value }),
      () => api.as(token).post('/api/secrets', bad),
      () => owner.get(`/api/secrets/${encodeURIComponent(value)}`),
      () => owner.get(`/api/secrets?cursor=${encodeURIComponent(value)}`),
      () => owner.get(`/api/${encodeURIComponent(value)}`),
      () => providerWith({ address: `https://x:${encodeURIComponent(token)}@vault.test` }),
      () => providerWith({ address: `${token}` }),
      () => providerWith({ address: 'http://169.254.169.254' }),
      () => providerWith({ token: `${token}\n` }),
      () => providerWith({}, { name: 'leaky' }),
      () => owner.patch(`/api/secret-providers/${provider}`, { config: { address: 'http://x' } }),
      () => owner.post('/api/secret-providers/test', { type: 'vault', config }),
      () => owner.post(`/api/secret-providers/${provider}/test`),
      () => runtime.post('/api/resolve/workload', { consumer }),
      () => runtime.post('/api/resolve/secret', { secretId: value }),
    ]
    // A field that does not exist is named to whoever sent it: there only the log must be clean.
    const misnamed: (() => Test)[] = [
      () => owner.post('/api/secrets', { ...bad, [value]: value }),
      () => owner.post(`/api/secrets?${encodeURIComponent(value)}=1`, bad),
      () => providerWith({ [token]: token }),
      () => runtime.post('/api/resolve/workload', { consumer, [value]: value }),
    ]
    const fail = async (request: Test) => {
      const answer = await request
      expect(answer.status >= 400 || answer.body.ok === false, String(answer.status)).toBe(true)
      return answer
    }
    const failed = async (request: Test) => {
      const { text, headers } = await fail(request)
      answers.push(JSON.stringify([text, headers]))
    }
    for (const failure of failures) await failed(failure())
    for (const failure of misnamed) await fail(failure())

    // The provider echoes what it was sent.
    await owner.patch(`/api/secrets/${remote}`, { remotePath: 'secret/data/echo' }).expect(200)
    await owner.patch(`/api/secret-providers/${provider}`, { config: { token: rightToken } })
    await failed(runtime.post('/api/resolve/secret', { secretId: remote }))
    await owner.patch(`/api/secrets/${remote}`, { remotePath: 'secret/data/canary' }).expect(200)
    await owner.patch(`/api/secrets/${remote}`, { remoteKey: 'nothing' }).expect(200)
    await failed(runtime.post('/api/resolve/secret', { secretId: remote }))
    // The database refuses, in words that quote the row.
    await sql(`ALTER TABLE "SecretVersion" ADD CONSTRAINT never CHECK (number < 1) NOT VALID`)
    await failed(owner.post('/api/secrets', bad))
    await failed(owner.patch(`/api/secrets/${secret}`, { value: `${value}2` }))
    await sql(`ALTER TABLE "SecretVersion" DROP CONSTRAINT never`)
    await sql(`ALTER TABLE "Env" ADD CONSTRAINT never CHECK (value IS NULL) NOT VALID`)
    await failed(owner.post('/api/envs', { consumer, name: 'C', value }))
    await sql(`ALTER TABLE "Env" DROP CONSTRAINT never`)
    // The row was changed behind our back.
    await sql(`UPDATE "SecretVersion" SET value = value || '\\x00' WHERE "secretId" = '${secret}'`)
    await failed(runtime.post('/api/resolve/secret', { secretId: secret }))
    await failed(runtime.post('/api/resolve/workload', { consumer }))

    expect(answers.length).toBeGreaterThan(40)
    expect(answers.flatMap(findIn)).toEqual([])
    expect(api.logged.length).toBeGreaterThan(40)
    expect(findIn(api.logged.join('\n'))).toEqual([])
    const audit = await api.database.query(
      '',
      'SELECT to_jsonb(a)::text AS row FROM "AuditEvent" a',
      [],
    )
    expect(audit.length).toBeGreaterThan(10)
    expect(findIn(audit.map(({ row }) => row).join('\n'))).toEqual([])
    // Nor does any table hold them as they are; the plain value of an env would be another matter.
    for (const table of ['Secret', 'SecretVersion', 'SecretProvider', 'Env', 'ApiToken']) {
      const rows = await sql(`SELECT to_jsonb(t)::text AS row FROM "${table}" t`)
      expect(findIn(rows.map(({ row }) => String(row)).join('\n'))).toEqual([])
    }
  })
})

describe('what is logged of an error', () => {
  it('is its kind and its place, never its words, however they are laid out', () => {
    const error = new TypeError(`${value}\n    at ${value} (${token})\n    at x`, {
      cause: Object.assign(new Error(token), { code: 'P2002', meta: { value } }),
    })
    const text = JSON.stringify(describeError(error))
    expect(findIn(text)).toEqual([])
    expect(text).toContain('TypeError')
    expect(text).toContain('P2002')
    expect(text).toContain('nothing-leaks.test.ts')
  })
})
