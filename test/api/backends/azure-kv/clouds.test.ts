import { describe, expect, it } from 'vitest'
import { authorityOf, readChallenge, resourceOf } from '../../../../api/backends/azure-kv/clouds.ts'

describe('a key vault', () => {
  it.each([
    ['v.vault.azure.net', 'https://login.microsoftonline.com', 'https://vault.azure.net'],
    ['v.vault.azure.cn', 'https://login.partner.microsoftonline.cn', 'https://vault.azure.cn'],
    [
      'v.vault.usgovcloudapi.net',
      'https://login.microsoftonline.us',
      'https://vault.usgovcloudapi.net',
    ],
    ['vault.internal', 'https://login.microsoftonline.com', undefined],
    ['v.vault.azure.net.evil.test', 'https://login.microsoftonline.com', undefined],
    ['evil-vault.azure.net', 'https://login.microsoftonline.com', undefined],
    ['hsm.managedhsm.azure.net', 'https://login.microsoftonline.com', undefined],
  ])('at %s is logged in to at %s, for %s', (host, authority, resource) => {
    expect(authorityOf(host)).toBe(authority)
    expect(resourceOf(host)).toBe(resource)
  })
})

describe('the challenge of a vault in none of the clouds', () => {
  const heard = (resource: string, host = 'kv.corp.example.test') =>
    readChallenge(`Bearer authorization="https://x.test/t", ${resource}`, host)

  it.each([
    ['resource="https://vault.azure.net"', 'https://vault.azure.net'],
    ['scope="https://vault.azure.cn/.default"', 'https://vault.azure.cn'],
    ['resource="https://kv.corp.example.test/"', 'https://kv.corp.example.test'],
    ['resource="https://corp.example.test/9f-1"', 'https://corp.example.test/9f-1'],
  ])('may say %s', (said, resource) => {
    expect(heard(said)).toBe(resource)
  })

  it.each([
    'resource="https://graph.microsoft.com"',
    'resource="https://managedhsm.azure.net"',
    'resource="https://management.azure.com/"',
    'resource="https://evil.vault.azure.net"',
    'resource="https://other.example.test"',
    'resource="https://example.test"',
    'resource="https://test"',
    'resource="https://vault.azure.net@evil.test"',
  ])('may not say %s', (said) => {
    expect(() => heard(said)).toThrow(expect.objectContaining({ code: 'forbidden' }))
  })

  it.each(['resource="http://vault.azure.net"', 'resource="x"', 'error="invalid_token"', ''])(
    'says nothing with %j',
    (said) => {
      expect(() => heard(said)).toThrow(expect.objectContaining({ code: 'unreadable_answer' }))
    },
  )
})
