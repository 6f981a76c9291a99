import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { azureRules } from '../../../../api/backends/azure-kv/azure-rules.ts'

const vaultUrl = 'https://my-vault.vault.azure.net'

describe('a path in Azure Key Vault', () => {
  it.each(['a', 'A-b-9', '-', 'x'.repeat(127)])('may be %j', (path) => {
    expect(() => azureRules.checkPath(path)).not.toThrow()
  })

  it.each(['', 'a/b', 'a.b', '..', 'a b', 'a_b', 'ä', 'a\n', '%2e', '//x', 'x'.repeat(128)])(
    'may not be %j',
    (path) => {
      expect(() => azureRules.checkPath(path)).toThrow(
        expect.objectContaining({ code: 'path_invalid' }),
      )
    },
  )
})

describe('the path of a managed secret', () => {
  const pathOf = (parts: readonly string[], pathPrefix?: string) =>
    azureRules.managedPath({ vaultUrl, pathPrefix }, parts)

  it('is its parts, where they can be told apart so', () => {
    expect(pathOf(['org1', 'db'])).toBe('agyn-org1-db')
    expect(pathOf(['db'], 'team/vault')).toBe('team-vault-db')
  })

  it('is spelt with a hash where they cannot', () => {
    expect(pathOf(['Prod', 'stripe.apiKey'])).toMatch(/^agyn-Prod-stripe-apiKey--[0-9a-f]{10}$/)
    expect(pathOf(['x'.repeat(200)])).toMatch(/^agyn-x{110}--[0-9a-f]{10}$/)
    expect(pathOf(['ключ'], 'p'.repeat(200))).toMatch(/^p{115}--[0-9a-f]{10}$/)
  })

  const part = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.stringMatching(/^[0-9a-zA-Z-]{0,12}$/),
    fc.uuid(),
    fc.string({ minLength: 100, maxLength: 200 }),
  )
  const parts = fc.array(part, { minLength: 1, maxLength: 4 })
  const prefix = fc.constantFrom('agyn', 'team/agyn', 'A-', 'p'.repeat(200))

  it('can always be used, and is always the same', () => {
    fc.assert(
      fc.property(parts, prefix, (names, pathPrefix) => {
        const path = pathOf(names, pathPrefix)
        azureRules.checkPath(path)
        expect(pathOf([...names], pathPrefix)).toBe(path)
      }),
      { numRuns: 2000 },
    )
  })

  it('is another for other parts, also where case does not count', () => {
    const similar = fc.tuple(parts, fc.func(fc.boolean())).map(([names, isUpper]) => {
      const moved = names.join('-').split('-')
      return isUpper(names) ? names.map((name) => name.toUpperCase()) : moved
    })
    fc.assert(
      fc.property(parts, fc.oneof(parts, similar), prefix, (one, other, pathPrefix) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other))
        expect(pathOf(one, pathPrefix).toLowerCase()).not.toBe(
          pathOf(other, pathPrefix).toLowerCase(),
        )
      }),
      { numRuns: 2000 },
    )
  })

  it('is another when one part looks like the hash of others', () => {
    const hashed = pathOf(['a-b'])
    const [, readable = '', hash = ''] = /^agyn-(.*)--(.*)$/.exec(hashed) ?? []
    for (const names of [
      [...readable.split('-'), hash],
      [...readable.split('-'), '', hash],
    ]) {
      expect(pathOf(names)).not.toBe(hashed)
    }
  })
})
