import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installOnce, type Running } from '../../scripts/local-server.ts'
import { startCloudDoubles, type CloudDoubles } from './servers/cloud-doubles.ts'
import { startDrongo } from './servers/drongo.ts'
import { httpsRequest } from './servers/https-request.ts'
import { startMoto, type Moto } from './servers/moto.ts'
import { startTokenAuthority, type TokenAuthority } from './servers/token-authority.ts'
import { startToxiproxy, type Toxiproxy } from './servers/toxiproxy.ts'

const started: Running[] = []
const kept = <Server extends Running>(server: Server): Server => {
  started.push(server)
  return server
}
afterAll(() => Promise.all(started.map((server) => server.stop())))

/** Whether anything answers there, whatever it says. */
const answers = (address: string) =>
  fetch(address).then(
    () => true,
    () => false,
  )

describe('an installation', () => {
  it('is made once, however many ask for it at the same moment', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'agyn-install-'))
    let made = 0
    const install = () =>
      installOnce({
        what: 'Something',
        cacheDir: directory,
        name: 'something-1',
        remedy: 'Help yourself.',
        async make(workshop) {
          made += 1
          await writeFile(join(workshop, 'program'), 'whole')
          return workshop
        },
      })
    const places = await Promise.all([install(), install(), install()])
    expect(new Set(places)).toEqual(new Set([join(directory, 'something-1')]))
    expect(made).toBe(1)
    expect((await readdir(directory)).sort()).toEqual(['something-1', 'something-1.lock'])
    await rm(directory, { recursive: true })
  })

  it('says what is missing, and what the tool said', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'agyn-install-'))
    const install = (command: string, ...parameters: string[]) =>
      installOnce({
        what: 'Something 1',
        cacheDir: directory,
        name: 'something-1',
        remedy: 'Install a tool.',
        async make(workshop, run) {
          await run(command, parameters)
          return workshop
        },
      })
    await expect(install('no-such-tool')).rejects.toThrow(
      'Something 1 is installed with no-such-tool, which was not found. Install a tool.',
    )
    await expect(install('sh', '-c', 'echo Error: no network; echo bye; exit 1')).rejects.toThrow(
      'ended with: Error: no network',
    )
    expect(await readdir(directory)).toEqual(['something-1.lock'])
    await rm(directory, { recursive: true })
  })
})

describe('moto', () => {
  let first: Moto
  let second: Moto
  beforeAll(async () => {
    ;[first, second] = await Promise.all([startMoto().then(kept), startMoto().then(kept)])
  })

  it('keeps a secret, and stops alone', async () => {
    const call = async (address: string, operation: string, body: object) => {
      const response = await fetch(address, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': `secretsmanager.${operation}`,
          authorization:
            'AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/secretsmanager/aws4_request, SignedHeaders=host, Signature=0',
        },
        body: JSON.stringify(body),
      })
      return (await response.json()) as { readonly SecretString?: string; readonly __type?: string }
    }
    await call(second.address, 'CreateSecret', { Name: 'app', SecretString: 'kept' })
    const get = (address: string) => call(address, 'GetSecretValue', { SecretId: 'app' })
    expect((await get(second.address)).SecretString).toBe('kept')
    expect((await get(first.address)).__type).toBe('ResourceNotFoundException')

    await first.stop()
    await first.stop()
    expect(await answers(first.address)).toBe(false)
    expect((await get(second.address)).SecretString).toBe('kept')
    await second.reset()
    expect((await get(second.address)).__type).toBe('ResourceNotFoundException')
  })
})

describe('drongo', () => {
  let address: string
  beforeAll(async () => {
    ;({ address } = kept(await startDrongo()))
  })

  it('keeps a secret', async () => {
    const post = (path: string, body: object) =>
      fetch(address + path, { method: 'POST', body: JSON.stringify(body), headers: json })
    await post('/v1/projects/p/secrets?secretId=app', { replication: { automatic: {} } })
    await post('/v1/projects/p/secrets/app:addVersion', { payload: { data: 'a2VwdA==' } })
    const read = await fetch(`${address}/v1/projects/p/secrets/app/versions/latest:access`)
    expect(await read.json()).toMatchObject({ payload: { data: 'a2VwdA==' } })
  })
})

describe('Toxiproxy', () => {
  let doubles: CloudDoubles
  let toxiproxy: Toxiproxy
  beforeAll(async () => {
    doubles = kept(await startCloudDoubles())
    toxiproxy = kept(await startToxiproxy())
  })

  it('hands on, cuts off and heals', async () => {
    const proxy = await toxiproxy.proxy(doubles.secretManagerPlain)
    expect(new URL(proxy.address).hostname).toBe('127.0.0.1')
    expect(await answers(proxy.address)).toBe(true)
    await proxy.poison({ type: 'reset_peer', attributes: { timeout: 0 } })
    expect(await answers(proxy.address)).toBe(false)
    await proxy.heal()
    expect(await answers(proxy.address)).toBe(true)
    await proxy.enable(false)
    expect(await answers(proxy.address)).toBe(false)
  })
})

describe('the key vault double', () => {
  let authority: TokenAuthority
  let doubles: CloudDoubles
  beforeAll(async () => {
    authority = kept(await startTokenAuthority())
    doubles = kept(await startCloudDoubles({ authority: authority.authority }))
  })

  const ask = async (method: string, path: string, body?: object, token = 'a-token') => {
    const url = path.startsWith('https:') ? path : doubles.keyVault + path
    const answer = await httpsRequest(url, {
      ca: doubles.ca,
      method,
      headers: { ...json, ...(token !== '' && { authorization: `Bearer ${token}` }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    return { ...answer, content: (answer.body === '' ? null : JSON.parse(answer.body)) as Content }
  }
  interface Content {
    readonly id: string
    readonly value: never
    readonly nextLink?: string
    readonly error: unknown
  }
  const set = async (name: string, value: string, more: object = {}) =>
    (await ask('PUT', `/secrets/${name}?api-version=7.5`, { value, ...more })).content

  it('sends those without a token to the authority, and takes the one that they get there', async () => {
    const challenged = await ask('GET', '/secrets/app', undefined, '')
    expect(challenged.status).toBe(401)
    const challenge = String(challenged.headers['www-authenticate'])
    expect(challenge).toMatch(
      /^Bearer authorization="[^"]+", resource="https:\/\/vault.azure.net"$/,
    )
    const [, where] = /authorization="([^"]+)"/.exec(challenge) ?? []
    expect(where).toBe(authority.authority)

    const { ca } = authority
    const discovered = await httpsRequest(`${where}/v2.0/.well-known/openid-configuration`, { ca })
    const { token_endpoint } = JSON.parse(discovered.body) as { readonly token_endpoint: string }
    const login = async (clientId: string) => {
      const { body } = await httpsRequest(token_endpoint, {
        ca,
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: clientId,
          client_secret: 'any',
          scope: 'https://vault.azure.net/.default',
        }).toString(),
      })
      return (JSON.parse(body) as { readonly access_token: string }).access_token
    }
    expect((await ask('GET', '/secrets/app', undefined, await login('app'))).status).toBe(404)
    expect((await ask('GET', '/secrets/app', undefined, await login('wrong-app'))).status).toBe(401)
  })

  it('keeps versions with their attributes, and does not mind the case of names', async () => {
    const first = await set('Database', 'one', {
      contentType: 'text/plain',
      tags: { team: 'billing' },
      attributes: { exp: 2_000_000_000, nbf: 1_000_000_000 },
    })
    await set('database', 'two')
    const latest = await ask('GET', '/secrets/DATABASE/?api-version=7.5')
    expect(latest.content).toMatchObject({ value: 'two', attributes: { enabled: true } })
    const old = await ask('GET', new URL(first.id).pathname)
    expect(old.content).toMatchObject({
      value: 'one',
      contentType: 'text/plain',
      tags: { team: 'billing' },
      attributes: { exp: 2_000_000_000, nbf: 1_000_000_000 },
    })
    expect((await ask('GET', '/secrets/database/versions')).content.value).toHaveLength(2)
  })

  it('gives no value of a disabled version', async () => {
    const { id } = await set('off', 'value', { attributes: { enabled: false } })
    const refused = await ask('GET', new URL(id).pathname)
    expect(refused).toMatchObject({ status: 403 })
    expect(refused.content.error).toMatchObject({
      code: 'Forbidden',
      innererror: { code: 'SecretDisabled' },
    })
    await ask('PATCH', new URL(id).pathname, { attributes: { enabled: true } })
    expect((await ask('GET', '/secrets/off')).content.value).toBe('value')
  })

  it('deletes softly, recovers and purges', async () => {
    await set('gone', 'value')
    expect((await ask('DELETE', '/secrets/gone')).content).toHaveProperty('recoveryId')
    expect((await ask('GET', '/secrets/gone')).content.error).toMatchObject({
      code: 'SecretNotFound',
    })
    const refused = await ask('PUT', '/secrets/gone', { value: 'again' })
    expect(refused).toMatchObject({ status: 409 })
    expect(refused.content.error).toMatchObject({
      code: 'Conflict',
      innererror: { code: 'ObjectIsDeletedButRecoverable' },
    })
    expect((await ask('GET', '/deletedsecrets')).content.value).toHaveLength(1)
    expect((await ask('POST', '/deletedsecrets/gone/recover')).status).toBe(200)
    expect((await ask('GET', '/secrets/gone')).content.value).toBe('value')
    await ask('DELETE', '/secrets/gone')
    expect((await ask('DELETE', '/deletedsecrets/gone')).status).toBe(204)
    expect((await ask('GET', '/deletedsecrets/gone')).status).toBe(404)
  })

  it('lists in pages', async () => {
    for (const name of ['page-a', 'page-b', 'page-c']) await set(name, name)
    const names: string[] = []
    let next: string | undefined = '/secrets?api-version=7.5&maxresults=2'
    while (next) {
      const { content } = await ask('GET', next)
      names.push(...(content.value as { id: string }[]).map(({ id }) => id.split('/').at(-1) ?? ''))
      next = content.nextLink
    }
    expect(names.filter((name) => name.startsWith('page-'))).toEqual(['page-a', 'page-b', 'page-c'])
  })

  it('refuses what is forbidden, badly named or too large', async () => {
    expect((await ask('GET', '/secrets/forbidden-one')).content.error).toMatchObject({
      code: 'Forbidden',
      innererror: { code: 'ForbiddenByRbac' },
    })
    expect((await ask('GET', '/secrets/under_score')).status).toBe(400)
    expect((await ask('PUT', '/secrets/large', { value: 'x'.repeat(25 * 1024 + 1) })).status).toBe(
      400,
    )
  })

  it('fails on demand, as often as it was told', async () => {
    await set('fine', 'value')
    const before = await doubles.requests('azure-kv')
    await doubles.fail('azure-kv', 'throttled', { retryAfterSeconds: 7 })
    const throttled = await ask('GET', '/secrets/fine')
    expect(throttled).toMatchObject({ status: 429, headers: { 'retry-after': '7' } })
    expect(throttled.content.error).toMatchObject({ code: 'Throttled' })
    expect((await ask('GET', '/secrets/fine')).content.value).toBe('value')
    expect(await doubles.requests('azure-kv')).toBe(before + 2)

    await doubles.fail('azure-kv', 'hanging', { times: 5 })
    const impatient = AbortSignal.timeout(200)
    await expect(
      httpsRequest(`${doubles.keyVault}/secrets/fine`, {
        ca: doubles.ca,
        headers: { authorization: 'Bearer a-token' },
        signal: impatient,
      }),
    ).rejects.toThrow()
    await doubles.heal()
    expect((await ask('GET', '/secrets/fine')).status).toBe(200)
  })
})

describe('the Secret Manager double', () => {
  let doubles: CloudDoubles
  beforeAll(async () => {
    doubles = kept(await startCloudDoubles())
  })

  const secrets = '/v1/projects/p/secrets'
  const ask = async (method: string, path: string, body?: object, token = 'a-token') => {
    const response = await fetch(doubles.secretManagerPlain + path, {
      method,
      headers: { ...json, ...(token !== '' && { authorization: `Bearer ${token}` }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    return { status: response.status, content: (await response.json()) as Content }
  }
  interface Content {
    readonly name: string
    readonly etag: string
    readonly payload: unknown
    readonly error: unknown
    readonly secrets: readonly { readonly name: string }[]
    readonly nextPageToken?: string
  }
  const create = (id: string, secret: object = {}) =>
    ask('POST', `${secrets}?secretId=${id}`, { replication: { automatic: {} }, ...secret })
  const add = (id: string, value: string) =>
    ask('POST', `${secrets}/${id}:addVersion`, {
      payload: { data: Buffer.from(value).toString('base64') },
    })
  const access = (id: string, version: number | string) =>
    ask('GET', `${secrets}/${id}/versions/${version}:access`)

  it('keeps versions with their checksums, and names projects by number', async () => {
    const { content } = await create('database', { labels: { env: 'dev' } })
    expect(content.name).toMatch(/^projects\/\d+\/secrets\/database$/)
    await add('database', 'one')
    await add('database', '123456789')
    // The CRC32C of these digits is the check value that catalogues of checksums give.
    expect((await access('database', 'latest')).content).toMatchObject({
      name: `${content.name}/versions/2`,
      payload: { data: 'MTIzNDU2Nzg5', dataCrc32c: String(0xe3069283) },
    })
    expect((await access('database', 1)).content.payload).toMatchObject({ data: 'b25l' })
    const byNumber = await ask('GET', `/v1/${content.name}`)
    expect(byNumber.content).toMatchObject({ labels: { env: 'dev' } })
  })

  it('disables, enables and destroys versions', async () => {
    await create('states')
    await add('states', 'value')
    const to = (state: string) => ask('POST', `${secrets}/states/versions/1:${state}`, {})
    expect((await to('disable')).content).toMatchObject({ state: 'DISABLED' })
    const refused = await access('states', 'latest')
    expect(refused).toMatchObject({ status: 400 })
    expect(refused.content.error).toMatchObject({
      code: 400,
      status: 'FAILED_PRECONDITION',
      details: [],
      message: expect.stringContaining('DISABLED') as string,
    })
    await to('enable')
    expect((await access('states', 1)).status).toBe(200)
    expect((await to('destroy')).content).toMatchObject({ state: 'DESTROYED' })
    expect((await to('enable')).content.error).toMatchObject({ status: 'FAILED_PRECONDITION' })
  })

  it('changes what is in the mask, unless somebody was faster', async () => {
    const { etag } = (await create('changing', { labels: { a: '1' } })).content
    const patch = (body: object, mask: string) =>
      ask('PATCH', `${secrets}/changing?updateMask=${mask}`, body)
    const changed = await patch({ annotations: { note: 'x' }, etag }, 'annotations')
    expect(changed.content).toMatchObject({ labels: { a: '1' }, annotations: { note: 'x' } })
    const late = await patch({ labels: { a: '2' }, etag }, 'labels')
    expect(late.content.error).toMatchObject({ status: 'FAILED_PRECONDITION' })
  })

  it('lists in pages, and by label', async () => {
    for (const id of ['list-a', 'list-b', 'list-c']) await create(id, { labels: { list: 'yes' } })
    const list = async (query: string) => (await ask('GET', `${secrets}?${query}`)).content
    const first = await list('pageSize=2&filter=labels.list=yes')
    expect(first.secrets.map(({ name }) => name.split('/').at(-1))).toEqual(['list-a', 'list-b'])
    const second = await list(`pageToken=${first.nextPageToken}&filter=labels.list%3Dyes`)
    expect(second.secrets).toHaveLength(1)
    expect(second.nextPageToken).toBeUndefined()
  })

  it('answers errors as Google does', async () => {
    expect(await access('missing', 'latest')).toMatchObject({
      status: 404,
      content: { error: { code: 404, status: 'NOT_FOUND', details: [] } },
    })
    expect(await access('forbidden-one', 1)).toMatchObject({
      status: 403,
      content: {
        error: { status: 'PERMISSION_DENIED', details: [{ reason: 'IAM_PERMISSION_DENIED' }] },
      },
    })
    await create('twice')
    expect(await create('twice')).toMatchObject({
      status: 409,
      content: { error: { status: 'ALREADY_EXISTS' } },
    })
    for (const token of ['', 'wrong-token']) {
      expect(await ask('GET', secrets, undefined, token)).toMatchObject({
        status: 401,
        content: { error: { status: 'UNAUTHENTICATED' } },
      })
    }
  })

  it('fails on demand', async () => {
    await create('faults')
    await add('faults', 'value')
    await doubles.fail('gcp-sm', 'throttled')
    expect(await access('faults', 1)).toMatchObject({
      status: 429,
      content: { error: { status: 'RESOURCE_EXHAUSTED' } },
    })
    const good = await access('faults', 1)
    await doubles.fail('gcp-sm', 'corrupt')
    const corrupt = await access('faults', 1)
    expect(corrupt.content.payload).toHaveProperty('dataCrc32c')
    expect(corrupt.content.payload).not.toEqual(good.content.payload)
  })

  it('answers over https too', async () => {
    const answer = await httpsRequest(`${doubles.secretManager}${secrets}`, {
      ca: doubles.ca,
      headers: { authorization: 'Bearer a-token' },
    })
    expect(answer.status).toBe(200)
  })
})

const json = { 'content-type': 'application/json' }
