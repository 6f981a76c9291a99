import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { providerSettings } from '../../../api/resolver/open-provider.ts'
import { parseAllowList } from '../../../api/backends/outbound/allow-list.ts'
import { startTestApi, type Caller, type TestApi } from '../../support/test-api.ts'
import { rightToken, startVault } from '../backends/vault/fake-vault.ts'
import { freshName, noSuchId } from './world.ts'

/** Nothing listens there: where new values go is said without asking a store. */
const vault = { type: 'vault', config: { address: 'http://127.0.0.1:1', token: 'hvs.t' } } as const

const outbound = { allow: parseAllowList('127.0.0.1') }

interface Fresh {
  readonly id: string
  readonly path: string
}

const organizationOf = async (admin: Caller, body: object = {}): Promise<Fresh> => {
  const made = await admin.post('/api/organizations', { name: freshName(), ...body }).expect(201)
  return { id: made.body.id, path: `/api/organizations/${made.body.id}` }
}

const providerOf = async (admin: Caller, { id: organizationId }: Fresh): Promise<string> => {
  const body = { ...vault, name: freshName(), organizationId }
  return (await admin.post('/api/secret-providers', body).expect(201)).body.id
}

const storageOf = (body: { defaultStorage: string; defaultProviderId?: string }) => [
  body.defaultStorage,
  body.defaultProviderId,
]

describe('where new values go, without a store of the deployment', () => {
  let api: TestApi
  let admin: Caller
  beforeAll(async () => {
    api = await startTestApi({ outbound })
    admin = api.as()
  })
  afterAll(() => api.close())

  const withoutStore = {
    pointer: '#/defaultStorage',
    code: 'required',
    detail: expect.stringMatching(/no store of its own: name a provider in `defaultProviderId`/),
  }

  it('is here, unless somebody says otherwise', async () => {
    const { path } = await organizationOf(admin)
    expect(storageOf((await admin.get(path)).body)).toEqual(['local', undefined])
    const local = await organizationOf(admin, { defaultStorage: 'local' })
    expect(storageOf((await admin.get(local.path)).body)).toEqual(['local', undefined])
  })

  it('is no store as long as there is none', async () => {
    const body = { name: freshName(), defaultStorage: 'managed' }
    const created = await admin.post('/api/organizations', body).expect(422)
    expect(created.body.errors).toEqual([withoutStore])
    const { path } = await organizationOf(admin)
    const changed = await admin.patch(path, { defaultStorage: 'managed' }).expect(422)
    expect(changed.body.errors).toEqual([withoutStore])
  })

  it('is a provider that is named, which implies managed, until another storage is', async () => {
    const made = await organizationOf(admin)
    const providerId = await providerOf(admin, made)
    const { body } = await admin.patch(made.path, { defaultProviderId: providerId }).expect(200)
    expect(storageOf(body)).toEqual(['managed', providerId])
    expect(body.revision).toBe(2)
    expect(storageOf((await admin.get(made.path)).body)).toEqual(['managed', providerId])

    const again = { defaultStorage: 'managed', defaultProviderId: providerId }
    expect((await admin.patch(made.path, again).expect(200)).body.revision).toBe(2)
    await admin.patch(made.path, { defaultStorage: 'managed' }).expect(200) // it is set already
    const renamed = await admin.patch(made.path, { name: freshName() }).expect(200)
    expect(storageOf(renamed.body)).toEqual(['managed', providerId])

    for (const defaultStorage of ['local', null]) {
      await admin.patch(made.path, { defaultProviderId: providerId }).expect(200)
      const cleared = (await admin.patch(made.path, { defaultStorage }).expect(200)).body
      expect(storageOf(cleared)).toEqual(['local', undefined])
    }
  })

  it('does not change silently when the provider is cleared', async () => {
    const made = await organizationOf(admin)
    const defaultProviderId = await providerOf(admin, made)
    await admin.patch(made.path, { defaultProviderId }).expect(200)
    const refused = await admin.patch(made.path, { defaultProviderId: null }).expect(422)
    expect(refused.body.errors).toEqual([withoutStore])
    const both = { defaultProviderId: null, defaultStorage: 'local' }
    expect(storageOf((await admin.patch(made.path, both).expect(200)).body)).toEqual([
      'local',
      undefined,
    ])
  })

  it('is no provider that is deleted, of another organization, or nowhere', async () => {
    const [made, other] = [await organizationOf(admin), await organizationOf(admin)]
    const deleted = await providerOf(admin, made)
    await admin.delete(`/api/secret-providers/${deleted}`).expect(204)
    for (const defaultProviderId of [deleted, await providerOf(admin, other), noSuchId]) {
      const { body } = await admin.patch(made.path, { defaultProviderId }).expect(422)
      expect(body.errors).toMatchObject([{ pointer: '#/defaultProviderId', code: 'unknown_id' }])
    }
  })

  it.each(['local', null])('is not a provider and %s', async (defaultStorage) => {
    const made = await organizationOf(admin)
    const body = { defaultStorage, defaultProviderId: await providerOf(admin, made) }
    const refused = await admin.patch(made.path, body).expect(422)
    expect(refused.body.errors).toMatchObject([{ pointer: '#/defaultProviderId' }])
  })

  it('keeps its provider from being deleted, which counts the organization', async () => {
    const made = await organizationOf(admin)
    const providerId = await providerOf(admin, made)
    await admin.patch(made.path, { defaultProviderId: providerId }).expect(200)
    const secret = {
      organizationId: made.id,
      name: freshName(),
      providerId,
      remotePath: 'kv/data/x',
    }
    await admin.post('/api/secrets', secret).expect(201)
    const { body } = await admin.delete(`/api/secret-providers/${providerId}`).expect(409)
    expect(body).toMatchObject({
      code: 'in_use',
      count: 2,
      detail:
        '1 organization, 1 secret refer to this provider. Choose another default for the organization first, or repeat with ?force=true.',
      references: [{ kind: 'organization', id: made.id }, { kind: 'secret' }],
    })

    await admin.delete(`/api/secret-providers/${providerId}?force=true`).expect(204)
    expect(storageOf((await admin.get(made.path)).body)).toEqual(['managed', providerId])
    await admin.patch(made.path, { defaultStorage: 'local' }).expect(200)
  })

  it('is gone with the organization, even when its provider was deleted by force', async () => {
    const made = await organizationOf(admin)
    const providerId = await providerOf(admin, made)
    await admin.patch(made.path, { defaultProviderId: providerId }).expect(200)
    await admin.delete(`/api/secret-providers/${providerId}?force=true`).expect(204)
    await admin.delete(made.path).expect(204)
  })
})

describe('where new values go, with a store of the deployment', () => {
  let api: TestApi
  let admin: Caller
  beforeAll(async () => {
    const config = { ...vault.config, authMethod: 'token' }
    const defaultStore = providerSettings('vault', config)
    api = await startTestApi({ outbound, defaultStore })
    admin = api.as()
  })
  afterAll(() => api.close())

  it('is that store, unless somebody says otherwise', async () => {
    const { path } = await organizationOf(admin)
    expect(storageOf((await admin.get(path)).body)).toEqual(['managed', undefined])
    const { items } = (await admin.get('/api/organizations').expect(200)).body
    expect(items.map(storageOf)).toContainEqual(['managed', undefined])
    const local = await admin.patch(path, { defaultStorage: 'local' }).expect(200)
    expect(storageOf(local.body)).toEqual(['local', undefined])
    const back = await admin.patch(path, { defaultStorage: null }).expect(200)
    expect(storageOf(back.body)).toEqual(['managed', undefined])
  })

  it('is that store again when the provider is cleared', async () => {
    const made = await organizationOf(admin, { defaultStorage: 'managed' })
    const defaultProviderId = await providerOf(admin, made)
    await admin.patch(made.path, { defaultProviderId }).expect(200)
    const { body } = await admin.patch(made.path, { defaultProviderId: null }).expect(200)
    expect(storageOf(body)).toEqual(['managed', undefined])
  })
})

describe("the deployment's own store on loopback", () => {
  it('keeps values without being allowed to providers, which are still refused there', async () => {
    const store = await startVault({ mounts: { secret: 2 } })
    const config = { address: store.address, authMethod: 'token', kvVersion: 2, token: rightToken }
    const defaultStore = providerSettings('vault', config)
    const api = await startTestApi({ outbound: {}, defaultStore })
    const acme = await api.organization('acme')
    const owner = api.as(acme.owner)

    const secret = { name: 'kept', value: 'canary-kept' }
    const made = await owner.post('/api/secrets', secret).expect(201)
    expect(made.body.storage).toBe('managed')
    const wanted = { secretId: made.body.id }
    const resolved = await api.as(acme.orchestrator).post('/api/resolve/secret', wanted).expect(200)
    expect(resolved.body.value).toBe('canary-kept')

    const provider = {
      name: 'theirs',
      ...vault,
      config: { ...vault.config, address: store.address },
    }
    const refused = await owner.post('/api/secret-providers', provider).expect(422)
    expect(refused.body.errors).toMatchObject([
      { pointer: '#/config/address', code: 'address_refused' },
    ])
    await api.close()
    await store.close()
  })
})
