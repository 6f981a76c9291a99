import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Test } from 'supertest'
import { startWorld, type World } from '../operations/world.ts'

let world: World
beforeAll(async () => void (world = await startWorld()))
afterAll(() => world.close())

/** Sends text as it stands. */
const post = (text: string | Buffer, type = 'application/json', path = '/api/secrets') =>
  sent(world.api.as(world.acme.owner).post(path), text, type)

const sent = (request: Test, text: string | Buffer, type: string) =>
  request
    .set('Content-Type', type)
    .serialize((body) => body as never)
    .send(text as never)

const get = (path: string) => world.api.as(world.acme.owner).get(path)

const nested = (depth: number) => '{"a":'.repeat(depth - 1) + '{}' + '}'.repeat(depth - 1)

describe('a body', () => {
  it.each<[string, string | Buffer, string | undefined, RegExp]>([
    ['is no JSON', '{"name":', undefined, /JSON/],
    ['is empty', '', undefined, /JSON/],
    ['is a list of nothing but brackets', '['.repeat(200_000), undefined, /JSON|deep/],
    ['is a text', '"x"', undefined, /JSON/],
    ['is null', 'null', undefined, /JSON/],
    ['is not said to be JSON', 'name=x', 'application/x-www-form-urlencoded', /Content-Type/],
    ['is nested too deep', nested(17), undefined, /16 levels/],
    ['is a list nested too deep', `{"a":${'['.repeat(17)}${']'.repeat(17)}}`, undefined, /16/],
    ['is not UTF-8', Buffer.from('{"name":"x","value":"\xff"}', 'latin1'), undefined, /UTF-8/],
    ['is in another charset', '{}', 'application/json; charset=utf-16', /UTF-8|JSON/],
  ])('that %s is 400', async (_, text, type, words) => {
    const { body } = await post(text, type).expect(400)
    expect(body).toMatchObject({ code: 'malformed', detail: expect.stringMatching(words) })
  })

  it('may be nested 16 levels deep, and is then refused for what it holds', async () => {
    const { body } = await post(nested(16)).expect(422)
    expect(body.errors).toContainEqual(expect.objectContaining({ pointer: '#/a' }))
  })

  it('of more than 1 MiB is 413, and of 1 MiB is read', async () => {
    const sized = (bytes: number) => `{"name":"${'x'.repeat(bytes - '{"name":""}'.length)}"}`
    expect((await post(sized(2 ** 20 + 1)).expect(413)).body.code).toBe('too_large')
    await post(sized(2 ** 20)).expect(422)
  })

  it('is not unpacked', async () => {
    const { body } = await post('{}').set('Content-Encoding', 'gzip').expect(400)
    expect(body.detail).toMatch(/Content-Encoding/)
  })

  it.each([
    ['#/__proto__', '{"__proto__":{"value":"v"},"name":"x"}'],
    ['#/config/__proto__', '{"name":"x","type":"vault","config":{"__proto__":{"token":"t"}}}'],
    ['#/a/0/b/__proto__', '{"a":[{"b":{"__proto__":1}}]}'],
    ['#/constructor', '{"constructor":{"prototype":{"value":"v"}}}'],
    ['#/toString', '{"toString":"x"}'],
  ])('with %s is 422 at that place', async (pointer, text) => {
    for (const path of ['/api/secrets', '/api/secret-providers']) {
      const { body } = await post(text, undefined, path).expect(422)
      expect(body.errors).toContainEqual(
        expect.objectContaining({ pointer, code: 'unknown_field' }),
      )
    }
    expect(({} as Record<string, unknown>)['value']).toBeUndefined()
  })

  it('with `__proto__` in a patch of a config is 422', async () => {
    const path = `/api/secret-providers/${world.acme.providerId}`
    const patch = world.api.as(world.acme.owner).patch(path)
    const text = '{"config":{"__proto__":{"token":"t"}}}'
    const { body } = await sent(patch, text, 'application/json').expect(422)
    expect(body.errors).toMatchObject([{ pointer: '#/config/__proto__' }])
  })

  it('is not looked at before the token is', async () => {
    await post('{"name":').unset('Authorization').expect(401)
    await post('x'.repeat(2 ** 21))
      .unset('Authorization')
      .expect(401)
  })
})

describe('a list', () => {
  it.each(['0', '201', 'x', '-1', '1.5', '', 'NaN'])('refuses limit=%s', async (limit) => {
    const { body } = await get(`/api/secrets?limit=${limit}`).expect(422)
    expect(body.errors).toEqual([
      { pointer: '?limit', code: expect.any(String), detail: 'Give a number from 1 to 200.' },
    ])
  })

  it('refuses a parameter that it does not know, and one given twice', async () => {
    const { body } = await get('/api/secrets?colour=red&limit=1&limit=2&q=a&q=b').expect(422)
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '?colour',
      '?limit',
      '?q',
    ])
  })

  const cursorOf = (text: string) => Buffer.from(text).toString('base64url')

  it.each(['x', '', '%00', 'bm90IGEgY3Vyc29y', cursorOf(`ListSecrets x ${'-'.repeat(36)}`)])(
    'refuses the cursor %j',
    async (cursor) => {
      const { body } = await get(`/api/secrets?cursor=${cursor}`).expect(400)
      expect(body).toMatchObject({ code: 'malformed', detail: expect.stringMatching(/cursor/) })
    },
  )

  it('refuses a cursor of another list, of another organization, and one made up', async () => {
    const { api, acme, globex } = world
    for (const name of ['a', 'b']) {
      await api.as(acme.owner).post('/api/secrets', { name, value: 'v' }).expect(201)
    }
    const { nextCursor } = (await get('/api/secrets?limit=1').expect(200)).body
    await get(`/api/secrets?limit=1&cursor=${nextCursor}`).expect(200)
    await get(`/api/envs?cursor=${nextCursor}`).expect(400)
    await api.as(globex.owner).get(`/api/secrets?cursor=${nextCursor}`).expect(400)
    await api.as().get(`/api/secrets?cursor=${nextCursor}`).expect(400)
    await get(`/api/secrets?cursor=${cursorOf(`ListSecrets ${acme.id} ${'-'.repeat(36)}`)}`).expect(
      400,
    )
  })

  it('shows each thing once while others come and go', async () => {
    const { api, globex } = world
    const owner = api.as(globex.owner)
    const create = async (name: string) =>
      (await owner.post('/api/secrets', { name, value: 'v' }).expect(201)).body.id as string
    const there = (await owner.get('/api/secrets').expect(200)).body.items.map(
      ({ id }: { id: string }) => id,
    )
    const ids = [...there, await create('p1'), await create('p2'), await create('p3')]
    const seen: string[] = []
    for (let cursor = ''; ;) {
      const page = await owner.get(`/api/secrets?limit=1${cursor}`).expect(200)
      seen.push(...page.body.items.map(({ id }: { id: string }) => id))
      if (seen.length === 2) await owner.delete(`/api/secrets/${seen[0]}`).query('force=true')
      if (page.body.nextCursor === null) break
      cursor = `&cursor=${page.body.nextCursor}`
    }
    expect(seen).toEqual(ids)
  })

  it('finds a part of a name as it is written, whatever its case', async () => {
    const owner = world.api.as(world.acme.owner)
    for (const name of ['100%', 'under_score', 'back\\slash', 'Plain']) {
      await owner.post('/api/secrets', { name, value: 'v' }).expect(201)
    }
    const named = async (q: string) =>
      (await owner.get('/api/secrets').query({ q }).expect(200)).body.items.map(
        ({ name }: { name: string }) => name,
      )
    expect(await named('%')).toEqual(['100%'])
    expect(await named('_')).toEqual(['under_score'])
    expect(await named('\\')).toEqual(['back\\slash'])
    expect(await named('pLAIN')).toEqual(['Plain'])
    const providers = await owner.get('/api/secret-providers').query({ q: '_' }).expect(200)
    expect(providers.body.items).toEqual([])
  })
})

describe('NUL and half characters', () => {
  it.each([
    '/api/secrets?name=%00',
    '/api/secrets?q=%00',
    '/api/secret-providers?type=%00',
    '/api/secret-providers?q=a%00',
    '/api/envs?consumerId=%00',
    '/api/envs?name=%00',
    '/api/api-tokens?name=%00',
    '/api/secrets?name=%ED%A0%80',
  ])('in %s find nothing, or are refused', async (path) => {
    const response = await get(path)
    expect([200, 422]).toContain(response.status)
    if (response.status === 200) expect(response.body.items).toEqual([])
  })

  it.each(['\0', 'w\ud800', ''])('in a workload id are refused: %j', async (workloadId) => {
    const { api, acme } = world
    const { body } = await api
      .as(acme.orchestrator)
      .post('/api/resolve/workload', { consumer: { kind: 'agent', id: 'billing' }, workloadId })
      .expect(422)
    expect(body.errors).toMatchObject([{ pointer: '#/workloadId' }])
  })
})

describe('a path', () => {
  it('that does not exist is 404, with an id that is none is 404, badly escaped is 400', async () => {
    expect((await get('/api/nothing').expect(404)).body.code).toBe('not_found')
    await get('/').expect(404)
    await get('/api/secrets/7').expect(404)
    await get('/api/secrets/%00').expect(404)
    await get('/api/secrets/%2e%2e').expect(404)
    expect((await get('/api/secrets/%E0%A4%A').expect(400)).body.code).toBe('malformed')
  })

  it('names the methods that it knows', async () => {
    const response = await world.api.as().patch('/api/secrets', {}).expect(405)
    expect(response.headers['allow']).toBe('POST, GET')
    expect(response.body.code).toBe('method_not_allowed')
  })
})

describe('If-Match', () => {
  it('lets a change through for the revision that it names, and for no other', async () => {
    const owner = world.api.as(world.acme.owner)
    const { acme } = world
    for (const path of [
      `/api/secrets/${acme.secretId}`,
      `/api/envs/${acme.envId}`,
      `/api/secret-providers/${acme.providerId}`,
    ]) {
      const before = await owner.get(path).expect(200)
      const etag = before.headers['etag'] ?? ''
      expect(etag).toBe(`"r${before.body.revision}"`)
      const body = path.includes('envs') ? { name: 'RENAMED' } : { description: 'x' }
      for (const tag of ['"r999"', 'W/' + etag, 'r1', '""', '"r1', `"r${'9'.repeat(400)}"`]) {
        const refused = await owner.patch(path, body).set('If-Match', tag).expect(412)
        expect(refused.body).toMatchObject({ code: 'precondition_failed' })
        expect(refused.body.detail).toContain(`r${before.body.revision}`)
      }
      await owner.delete(path).set('If-Match', '"r999"').expect(412)
      const after = await owner.patch(path, body).set('If-Match', `"r9", ${etag}`).expect(200)
      expect(after.body.revision).toBe(before.body.revision + 1)
      expect(after.headers['etag']).toBe(`"r${after.body.revision}"`)
      await owner.patch(path, body).set('If-Match', '*').expect(200)
    }
  })
})

describe('every answer', () => {
  it('has a request id, may not be kept, and runs nothing', async () => {
    for (const path of ['/api/secrets', '/api/nothing', '/livez', '/api/openapi.json']) {
      const { headers } = await get(path)
      expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
      expect(headers['cache-control']).toBe('no-store')
      expect(headers['content-security-policy']).toContain("default-src 'none'")
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['x-powered-by']).toBeUndefined()
    }
  })

  it('has no ETag that a guess at its body could be checked against', async () => {
    const { acme, api } = world
    const resolved = await api
      .as(acme.orchestrator)
      .post('/api/resolve/secret', { secretId: acme.secretId })
      .expect(200)
    expect(resolved.headers['etag']).toBeUndefined()
  })

  it('that is a problem says which, under a request id that is logged', async () => {
    const { body, headers } = await get('/api/secrets/7').expect(404)
    expect(headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(body).toEqual({
      type: '/problems/not_found',
      title: 'Not found',
      status: 404,
      code: 'not_found',
      detail: expect.stringMatching(/\.$/),
      requestId: headers['x-request-id'],
    })
    expect(world.api.logged.join()).toContain(body.requestId)
  })
})
