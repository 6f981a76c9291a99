import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { introduceAdmin, renewAdmin } from '../../../api/principals/admin-tokens.ts'
import { startTestApi, type TestApi } from '../../support/test-api.ts'

let api: TestApi
beforeAll(async () => {
  api = await startTestApi()
})
afterAll(() => api.close())

describe('an admin token', () => {
  it('is made once, by the first of two that start at once', async () => {
    const made = await Promise.all([introduceAdmin(api.database), introduceAdmin(api.database)])
    const [token, ...more] = made.filter((each) => each !== undefined)
    expect(more).toEqual([])
    const { body } = await api.as(token).get('/api/whoami').expect(200)
    expect(body).toMatchObject({ kind: 'admin', role: 'admin' })
    expect(await introduceAdmin(api.database)).toBeUndefined()
  })

  it('that is renewed takes the place of those before', async () => {
    const first = await renewAdmin(api.database)
    const second = await renewAdmin(api.database)
    const { body } = await api.as(first).get('/api/whoami').expect(401)
    expect(body.detail).toContain('revoked')
    await api.as(second).get('/api/whoami').expect(200)
  })
})
