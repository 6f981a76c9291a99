import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MASK } from '../../../contract/masking.ts'
import { rightToken } from '../backends/vault/fake-vault.ts'
import { freshName, noSuchId, startWorld, type World } from './world.ts'

type Found = readonly [pointer: string, code: string, detail: RegExp]

let world: World
beforeAll(async () => void (world = await startWorld()))
afterAll(() => world.close())

const owner = () => world.api.as(world.acme.owner)

async function expectRefused(path: string, body: object, found: readonly Found[]) {
  const { body: problem } = await owner().post(path, body).expect(422)
  expect(problem).toMatchObject({ code: 'invalid', status: 422, type: '/problems/invalid' })
  expect(problem.errors).toEqual(
    found.map(([pointer, code, detail]) => ({
      pointer,
      code,
      detail: expect.stringMatching(detail),
    })),
  )
  const fields = found.length === 1 ? '1 field needs' : `${found.length} fields need`
  expect(problem.detail).toBe(`${fields} attention.`)
}

describe('a secret provider', () => {
  const config = { address: 'https://vault.test:8200', token: rightToken }

  it.each<[string, object, Found[]]>([
    ['an unknown type', { type: 'keepass' }, [['#/type', 'invalid_value', /vault/]]],
    ['no type', { type: undefined }, [['#/type', 'required', /vault/]]],
    ['no config', { config: undefined }, [['#/config', 'required', /required/]]],
    ['a config that is a list', { config: [] }, [['#/config', 'invalid_type', /object/]]],
    [
      'a field of another type',
      { config: { ...config, region: 'eu-west-1' } },
      [['#/config/region', 'unknown_field', /spelling/]],
    ],
    [
      'a number for a text',
      { config: { ...config, token: 7 } },
      [['#/config/token', 'invalid_type', /string/]],
    ],
    [
      'no token',
      { config: { address: config.address } },
      [['#/config/token', 'required', /required/]],
    ],
    [
      'no address',
      { config: { token: rightToken } },
      [['#/config/address', 'required', /required/]],
    ],
    [
      'the mask as a token',
      { config: { ...config, token: MASK } },
      [['#/config/token', 'invalid_value', /mask/]],
    ],
    [
      'asterisks as a token',
      { config: { ...config, token: '***' } },
      [['#/config/token', 'invalid_value', /mask/]],
    ],
    [
      'a line break in a token',
      { config: { ...config, token: 'hvs.a\n' } },
      [['#/config/token', 'invalid_regex', /line break/]],
    ],
    [
      'an unknown auth method',
      { config: { ...config, authMethod: 'guess' } },
      [['#/config/authMethod', 'invalid_value', /token/]],
    ],
    [
      'an address that is no URL',
      { config: { ...config, address: 'vault' } },
      [['#/config/address', 'invalid_url', /https:/]],
    ],
    [
      'an address of another scheme',
      { config: { ...config, address: 'file:///etc/passwd' } },
      [['#/config/address', 'invalid_url', /https:/]],
    ],
    [
      'credentials in the address',
      { config: { ...config, address: 'https://me:pw@vault.test' } },
      [['#/config/address', 'invalid_value', /user name/]],
    ],
    [
      'a certificate that is none',
      { config: { ...config, caCertificate: 'abc' } },
      [['#/config/caCertificate', 'invalid_value', /PEM/]],
    ],
    ['an empty name', { name: '' }, [['#/name', 'invalid_name', /name/]]],
    ['a slash in the name', { name: 'a/b' }, [['#/name', 'invalid_name', /`\/`/]]],
    ['a space at the end', { name: 'a ' }, [['#/name', 'invalid_name', /space/]]],
    ['a long name', { name: 'é'.repeat(201) }, [['#/name', 'invalid_name', /200/]]],
    ['NUL in the description', { description: 'a\0' }, [['#/description', 'invalid_value', /NUL/]]],
    ['an id that is none', { id: '7' }, [['#/id', 'invalid_uuid', /UUID/]]],
  ])('refuses %s', async (_, body, found) => {
    await expectRefused(
      '/api/secret-providers',
      { name: 'x', type: 'vault', config, ...body },
      found,
    )
  })

  it.each([
    'http://127.0.0.2:8200',
    'http://[::1]:8200',
    'http://[::ffff:127.0.0.2]',
    'http://2130706434',
    'http://0x7f.2',
    'http://0177.0.0.2',
    'http://127.2',
    'http://0.0.0.0',
    'http://169.254.169.254',
    'http://[fd00:ec2::254]',
    'http://metadata.google.internal',
  ])('refuses %s on saving, testing and re-pointing', async (address) => {
    const refused: Found[] = [
      ['#/config/address', 'address_refused', /AGYN_OUTBOUND_ALLOW|[Aa]ddress|host/],
    ]
    const body = { name: 'x', type: 'vault', config: { address, token: rightToken } }
    await expectRefused('/api/secret-providers', body, refused)
    await expectRefused('/api/secret-providers/test', body, refused)
    const patched = await owner()
      .patch(`/api/secret-providers/${world.acme.providerId}`, { config: body.config })
      .expect(422)
    expect(patched.body.errors).toMatchObject([{ pointer: '#/config/address' }])
  })

  it('is told everything at once', async () => {
    await expectRefused(
      '/api/secret-providers',
      { type: 'vault', colour: 'red', config: { address: 'not a url' } },
      [
        ['#/name', 'required', /required/],
        ['#/colour', 'unknown_field', /spelling/],
        ['#/config/address', 'invalid_url', /https:/],
        ['#/config/token', 'required', /required/],
      ],
    )
  })
})

describe('a secret', () => {
  it.each<[string, object, Found[]]>([
    ['nothing to keep or read', {}, [['#/value', 'required', /`value`.*`providerId`/]]],
    [
      'a value and a path',
      { value: 'v', remotePath: 'kv/a' },
      [['#/value', 'conflict', /either.*`remotePath`/]],
    ],
    ['a path alone', { remotePath: 'kv/a' }, [['#/providerId', 'required', /providerId/]]],
    ['a provider alone', { providerId: noSuchId }, [['#/remotePath', 'required', /remotePath/]]],
    [
      'a value for a remote secret',
      { storage: 'remote', value: 'v' },
      [['#/storage', 'conflict', /no `value`/]],
    ],
    ['the mask', { value: MASK }, [['#/value', 'mask', /mask/]]],
    ['asterisks', { value: '***' }, [['#/value', 'mask', /mask/]]],
    ['a number', { value: 7 }, [['#/value', 'invalid_type', /string/]]],
    ['null', { value: null }, [['#/value', 'invalid_type', /string/]]],
    [
      'base64 that is none',
      { value: 'a b', encoding: 'base64' },
      [['#/value', 'invalid_base64', /4648/]],
    ],
    ['base64url', { value: '_-8=', encoding: 'base64' }, [['#/value', 'invalid_base64', /4648/]]],
    ['half a character', { value: 'a\ud800' }, [['#/value', 'invalid_text', /base64/]]],
    ['one byte too many', { value: 'x'.repeat(65_537) }, [['#/value', 'too_big', /64 KiB/]]],
    ['many wide characters', { value: '€'.repeat(21_846) }, [['#/value', 'too_big', /64 KiB/]]],
    [
      'encoding alone',
      { encoding: 'utf8' },
      [
        ['#/value', 'required', /value/],
        ['#/encoding', 'conflict', /together/],
      ],
    ],
    [
      'an unknown encoding',
      { value: 'v', encoding: 'rot13' },
      [['#/encoding', 'invalid_value', /utf8 or base64/]],
    ],
    [
      'an unknown category',
      { value: 'v', category: 'x' },
      [['#/category', 'invalid_value', /other/]],
    ],
    [
      'a time that is none',
      { value: 'v', expiresAt: 'soon' },
      [['#/expiresAt', 'invalid_datetime', /2027/]],
    ],
    [
      'the year zero',
      { value: 'v', expiresAt: '0000-01-01T00:00:00Z' },
      [['#/expiresAt', 'invalid_value', /2027/]],
    ],
    [
      'an unknown scope',
      { value: 'v', scopeId: noSuchId },
      [['#/scopeId', 'unknown_id', /no scope/]],
    ],
    [
      'an unknown provider',
      { providerId: noSuchId, remotePath: 'kv/a' },
      [['#/providerId', 'unknown_id', /no secret provider/]],
    ],
  ])('refuses %s', async (_, body, found) => {
    await expectRefused('/api/secrets', { name: 'x', ...body }, found)
  })

  it.each([
    '',
    '/kv/a',
    'kv//a',
    'kv/',
    'kv/../a',
    'kv/./a',
    'kv/%2e%2e/a',
    'kv/a%2Fb',
    'kv\\a',
    'kv/\0',
    'kv/a\n',
    '..',
    'sys/seal',
    'auth/token/lookup-self',
    'kv/a?version=1',
    'kv/a#b',
    'kv/\ud800',
  ])('refuses the path %j', async (remotePath) => {
    const body = { name: 'x', providerId: world.acme.providerId, remotePath }
    const { body: problem } = await owner().post('/api/secrets', body).expect(422)
    expect(problem.errors).toEqual([
      expect.objectContaining({ pointer: '#/remotePath', detail: expect.stringMatching(/\.$/) }),
    ])
    const { errors } = (
      await owner()
        .patch(`/api/secrets/${world.acme.secretId}`, { ...body, storage: 'remote' })
        .expect(422)
    ).body
    expect(errors).toMatchObject([{ pointer: '#/remotePath' }])
    expect(world.vault.requests).toEqual([])
  })

  it('is refused under a name that is taken, and takes the name of one that was deleted', async () => {
    const body = { name: freshName(), value: 'v' }
    const { id } = (await owner().post('/api/secrets', body).expect(201)).body
    const taken = await owner().post('/api/secrets', body).expect(409)
    expect(taken.body).toMatchObject({
      code: 'name_taken',
      detail: expect.stringMatching(/exists/),
    })
    await owner().delete(`/api/secrets/${id}`).expect(204)
    await owner().post('/api/secrets', body).expect(201)
  })
})

describe('an env', () => {
  const consumer = { kind: 'agent', id: 'x' }

  it.each<[string, object, Found[]]>([
    ['`=` in the name', { name: 'A=B', value: 'v' }, [['#/name', 'invalid_regex', /letters/]]],
    ['NUL in the name', { name: 'A\0', value: 'v' }, [['#/name', 'invalid_regex', /letters/]]],
    ['a digit first', { name: '1A', value: 'v' }, [['#/name', 'invalid_regex', /begins/]]],
    ['a line break', { name: 'A\n', value: 'v' }, [['#/name', 'invalid_regex', /letters/]]],
    ['NUL in the value', { value: 'v\0' }, [['#/value', 'invalid_value', /NUL/]]],
    ['neither', {}, [['#/secretId', 'required', /either/]]],
    ['both', { value: 'v', secretId: noSuchId }, [['#/value', 'conflict', /either/]]],
    ['an unknown secret', { secretId: noSuchId }, [['#/secretId', 'unknown_id', /no secret/]]],
    ['an id that is none', { secretId: 'x' }, [['#/secretId', 'invalid_uuid', /UUID/]]],
    [
      'an unknown kind',
      { value: 'v', consumer: { kind: 'user', id: 'x' } },
      [['#/consumer/kind', 'invalid_value', /agent/]],
    ],
    ['no consumer', { value: 'v', consumer: undefined }, [['#/consumer', 'required', /required/]]],
    [
      'NUL in the consumer',
      { value: 'v', consumer: { kind: 'agent', id: '\0' } },
      [['#/consumer/id', 'invalid_value', /NUL/]],
    ],
  ])('refuses %s', async (_, body, found) => {
    await expectRefused('/api/envs', { consumer, name: 'A', ...body }, found)
  })
})

describe('a token', () => {
  it('refuses a time that has passed and a role that it does not know', async () => {
    const body = { name: 'x', role: 'member' }
    await expectRefused('/api/api-tokens', { ...body, expiresAt: '2001-01-01T00:00:00Z' }, [
      ['#/expiresAt', 'in_the_past', /future/],
    ])
    await expectRefused('/api/api-tokens', { ...body, role: 'admin' }, [
      ['#/role', 'invalid_value', /owner, member/],
    ])
  })
})
