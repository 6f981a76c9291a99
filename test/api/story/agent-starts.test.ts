import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApi, type Organization, type TestApi } from '../../support/test-api.ts'

describe('an agent that starts', () => {
  let api: TestApi
  let acme: Organization
  beforeAll(async () => {
    api = await startTestApi()
    acme = await api.organization('acme')
  })
  afterAll(() => api.close())

  it('receives a local secret and a plain value, and nobody else reads the secret', async () => {
    const owner = api.as(acme.owner)
    const secret = await owner
      .post('/api/secrets', { name: 'stripe-api-key', value: 'sk_live_canary' })
      .expect(201)
    const consumer = { kind: 'agent', id: 'billing' }
    await owner
      .post('/api/envs', { consumer, name: 'STRIPE_API_KEY', secretId: secret.body.id })
      .expect(201)
    await owner.post('/api/envs', { consumer, name: 'REGION', value: 'eu' }).expect(201)

    const resolved = await api
      .as(acme.orchestrator)
      .post('/api/resolve/workload', { consumer, workloadId: 'w-1' })
      .expect(200)
    expect(resolved.body.env).toEqual([
      { name: 'REGION', value: 'eu', encoding: 'utf8' },
      {
        name: 'STRIPE_API_KEY',
        value: 'sk_live_canary',
        encoding: 'utf8',
        secretId: secret.body.id,
        version: '1',
        fingerprint: secret.body.fingerprint,
      },
    ])

    for (const token of [acme.owner, acme.member, undefined]) {
      await api.as(token).post('/api/resolve/workload', { consumer }).expect(403)
      const shown = await api.as(token).get(`/api/secrets/${secret.body.id}`).expect(200)
      expect(JSON.stringify(shown.body)).not.toContain('canary')
    }
    expect(api.logged.join()).not.toContain('canary')
  })
})
