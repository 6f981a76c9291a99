import { describe, expect, it } from 'vitest'
import {
  borrowedBy,
  configIssues,
  fieldsOf,
  placesOf,
  providerTypeNames,
  type ProviderType,
} from '../../../contract/schemas/provider-types/index.ts'

const keysOf = (type: ProviderType, mark: 'sensitive' | 'destination') =>
  fieldsOf(type).flatMap((field) => (field[mark] ? [field.key] : []))

describe('the fields of a provider type', () => {
  it.each<[ProviderType, string[]]>([
    ['vault', ['token', 'secretId']],
    ['aws-sm', ['accessKeyId', 'secretAccessKey', 'sessionToken']],
    ['azure-kv', ['clientSecret']],
    ['gcp-sm', ['serviceAccountJson']],
  ])('are sensitive as DESIGN says: %s', (type, sensitive) => {
    expect(keysOf(type, 'sensitive')).toEqual(sensitive)
  })

  it.each<[ProviderType, string[]]>([
    ['vault', ['address', 'caCertificate', 'stsEndpoint']],
    ['aws-sm', ['endpoint', 'stsEndpoint', 'caCertificate']],
    ['azure-kv', ['vaultUrl', 'authorityHost', 'caCertificate']],
    ['gcp-sm', ['endpoint', 'caCertificate']],
  ])('say which of them are destinations of credentials: %s', (type, destinations) => {
    expect(keysOf(type, 'destination')).toEqual(destinations)
  })

  it.each(providerTypeNames)('have a label and a sentence for people: %s', (type) => {
    for (const { key, label, help } of fieldsOf(type)) {
      expect(label, key).toMatch(/^[A-Z]/)
      expect(help, key).toMatch(/\.$/)
    }
  })
})

const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 's' }
const client = { tenantId: 'contoso.test', clientId: '0198c0de-0000-7000-8000-000000000000' }

describe('a config', () => {
  it.each<[ProviderType, object, string[]]>([
    ['aws-sm', { accessKeyId: keys.accessKeyId }, ['secretAccessKey']],
    ['aws-sm', { secretAccessKey: 's' }, ['accessKeyId']],
    ['aws-sm', { sessionToken: 't' }, ['accessKeyId']],
    ['aws-sm', { ...keys, externalId: 'x1' }, ['roleArn']],
    ['azure-kv', client, ['clientSecret']],
    ['azure-kv', { clientSecret: 's' }, ['clientId']],
    ['azure-kv', { clientId: client.clientId, clientSecret: 's' }, ['tenantId']],
    ['azure-kv', { tenantId: 'contoso.test' }, ['clientId']],
  ])('names what is missing of half-given credentials: %s %o', (type, half, missing) => {
    const base = { 'aws-sm': { region: 'eu-west-1' }, 'azure-kv': { vaultUrl: 'https://v.test' } }
    const config = { ...base[type as 'aws-sm'], ...half }
    const issues = configIssues(type, config)
    expect(issues.map(({ path, code }) => [path, code])).toEqual(
      missing.map((key) => [[key], 'required']),
    )
  })

  it.each([
    ['not JSON', /not a JSON object/],
    ['"text"', /not a JSON object/],
    ['{"type":"authorized_user","refresh_token":"canary"}', /service_account or external_account/],
    ['{"type":"service_account","client_email":"a@b.test"}', /no `private_key`/],
    [
      '{"type":"external_account","audience":"a","subject_token_type":"t","token_url":"https://x.test","credential_source":{"executable":{"command":"canary"}}}',
      /`file` or `url`/,
    ],
  ])('tells what is wrong with a key file, and nothing of it: %s', (serviceAccountJson, words) => {
    const [issue, ...others] = configIssues('gcp-sm', { projectId: 'p', serviceAccountJson })
    expect(others).toEqual([])
    expect(issue).toMatchObject({ path: ['serviceAccountJson'], code: 'invalid_key_file' })
    expect(issue?.detail).toMatch(words)
    expect(issue?.detail).not.toContain('canary')
  })

  it('that has credentials of its own borrows nothing of the deployment', () => {
    const account = '{"type":"service_account","client_email":"a@b.test","private_key":"k"}'
    expect(borrowedBy('vault', { authMethod: 'token', token: 't' })).toBeUndefined()
    expect(borrowedBy('aws-sm', keys)).toBeUndefined()
    expect(borrowedBy('azure-kv', client)).toBeUndefined()
    expect(borrowedBy('gcp-sm', { serviceAccountJson: account })).toBeUndefined()
  })

  it.each([{ file: '/run/token' }, { url: 'https://idp.test/token' }])(
    'of federation borrows what its token lies in: %o',
    (source) => {
      const file = { type: 'external_account', credential_source: source }
      expect(borrowedBy('gcp-sm', { serviceAccountJson: JSON.stringify(file) })).toBe(
        "exchanges a token that lies in the server's files or network",
      )
    },
  )

  it('leads nowhere else when its key file is none', () => {
    expect(placesOf('gcp-sm', { serviceAccountJson: 'not JSON' })).toEqual([])
  })
})
