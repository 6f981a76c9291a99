import type { RequestListener } from 'node:http'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SecretBackend, WriteOptions } from '../../../../api/backends/backend.ts'
import { SecretValue } from '../../../../api/keyring/secret-value.ts'
import { codeOf, failureOf } from '../describe-backend.ts'
import { type FakeGoogle, send, startGoogle } from './fake-google.ts'
import { newSecret, refusal, states } from './fake-secret-manager.ts'
import { openGcp, serviceAccountKey } from './open-gcp.ts'

const signal = AbortSignal.timeout(60_000)
const owner = '01890a5d-ac96-774b-bcce-b302099a8057'
let google: FakeGoogle
let backend: SecretBackend
beforeEach(async () => {
  google = await startGoogle()
  google.manager.put('app', Buffer.from('value'))
  backend = await openGcp(google.address, serviceAccountKey(google.address))
  await backend.read('app', { signal })
})
afterEach(async () => {
  await backend.close()
  await google.close()
})
const read = (path: string, version?: string) => backend.read(path, { signal, version })
const write = (path: string, value = 'x', given: Partial<WriteOptions> = {}) =>
  backend.write(path, SecretValue.fromText(value), {
    ...{ signal, owner, isNew: true, encoding: 'utf8' },
    ...given,
  })
const secretAt = (id: string) => google.manager.secrets.get(id) ?? newSecret()
const answerOnce = (listener: RequestListener) =>
  google.interrupt((request, response) => {
    google.interrupt(undefined)
    request.resume()
    return listener(request, response)
  })

describe('reading', () => {
  it('names a version in the path, or beside it, by number, alias or latest', async () => {
    google.manager.put('app', Buffer.from('newer'))
    secretAt('app').aliases['prod'] = 1
    const full = 'projects/other-project/secrets/app'
    for (const [path, version] of [
      ['app', '1'],
      ['app', 'prod'],
      [`${full}/versions/1`, undefined],
      [`${full}/versions/1`, '1'],
      [`${full}/versions/prod`, undefined],
    ] as const) {
      const stored = await read(path, version)
      expect(stored?.version, path).toBe('1')
      expect(stored?.value.reveal().toString()).toBe('value')
    }
    expect((await read('app', 'latest'))?.version).toBe('2')
    expect((await read(`${full}/versions/latest`))?.version).toBe('2')
    expect(google.requests.at(-1)).toContain(
      '/v1/projects/other-project/secrets/app/versions/latest:',
    )
    expect(await codeOf(read(`${full}/versions/1`, '2'))).toBe('path_invalid')
  })

  it('says which version is the latest when there is no such one', async () => {
    expect((await failureOf(read('app', '7'))).message).toBe(
      'There is no version 7; the latest is 1.',
    )
    for (const state of [states.disabled, states.destroyed]) {
      google.manager.secrets.get('app')?.versions.forEach((version) => (version.state = state))
      expect(await codeOf(read('app', '7'))).toBe('version_missing')
    }
  })

  it('answers null for a secret without versions', async () => {
    google.manager.secrets.set('empty', newSecret())
    expect(await read('empty')).toBeNull()
    expect(await read('empty', 'latest')).toBeNull()
  })

  it('compares the checksum, where there is one', async () => {
    google.manager.checksum = () => undefined
    expect((await read('app'))?.value.reveal().toString()).toBe('value')
    google.manager.checksum = (right) => String(right ^ 1)
    const failure = await failureOf(read('app'))
    expect(failure).toMatchObject({ code: 'unreadable_answer' })
    expect(failure.message).toContain('checksum')
  })

  it.each([
    { name: 'projects/1/secrets/other/versions/1', payload: { data: 'eA==' } },
    { name: 'projects/1/secrets/app', payload: { data: 'eA==' } },
    { payload: { data: 'eA==' } },
    { name: 'projects/1/secrets/app/versions/1' },
    { name: 'projects/1/secrets/app/versions/1', payload: {} },
    { name: 'projects/1/secrets/app/versions/1', payload: 'eA==' },
    { name: 7, payload: { data: 'eA==' } },
    [],
    null,
  ])('does not take %j for an answer', async (json) => {
    answerOnce((_, response) => send(response, { status: 200, json }))
    expect(await codeOf(read('app'))).toBe('unreadable_answer')
  })

  it.each([
    ['NOT_FOUND', 404, null],
    ['PERMISSION_DENIED', 403, 'forbidden'],
    ['RESOURCE_EXHAUSTED', 429, 'throttled'],
    ['UNAVAILABLE', 503, 'unreachable'],
    ['INTERNAL', 500, 'unreachable'],
    ['DEADLINE_EXCEEDED', 504, 'timeout'],
    ['INVALID_ARGUMENT', 400, 'misconfigured'],
    ['FAILED_PRECONDITION', 400, 'misconfigured'],
    ['UNIMPLEMENTED', 501, 'unreadable_answer'],
    ['SOMETHING_NEW', 400, 'unreachable'],
    [404, 404, null],
    [undefined, 403, 'forbidden'],
  ])('understands the refusal %s with %i', async (status, code, expected) => {
    google.interrupt((_, response) => {
      const json = { error: { code, status, message: '{"error":{"message":"as text"}}' } }
      send(response, { status: code, json })
    })
    const outcome = await read('app').catch((error: { code: string }) => error.code)
    expect(outcome).toBe(expected)
  })

  it('tells an API that is not enabled from a permission that is missing', async () => {
    const details = [
      { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'SERVICE_DISABLED' },
    ]
    google.interrupt((_, response) =>
      send(response, refusal(403, 'PERMISSION_DENIED', '', details)),
    )
    const failure = await failureOf(read('app'))
    expect(failure).toMatchObject({ code: 'misconfigured' })
    expect(failure.hint).toContain('gcloud services enable')
    expect(await codeOf(backend.check({ signal }))).toBe('misconfigured')
  })

  it("does not take a page's 404 for an absence", async () => {
    google.interrupt((_, response) => void response.writeHead(404).end('<html>Not here</html>'))
    expect(await codeOf(read('app'))).toBe('unreadable_answer')
  })
})

describe('writing', () => {
  it('takes 64 KiB, and neither more nor nothing', async () => {
    await write('large', 'x'.repeat(65_536))
    expect((await read('large'))?.value.length).toBe(65_536)
    const asked = google.requests.length
    expect(await failureOf(write('larger', 'x'.repeat(65_537)))).toMatchObject({
      ...{ code: 'too_large', notSent: true },
    })
    expect(await failureOf(write('nothing', ''))).toMatchObject({ notSent: true })
    expect(google.requests).toHaveLength(asked)
  })

  it('goes on with what an earlier write of the same secret has left', async () => {
    const left = newSecret({ 'agyn-secret': owner })
    google.manager.secrets.set('left', { ...left, createTime: '2026-01-01T00:00:00Z' })
    expect(await write('left', 'complete')).toEqual({ version: '1' })
    expect((await read('left'))?.value.reveal().toString()).toBe('complete')
  })

  it.each<[string, Record<string, string>, string]>([
    ['that is still being written', { 'agyn-secret': owner }, new Date().toISOString()],
    ['of another', { 'agyn-secret': 'other' }, '2026-01-01T00:00:00Z'],
    ['of somebody else', {}, '2026-01-01T00:00:00Z'],
  ])('does not go on with one %s', async (_, labels, createTime) => {
    google.manager.secrets.set('left', { ...newSecret(labels), createTime })
    expect(await codeOf(write('left'))).toBe('path_taken')
    expect(secretAt('left').versions).toEqual([])
  })

  it('takes a new secret away that did not get its value', async () => {
    answerAdding((response) => send(response, refusal(403, 'PERMISSION_DENIED', 'Denied.')))
    const failure = await failureOf(write('half'))
    expect(failure).toMatchObject({ code: 'forbidden' })
    expect(google.manager.secrets.has('half')).toBe(false)
  })

  it('sends a value once, and leaves the secret when it may have arrived', async () => {
    answerAdding((response) => response.destroy())
    expect(await failureOf(write('lost'))).toMatchObject({ code: 'unreachable', notSent: false })
    expect(google.requests.filter((request) => request.includes(':addVersion'))).toHaveLength(1)
    expect(google.manager.secrets.has('lost')).toBe(true)
  })

  it('is uncertain of a secret that could not be taken away again', async () => {
    google.interrupt((request, response) => {
      if (request.url?.includes('secretId=')) {
        google.manager.secrets.set('half', newSecret({ 'agyn-secret': owner }))
        return send(response, { status: 200, json: { name: 'projects/1/secrets/half' } })
      }
      return send(response, refusal(403, 'PERMISSION_DENIED', 'Denied.'))
    })
    expect(await failureOf(write('half'))).toMatchObject({ code: 'unreachable', notSent: false })
  })

  it('adds no version to what is not ours, or gone', async () => {
    expect(await codeOf(write('app', 'x', { isNew: false }))).toBe('not_ours')
    expect(await codeOf(write('gone', 'x', { isNew: false }))).toBe('path_missing')
    expect(secretAt('app').versions).toHaveLength(1)
  })

  it('has sent nothing while it still looks whose the secret is', async () => {
    await write('ours')
    google.interrupt((_, response) => void response.writeHead(503).end())
    const failure = await failureOf(write('ours', 'x', { isNew: false }))
    expect(failure).toMatchObject({ code: 'unreachable', notSent: true })
  })

  it('takes no path with a version', async () => {
    const path = 'projects/my-project/secrets/app/versions/1'
    expect(await codeOf(write(path))).toBe('path_invalid')
    expect(await codeOf(backend.remove(path, { signal, owner, forGood: true }))).toBe(
      'path_invalid',
    )
  })

  /** Creates secrets as ever, and answers this to whoever adds a version. */
  function answerAdding(respond: (response: Parameters<RequestListener>[1]) => unknown): void {
    google.interrupt((request, response) => {
      if (request.url?.includes(':addVersion')) {
        google.interrupt(undefined)
        request.resume()
        return void respond(response)
      }
      google.manager.secrets.set('half', newSecret({ 'agyn-secret': owner }))
      google.manager.secrets.set('lost', newSecret({ 'agyn-secret': owner }))
      request.resume()
      return send(response, { status: 200, json: { name: 'projects/1/secrets/x' } })
    })
  }
})

describe('removing', () => {
  const remove = (id: string) => backend.remove(id, { signal, owner, forGood: false })
  const restore = (id: string) => backend.restore(id, { signal, owner })
  const statesOf = (id: string) => secretAt(id).versions.map(({ state }) => state)
  const { enabled, disabled, destroyed } = states

  beforeEach(async () => {
    await write('ours', 'one')
    for (const value of ['two', 'three', 'four']) await write('ours', value, { isNew: false })
  })

  it('restores the versions that it disabled, and no others', async () => {
    secretAt('ours').annotations['team'] = 'payments'
    secretAt('ours').versions.forEach((version, at) => {
      version.state = [enabled, disabled, destroyed, enabled][at] ?? enabled
    })
    await remove('ours')
    expect(statesOf('ours')).toEqual([disabled, disabled, destroyed, disabled])
    expect(secretAt('ours').annotations).toEqual({
      ...{ team: 'payments', 'agyn-disabled-versions': '1,4' },
    })
    await restore('ours')
    expect(statesOf('ours')).toEqual([enabled, disabled, destroyed, enabled])
    expect(secretAt('ours').annotations).toEqual({ team: 'payments' })
  })

  it('remembers what a removal did that was cut short', async () => {
    secretAt('ours').annotations['agyn-disabled-versions'] = '1-2'
    secretAt('ours').versions.forEach((version, at) => {
      version.state = at < 2 ? disabled : enabled
    })
    await remove('ours')
    expect(secretAt('ours').annotations['agyn-disabled-versions']).toBe('1-4')
    await restore('ours')
    expect(statesOf('ours')).toEqual([enabled, enabled, enabled, enabled])
  })

  it('restores what is left, when some was destroyed in the meantime', async () => {
    await remove('ours')
    const [first] = secretAt('ours').versions
    if (first) first.state = destroyed
    await restore('ours')
    expect(statesOf('ours')).toEqual([destroyed, enabled, enabled, enabled])
  })

  it('restores nothing of what is not ours', async () => {
    expect(await codeOf(restore('app'))).toBe('not_ours')
  })
})

describe('a check', () => {
  it('says what may be done, without reading a value', async () => {
    google.requests.splice(0)
    expect((await backend.check({ signal })).can).toEqual({ read: true, write: true, list: true })
    google.manager.permissions = ['secretmanager.versions.access']
    const { can } = await backend.check({ signal })
    expect(can).toEqual({ read: true, write: 'unknown', list: true })
    expect(google.requests.filter((request) => request.includes(':access'))).toEqual([])
  })

  it('does not know where nothing is, or nothing may be listed', async () => {
    google.manager.mayList = false
    const unknown = { read: 'unknown', write: 'unknown' }
    expect((await backend.check({ signal })).can).toEqual({ ...unknown, list: false })
    google.manager.mayList = true
    google.manager.secrets.clear()
    expect((await backend.check({ signal })).can).toEqual({ ...unknown, list: true })
  })
})

describe('the client of Google', () => {
  it('takes nothing from the environment, and prints nothing', async () => {
    const printed = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    vi.stubEnv('GOOGLE_SDK_NODE_LOGGING', 'all')
    vi.stubEnv('GOOGLE_CLOUD_UNIVERSE_DOMAIN', 'elsewhere.test')
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', '/nowhere')
    vi.stubEnv('HTTPS_PROXY', 'http://127.0.0.1:1')
    vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:1')
    try {
      const own = await openGcp(google.address, serviceAccountKey(google.address))
      expect(await own.read('app', { signal })).not.toBeNull()
      await own.close()
      expect(printed).not.toHaveBeenCalled()
    } finally {
      vi.unstubAllEnvs()
      printed.mockRestore()
    }
  })
})
