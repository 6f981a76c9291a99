import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { parseAllowList } from '../../../api/backends/outbound/allow-list.ts'
import type { Caller, Organization, TestApi } from '../../support/test-api.ts'
import { startTestApi } from '../../support/test-api.ts'
import { freshName } from './world.ts'

/** The package that is not installed, as far as these tests are concerned. */
const packages = vi.hoisted(() => ({ missing: undefined as string | undefined }))
vi.mock('../../../api/backends/store-packages.ts', () => ({
  missingPackage: () => packages.missing,
}))

const TOKEN_FILE = '/run/secrets/listed-token'
const address = 'http://127.0.0.1:1'

let api: TestApi
let acme: Organization
let admin: Caller
let owner: Caller
beforeAll(async () => {
  const outbound = { allow: parseAllowList('127.0.0.1') }
  api = await startTestApi({ tokenPaths: [TOKEN_FILE], outbound })
  acme = await api.organization('acme')
  admin = api.as()
  owner = api.as(acme.owner)
})
afterAll(() => api.close())
beforeEach(() => (packages.missing = undefined))

/** Configs that use what belongs to the deployment. */
const borrowing = {
  'a token file, for Kubernetes': {
    type: 'vault',
    config: { address, authMethod: 'kubernetes', role: 'agyn', tokenPath: TOKEN_FILE },
  },
  'a token file, for JWT': {
    type: 'vault',
    config: { address, authMethod: 'jwt', role: 'agyn', tokenPath: TOKEN_FILE },
  },
  'the AWS identity, for Vault': {
    type: 'vault',
    config: { address, authMethod: 'aws', role: 'agyn' },
  },
  'the AWS identity': { type: 'aws-sm', config: { region: 'eu-west-1' } },
  'the Azure identity': {
    type: 'azure-kv',
    config: { vaultUrl: 'https://agyn-test.vault.azure.net' },
  },
  'the Google identity': { type: 'gcp-sm', config: { projectId: 'agyn-test' } },
  'a token file, for Google': {
    type: 'gcp-sm',
    config: { projectId: 'agyn-test', serviceAccountJson: federation({ file: TOKEN_FILE }) },
  },
  'an address in its network, for Google': {
    type: 'gcp-sm',
    config: {
      projectId: 'agyn-test',
      serviceAccountJson: federation({ url: 'http://wiki.internal/page' }),
    },
  },
} as const

/** Workload identity federation that takes its token from `source`. */
function federation(source: object, more: object = {}): string {
  return JSON.stringify({
    type: 'external_account',
    audience:
      '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: 'https://sts.googleapis.com/v1/token',
    credential_source: source,
    ...more,
  })
}

const own = { type: 'vault', config: { address, token: 'hvs.own' } }

const create = (caller: Caller, body: object) =>
  caller.post('/api/secret-providers', {
    name: freshName(),
    ...(caller === admin ? { organizationId: acme.id } : {}),
    ...body,
  })

async function made(caller: Caller, body: object): Promise<string> {
  return `/api/secret-providers/${(await create(caller, body).expect(201)).body.id}`
}

const onlyAnAdmin = {
  code: 'forbidden',
  detail: expect.stringMatching(/^This provider .* belongs to the deployment: only an admin may/),
}

describe.each(Object.entries(borrowing))('a provider that borrows %s', (_, body) => {
  it('is made by an admin alone', async () => {
    expect((await create(owner, body).expect(403)).body).toMatchObject(onlyAnAdmin)
    await create(admin, body).expect(201)
  })

  it('is not tried for an owner, and nothing is contacted', async () => {
    const refused = await owner.post('/api/secret-providers/test', body).expect(403)
    expect(refused.body).toMatchObject(onlyAnAdmin)
  })

  it('is renamed by an owner, but not re-pointed, and not opened to browsing', async () => {
    const path = await made(admin, body)
    const renamed = await owner.patch(path, { name: freshName(), description: 'x' }).expect(200)
    for (const change of [{ config: { pathPrefix: 'other' } }, { allowBrowse: true }]) {
      expect((await owner.patch(path, change).expect(403)).body).toMatchObject(onlyAnAdmin)
    }
    await owner.patch(path, { config: {}, allowBrowse: false }).expect(200)
    expect((await owner.get(path)).body.config).toEqual(renamed.body.config)
    await admin.patch(path, { config: { pathPrefix: 'other' }, allowBrowse: true }).expect(200)
    await owner.delete(path).expect(204)
  })
})

describe('a provider with credentials of its own', () => {
  it('is not made to borrow by an owner, nor the other way round', async () => {
    const path = await made(owner, own)
    const borrow = { config: { authMethod: 'aws', role: 'agyn' } }
    expect((await owner.patch(path, borrow).expect(403)).body).toMatchObject(onlyAnAdmin)
    await admin.patch(path, borrow).expect(200)
    const back = { config: { authMethod: 'token', token: 'hvs.own' } }
    expect((await owner.patch(path, back).expect(403)).body).toMatchObject(onlyAnAdmin)
    await admin.patch(path, back).expect(200)
    await owner.patch(path, { config: { namespace: 'ours' } }).expect(200)
  })

  it('is recorded as denied when an owner tries', async () => {
    const path = await made(owner, own)
    await owner.patch(path, { config: { authMethod: 'aws', role: 'agyn' } }).expect(403)
    const denied = await api.database.prisma.auditEvent.findMany({
      where: { operation: 'UpdateSecretProvider', outcome: 'denied', organizationId: acme.id },
    })
    expect(denied.at(-1)).toMatchObject({ detail: { reason: 'rule' } })
  })
})

/** What is wrong with a config, to whoever makes, changes or tries it. */
async function complaints(body: { readonly type: string; readonly config: object }) {
  const tried = await admin
    .post('/api/secret-providers/test', { organizationId: acme.id, ...body })
    .expect(422)
  const created = await create(admin, body).expect(422)
  expect(created.body.errors).toEqual(tried.body.errors)
  return created.body.errors as { pointer: string; code: string; detail: string }[]
}

describe('a file of the server', () => {
  const kubernetes = { address, authMethod: 'kubernetes', role: 'agyn' }
  const unlisted = {
    code: 'misconfigured',
    detail: expect.stringMatching(/not one that providers may log in with.*AGYN_TOKEN_PATHS/),
  }

  it.each([
    '/proc/self/environ',
    `${TOKEN_FILE}/../key`,
    `/run/secrets/./listed-token`,
    undefined, // the default is not listed here
  ])('is refused when it is not listed: %s', async (tokenPath) => {
    const config = { ...kubernetes, ...(tokenPath === undefined ? {} : { tokenPath }) }
    expect(await complaints({ type: 'vault', config })).toEqual([
      { pointer: '#/config/tokenPath', ...unlisted },
    ])
  })

  it('is refused in an update', async () => {
    const path = await made(admin, borrowing['a token file, for Kubernetes'])
    const { body } = await admin.patch(path, { config: { tokenPath: '/etc/passwd' } }).expect(422)
    expect(body.errors).toEqual([{ pointer: '#/config/tokenPath', ...unlisted }])
  })

  it('is refused inside a key file, which names the member', async () => {
    const serviceAccountJson = federation({ file: '/proc/self/environ' })
    const body = { type: 'gcp-sm', config: { projectId: 'agyn-test', serviceAccountJson } }
    expect(await complaints(body)).toEqual([
      {
        pointer: '#/config/serviceAccountJson',
        code: 'misconfigured',
        detail: expect.stringMatching(/^`credential_source\.file`: This file/),
      },
    ])
  })
})

describe('an address inside a key file', () => {
  const metadata = 'http://169.254.169.254/computeMetadata/v1/token'

  it.each<[member: string, serviceAccountJson: string]>([
    ['credential_source.url', federation({ url: metadata })],
    ['credential_source.url', federation({ url: `${metadata}?audience=x` })],
    ['token_url', federation({ url: 'https://idp.test/token' }, { token_url: metadata })],
    [
      'service_account_impersonation_url',
      federation(
        { url: 'https://idp.test/token' },
        { service_account_impersonation_url: 'http://[::ffff:169.254.169.254]/x' },
      ),
    ],
    [
      'token_uri',
      JSON.stringify({
        type: 'service_account',
        client_email: 'a@b.iam.gserviceaccount.com',
        private_key: 'x',
        token_uri: 'http://metadata.google.internal/token',
      }),
    ],
  ])('is refused where providers may not go: %s', async (member, serviceAccountJson) => {
    const body = { type: 'gcp-sm', config: { projectId: 'agyn-test', serviceAccountJson } }
    const found = await complaints(body)
    expect(found).toEqual([
      {
        pointer: '#/config/serviceAccountJson',
        code: 'address_refused',
        detail: expect.stringMatching(new RegExp(`^\`${member}\`: Address .* is not allowed`)),
      },
    ])
  })

  it('may have a query, and lead anywhere else', async () => {
    const serviceAccountJson = federation({ url: 'https://idp.test/token?audience=google' })
    const config = { projectId: 'agyn-test', serviceAccountJson }
    await create(admin, { type: 'gcp-sm', config }).expect(201)
  })
})

describe('a type whose package is not installed', () => {
  const body = { type: 'aws-sm', config: { region: 'eu-west-1' } }
  const named = {
    pointer: '#/type',
    code: 'misconfigured',
    detail:
      'This provider needs the package the-sdk, which is not installed. Run npm install the-sdk where the API runs, then restart it.',
  }

  it('is refused at once, together with what else is wrong', async () => {
    packages.missing = 'the-sdk'
    const config = { ...body.config, endpoint: 'http://169.254.169.254' }
    const created = await create(admin, { ...body, config }).expect(422)
    expect(created.body.errors).toMatchObject([named, { pointer: '#/config/endpoint' }])
  })

  it('is not given another config, but still another name', async () => {
    const path = await made(admin, body)
    packages.missing = 'the-sdk'
    const changed = await admin.patch(path, { config: { region: 'eu-west-2' } }).expect(422)
    expect(changed.body.errors).toEqual([named])
    await admin.patch(path, { name: freshName() }).expect(200)
  })
})
