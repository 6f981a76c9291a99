import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MASK } from '../../../contract/masking.ts'
import { fieldsOf, providerTypeNames } from '../../../contract/schemas/provider-types/index.ts'
import { mergeConfig } from '../../../api/operations/secret-providers/merge-config.ts'
import { Invalid } from '../../../api/errors.ts'
import { makeCertificate } from '../backends/outbound/make-certificate.ts'
import { rightToken } from '../backends/vault/fake-vault.ts'
import { freshName, startWorld, vaultProvider, type World } from './world.ts'

let world: World
beforeAll(async () => void (world = await startWorld()))
afterAll(() => world.close())

const owner = () => world.api.as(world.acme.owner)
const create = async (config: object) => {
  const body = { name: freshName(), type: 'vault', config }
  return (await owner().post('/api/secret-providers', body).expect(201)).body.id as string
}
const patch = (id: string, config: object) =>
  owner().patch(`/api/secret-providers/${id}`, { config })
const works = async (id: string) =>
  (await owner().post(`/api/secret-providers/${id}/test`).expect(200)).body.ok as boolean

/** Bullets and asterisks, three of them or more. */
const masks = fc
  .array(fc.constantFrom('•', '*'), { minLength: 3, maxLength: 12 })
  .map((characters) => characters.join(''))

describe.each(providerTypeNames)('a sensitive field of %s', (type) => {
  const sensitive = fieldsOf(type).filter((field) => field.sensitive)
  const current = {
    authMethod: 'token',
    address: 'https://vault.test:8200',
    token: rightToken,
  }

  it('is one at least', () => expect(sensitive.length).toBeGreaterThan(0))

  it.each(sensitive)('$key never holds a mask after an update', ({ key }) => {
    fc.assert(
      fc.property(fc.oneof(masks, fc.constant(MASK), fc.string()), fc.boolean(), (text, moves) => {
        const config = { ...(moves ? { address: 'https://other.test' } : {}), [key]: text }
        let merged
        try {
          merged = mergeConfig(type, current, config)
        } catch (error) {
          expect(error).toBeInstanceOf(Invalid)
          return
        }
        const value = (merged as Record<string, unknown>)[key]
        expect(String(value)).not.toMatch(/^[•*]{3,}$/)
        if (text === MASK) expect(value).toBe(rightToken)
        else expect(value).toBe(text)
      }),
      { numRuns: 500 },
    )
  })
})

describe('a credential', () => {
  it('is shown as a mask by every answer', async () => {
    const created = await owner()
      .post('/api/secret-providers', vaultProvider(world.vault, freshName()))
      .expect(201)
    const path = `/api/secret-providers/${created.body.id}`
    const answers = [
      created,
      await owner().get(path).expect(200),
      await owner().patch(path, { description: 'x' }).expect(200),
      await owner().get('/api/secret-providers').expect(200),
    ]
    for (const { body } of answers) {
      const { config } = 'items' in body ? body.items.at(-1) : body
      expect(config.token).toBe(MASK)
      expect(JSON.stringify(body)).not.toContain(rightToken)
    }
  })

  it.each([
    ['absent', {}],
    ['the mask', { token: MASK }],
  ])('is kept when an update has it as %s', async (_, config) => {
    const id = await create(vaultProvider(world.vault).config)
    await patch(id, { ...config, namespace: 'team-a' }).expect(200)
    expect(await works(id)).toBe(true)
  })

  it('is replaced by another text, and cannot be cleared while it is required', async () => {
    const id = await create(vaultProvider(world.vault).config)
    await patch(id, { token: 'hvs.wrong' }).expect(200)
    expect(await works(id)).toBe(false)
    const { body } = await patch(id, { token: null }).expect(422)
    expect(body.errors).toMatchObject([{ pointer: '#/config/token', code: 'required' }])
  })

  it.each(['***', '•••', '*•*•*', MASK + '•', '•'.repeat(7)])('is not %s', async (token) => {
    const id = await create(vaultProvider(world.vault).config)
    const { body } = await patch(id, { token }).expect(422)
    expect(body.errors).toMatchObject([
      { pointer: '#/config/token', detail: expect.stringMatching(/mask/) },
    ])
    expect(await works(id)).toBe(true)
  })
})

describe('the fingerprint of a config', () => {
  it('is shown to owners alone, by every answer, and the list shows the same', async () => {
    const created = await owner()
      .post('/api/secret-providers', vaultProvider(world.vault, freshName()))
      .expect(201)
    const { id, name, configFingerprint } = created.body
    expect(configFingerprint).toMatch(/^[0-9a-f]{32}$/)
    const shown = async (token: string) => {
      const caller = world.api.as(token)
      const one = (await caller.get(`/api/secret-providers/${id}`).expect(200)).body
      const list = (await caller.get(`/api/secret-providers?name=${name}`).expect(200)).body
      return [one.configFingerprint, list.items[0].configFingerprint]
    }
    expect(await shown(world.acme.owner)).toEqual([configFingerprint, configFingerprint])
    expect(await shown(world.acme.member)).toEqual([undefined, undefined])
  })

  it('changes with a credential, and with nothing else', async () => {
    const id = await create(vaultProvider(world.vault).config)
    const print = async (config: object) =>
      (await patch(id, config).expect(200)).body.configFingerprint as string
    const first = await print({ token: MASK })
    expect(await print({ namespace: 'team-a' })).toBe(first)
    expect(await print({ token: rightToken })).toBe(first)
    const other = await print({ token: 'hvs.another' })
    expect(other).not.toBe(first)
    expect(await print({ address: 'http://127.0.0.1:9', token: 'hvs.another' })).toBe(other)
    expect(await print({ token: rightToken })).toBe(first)
    const renamed = await owner().patch(`/api/secret-providers/${id}`, { name: freshName() })
    expect(renamed.body.configFingerprint).toBe(first)
  })

  it('is not that of another provider with the same credentials', async () => {
    const ids = [await create(vaultProvider(world.vault).config)]
    ids.push(await create(vaultProvider(world.vault).config))
    const prints = await Promise.all(
      ids.map(async (id) => (await owner().get(`/api/secret-providers/${id}`)).body),
    )
    const [one, other] = prints.map(({ configFingerprint }) => configFingerprint)
    expect(one).not.toBe(other)
  })

  it('is absent while no sensitive field is set, and until the config is next written', async () => {
    const config = { region: 'eu-west-1' }
    const body = { organizationId: world.acme.id, name: freshName(), type: 'aws-sm', config }
    const made = await world.api.as().post('/api/secret-providers', body).expect(201)
    expect(made.body).not.toHaveProperty('configFingerprint')

    const id = await create(vaultProvider(world.vault).config)
    const { secretProvider } = world.api.database.prisma
    await secretProvider.update({ where: { id }, data: { configFingerprint: null } })
    const old = await owner().patch(`/api/secret-providers/${id}`, { description: 'x' }).expect(200)
    expect(old.body).not.toHaveProperty('configFingerprint')
    expect((await patch(id, {}).expect(200)).body.configFingerprint).toMatch(/^[0-9a-f]{32}$/)
  })
})

describe('a new destination', () => {
  const elsewhere = 'http://127.0.0.1:9'
  const { cert } = makeCertificate({ host: 'vault.test' })

  it.each([
    ['address, token absent', { address: elsewhere }, 422],
    ['address, token masked', { address: elsewhere, token: MASK }, 422],
    ['address, token nearly masked', { address: elsewhere, token: '****' }, 422],
    ['address, token null', { address: elsewhere, token: null }, 422],
    ['address, token given', { address: elsewhere, token: rightToken }, 200],
    ['certificate, token absent', { caCertificate: cert }, 422],
    ['certificate, token masked', { caCertificate: cert, token: MASK }, 422],
    ['certificate, token given', { caCertificate: cert, token: rightToken }, 200],
  ])('%s', async (_, config, status) => {
    const id = await create(vaultProvider(world.vault).config)
    const { body } = await patch(id, config).expect(status)
    if (status === 200) return
    expect(body.errors).toMatchObject([{ pointer: '#/config/token' }])
    const kept = await owner().get(`/api/secret-providers/${id}`).expect(200)
    expect(kept.body.config.address).toBe(world.vault.address)
    expect(await works(id)).toBe(true)
  })

  it('is also the certificate that goes away', async () => {
    const id = await create({ ...vaultProvider(world.vault).config, caCertificate: cert })
    const { body } = await patch(id, { caCertificate: null }).expect(422)
    expect(body.errors).toMatchObject([
      { code: 'destination_changed', detail: expect.stringMatching(/`token` again/) },
    ])
    await patch(id, { caCertificate: null, token: rightToken }).expect(200)
  })

  it('is not the same one sent again', async () => {
    const id = await create(vaultProvider(world.vault).config)
    await patch(id, { address: world.vault.address, caCertificate: null }).expect(200)
    expect(await works(id)).toBe(true)
  })

  it('written into the row behind our back does not get the token', async () => {
    const { api, acme } = world
    const id = await create(vaultProvider(world.vault).config)
    const secret = { name: freshName(), providerId: id, remotePath: 'secret/app' }
    const secretId = (await owner().post('/api/secrets', secret).expect(201)).body.id
    await api.database.prisma.secretProvider.update({
      where: { id },
      data: { config: { authMethod: 'token', address: elsewhere }, revision: { increment: 1 } },
    })
    const tested = await owner().post(`/api/secret-providers/${id}/test`).expect(200)
    expect(tested.body).toMatchObject({ ok: false, code: 'secret_unreadable' })
    const orchestrator = api.as(acme.orchestrator)
    const { body } = await orchestrator.post('/api/resolve/secret', { secretId }).expect(422)
    expect(body.errors).toMatchObject([{ secretId, code: 'secret_unreadable' }])
  })
})

describe('a merge patch of a config', () => {
  it('keeps what is absent, clears what is null, and refuses what the type does not have', async () => {
    const id = await create({
      ...vaultProvider(world.vault).config,
      namespace: 'team-a',
      mount: 'secret',
    })
    const { body } = await patch(id, { namespace: null, kvVersion: 2 }).expect(200)
    expect(body.config).toEqual({
      authMethod: 'token',
      address: world.vault.address,
      mount: 'secret',
      kvVersion: 2,
      token: MASK,
    })
    for (const config of [{ colour: 'red' }, { colour: null }, { 'col\0our': null }]) {
      const refused = await patch(id, config).expect(422)
      expect(refused.body.errors).toMatchObject([{ code: 'unknown_field' }])
    }
  })
})

describe('a value', () => {
  it('is never shown, and its mask keeps it', async () => {
    const body = { name: freshName(), value: 'v1' }
    const created = await owner().post('/api/secrets', body).expect(201)
    const path = `/api/secrets/${created.body.id}`
    const kept = await owner().patch(path, { value: MASK, description: 'x' }).expect(200)
    expect(kept.body).toMatchObject({ value: MASK, version: '1', description: 'x', revision: 2 })
    const changed = await owner().patch(path, { value: 'v2', description: null }).expect(200)
    expect(changed.body).toMatchObject({ value: MASK, version: '2' })
    expect(changed.body).not.toHaveProperty('description')
    expect(changed.body.fingerprint).not.toBe(created.body.fingerprint)
    const same = await owner().patch(path, { value: 'v2' }).expect(200)
    expect(same.body).toMatchObject({ version: '2', fingerprint: changed.body.fingerprint })
  })

  it.each(['***', MASK + '•', '•••'])('is not %s', async (value) => {
    const { secretId } = world.acme
    const { body } = await owner().patch(`/api/secrets/${secretId}`, { value }).expect(422)
    expect(body.errors).toMatchObject([{ pointer: '#/value', code: 'mask' }])
  })
})
