import { beforeAll, describe, expect, it } from 'vitest'
import { unknownValue } from '../../../cdktf-provider/plugin/index.ts'
import type { Value } from '../../../cdktf-provider/plugin/values/value.ts'
import {
  configAttributes,
  providerTypes,
} from '../../../cdktf-provider/provider/gen/config-attributes.ts'
import { agyn } from '../../../cdktf-provider/provider/provider.ts'
import { secretProvider } from '../../../cdktf-provider/provider/resources/secret-provider.ts'
import { providerTypeNames } from '../../../contract/schemas/provider-types/index.ts'
import { connect, wire } from '../plugin/support/call.ts'

let call: Awaited<ReturnType<typeof connect>>
beforeAll(async () => void (call = await connect(agyn)))

const nulls = (attributes: object): Record<string, Value> =>
  Object.fromEntries(Object.keys(attributes).map((name) => [name, null]))

/** What a plan says of a provider: each complaint as Terraform shows it. */
async function complaints(type: string, config: Record<string, Value>): Promise<string[]> {
  const { attributes } = secretProvider
  const proposed = {
    ...nulls(attributes),
    name: 'a',
    type,
    config: { ...nulls(configAttributes), ...config },
  }
  const { diagnostics } = await call('validateResourceConfig', {
    typeName: 'agyn_secret_provider',
    config: wire(attributes, proposed),
    clientCapabilities: { deferralAllowed: false, writeOnlyAttributesAllowed: true },
  })
  return diagnostics.map(({ detail }) => detail)
}

const address = 'https://vault.example:8200'
const keys = { access_key_id: 'AKIAIOSFODNN7EXAMPLE', secret_access_key: 'k' }

describe('agyn_secret_provider', () => {
  it('knows the types of the contract, and names them', () => {
    expect(providerTypes).toEqual(providerTypeNames)
    const { description } = secretProvider.attributes.type
    for (const type of providerTypeNames) expect(description).toContain(`\`${type}\``)
  })

  it.each<[string, Record<string, Value>]>([
    ['vault', { address, token: 't' }],
    ['vault', { address, auth_method: 'approle', role_id: 'r', secret_id: 's' }],
    ['vault', { address, auth_method: 'kubernetes', role: 'r' }],
    ['vault', { address, auth_method: 'jwt', role: 'r', token_path: '/run/t', mount_point: 'j' }],
    ['vault', { address, auth_method: 'aws', role: 'r', region: 'eu-west-1' }],
    ['aws-sm', { region: 'eu-west-1', ...keys }],
    ['aws-sm', { region: 'eu-west-1' }],
    ['azure-kv', { vault_url: 'https://v.vault.azure.net' }],
    ['gcp-sm', { project_id: 'my-project' }],
    ['aws-sm', { region: unknownValue, access_key_id: unknownValue }],
  ])('takes a config of %s', async (type, config) => {
    expect(await complaints(type, config)).toEqual([])
  })

  it.each<[string, string, Record<string, Value>, string[]]>([
    [
      'half a key',
      'aws-sm',
      { region: 'eu-west-1', access_key_id: keys.access_key_id },
      ['`config.secret_access_key`: Give `secret_access_key` together with `access_key_id`.'],
    ],
    [
      'the secret of no client',
      'azure-kv',
      { vault_url: 'https://v.vault.azure.net', tenant_id: 't.test', client_secret: 'canary' },
      ['`config.client_id`: Give `client_id` together with `client_secret`.'],
    ],
    [
      'a key file that is none',
      'gcp-sm',
      { project_id: 'my-project', service_account_json: 'canary' },
      [
        '`config.service_account_json`: This is not a JSON object: give the whole content of the key file.',
      ],
    ],
    [
      'a field of another type',
      'gcp-sm',
      { project_id: 'my-project', region: 'eu-west-1' },
      ['`config.region`: There is no such field here. Check the spelling, or leave it out.'],
    ],
  ])('refuses %s at plan', async (_, type, config, expected) => {
    const found = await complaints(type, config)
    expect(found).toHaveLength(expected.length)
    for (const [index, words] of expected.entries()) expect(found[index]).toContain(words)
    expect(found.join()).not.toContain('canary')
  })
})
