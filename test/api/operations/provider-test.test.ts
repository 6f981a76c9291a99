import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseAllowList } from '../../../api/backends/outbound/allow-list.ts'
import type { Caller, TestApi } from '../../support/test-api.ts'
import { startTestApi } from '../../support/test-api.ts'
import { freshName } from './world.ts'

/** Port 1 (tcpmux) is one that nothing listens at. */
const nowhere = 'http://127.0.0.1:1'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** Of each type, where nothing answers, with credentials of its own. */
const providers = {
  vault: { address: nowhere, token: 'canary' },
  'aws-sm': {
    region: 'eu-west-1',
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'canary',
    endpoint: nowhere,
    stsEndpoint: nowhere,
  },
  'azure-kv': {
    vaultUrl: 'https://127.0.0.1:1',
    authorityHost: 'https://127.0.0.1:1',
    tenantId: 'contoso.test',
    clientId: '0198c0de-0000-7000-8000-000000000000',
    clientSecret: 'canary',
  },
  'gcp-sm': {
    projectId: 'agyn-test',
    endpoint: nowhere,
    serviceAccountJson: JSON.stringify({
      type: 'service_account',
      client_email: 'canary@agyn-test.iam.gserviceaccount.com',
      private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
      token_uri: `${nowhere}/token`,
    }),
  },
} as const

/** Where each sends its credentials. */
const destinations = {
  vault: 'address',
  'aws-sm': 'endpoint',
  'azure-kv': 'vaultUrl',
  'gcp-sm': 'endpoint',
} as const

let api: TestApi
let owner: Caller
beforeAll(async () => {
  api = await startTestApi({ outbound: { allow: parseAllowList('127.0.0.1') } })
  owner = api.as((await api.organization('acme')).owner)
})
afterAll(() => api.close())

describe.each(Object.entries(providers))('testing a provider of type %s', (type, config) => {
  const failed = { ok: false, code: 'unreachable', detail: expect.stringMatching(/\.$/) }

  it('says before it is saved that nothing answers there, and no credential', async () => {
    const { body, text } = await owner
      .post('/api/secret-providers/test', { type, config })
      .expect(200)
    expect(body).toMatchObject(failed)
    expect(text).not.toContain('canary')
  })

  it('says it of a saved one too, and remembers it until the config changes', async () => {
    const created = { name: freshName(), type, config }
    const { id } = (await owner.post('/api/secret-providers', created).expect(201)).body
    const path = `/api/secret-providers/${id}`
    expect((await owner.post(`${path}/test`).expect(200)).body).toMatchObject(failed)
    const { status, code, checkedAt } = (await owner.get(path)).body.health
    expect([status, code, typeof checkedAt]).toEqual(['failing', 'unreachable', 'string'])
    expect((await owner.patch(path, { description: 'x' })).body.health.status).toBe('failing')
    const changed = await owner.patch(path, { config: { pathPrefix: 'other' } }).expect(200)
    expect(changed.body.health).toEqual({ status: 'unknown' })
  })

  it('keeps its credentials sealed, and gives none to another destination', async () => {
    const created = { name: freshName(), type, config }
    const { id } = (await owner.post('/api/secret-providers', created).expect(201)).body
    const row = await api.database.prisma.secretProvider.findUniqueOrThrow({ where: { id } })
    expect(JSON.stringify(row.config)).not.toContain('canary')
    expect(row.credentials).not.toBeNull()
    const elsewhere = {
      config: { [destinations[type as keyof typeof destinations]]: 'https://x.test' },
    }
    const { body } = await owner.patch(`/api/secret-providers/${id}`, elsewhere).expect(422)
    expect(body.errors).toEqual(
      row.sensitiveFields.map((key) =>
        expect.objectContaining({ pointer: `#/config/${key}`, code: 'destination_changed' }),
      ),
    )
  })
})
