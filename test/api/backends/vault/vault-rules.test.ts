import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeSegments, parseVaultPath } from '../../../../api/backends/vault/vault-path.ts'
import { vaultRules } from '../../../../api/backends/vault/vault-rules.ts'
import type { ProviderConfig } from '../../../../contract/schemas/provider-types/index.ts'

const config = { address: 'https://vault.test', authMethod: 'token', token: 'x' } as const
const { managedPath } = vaultRules

/** As DESIGN section 3 allows them: no slash, no control character, no half of a character. */
const name = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }),
    fc.string({
      unit: fc.constantFrom(
        ...['=', '\\', '?', '#', '%', '.', '2', 'F', 'L', 'P', ' ', 'é', '漢', '😀', '\u2028'],
        ...['\u2029', '%2e', '=3D', '&#x2F;', 'data', '~', '+', ';', ':'],
      ),
      minLength: 1,
      maxLength: 40,
    }),
  )
  .filter((text) => !/[/\p{Cc}\p{Cs}]/u.test(text) && text.trim() === text && text.length <= 200)

describe('the path of a managed secret', () => {
  it('is where the settings say, else below agyn in the mount', () => {
    const path = (settings: Partial<ProviderConfig<'vault'>>) =>
      managedPath({ ...config, ...settings } as ProviderConfig<'vault'>, ['org', 'Stripe key'])
    expect(path({})).toBe('secret/data/agyn/org/Stripe key')
    expect(path({ kvVersion: 1 })).toBe('secret/agyn/org/Stripe key')
    expect(path({ mount: 'teams/kv/' })).toBe('teams/kv/data/agyn/org/Stripe key')
    expect(path({ pathPrefix: 'kv/data/platform' })).toBe('kv/data/platform/org/Stripe key')
  })

  it.each([
    ['.', '=2E'],
    ['..', '=2E=2E'],
    ['...', '...'],
    ['a=b', 'a=3Db'],
    ['%2e%2e', '=252e=252e'],
    ['what?', 'what=3F'],
    ['a\\b#c', 'a=5Cb=23c'],
    ['line\u2028paragraph\u2029', 'line=Lparagraph=P'],
    ['ключ 漢字 😀', 'ключ 漢字 😀'],
  ])('spells %j as %j', (given, spelt) => {
    expect(managedPath(config, [given])).toBe(`secret/data/agyn/${spelt}`)
  })

  it('is a path that Vault takes as it is, for every name', () => {
    fc.assert(
      fc.property(name, (given) => {
        const path = managedPath(config, ['org', given])
        const encoded = encodeSegments(parseVaultPath(path))
        expect(path.split('/')).toHaveLength(5)
        expect(new URL(`http://vault/v1/${encoded}`).pathname).toBe(`/v1/${encoded}`)
      }),
      { numRuns: 5000 },
    )
  })

  it('differs for every two names', () => {
    fc.assert(
      fc.property(name, name, (one, other) => {
        fc.pre(one !== other)
        expect(managedPath(config, [one])).not.toBe(managedPath(config, [other]))
      }),
      { numRuns: 5000 },
    )
    const spelt = ['=', '=3D', '=3D3D', '?', '=3F', '%', '=25', '\u2028', '=L', '.', '=2E'].map(
      (given) => managedPath(config, [given]),
    )
    expect(new Set(spelt).size).toBe(spelt.length)
  })

  it('fits, with the longest name, prefix and ids there are', () => {
    const id = '01890a5d-ac96-774b-bcce-b302099a8057'
    const prefix = { ...config, pathPrefix: 'p'.repeat(200) }
    for (const character of ['%', '\u2028', '漢', '=']) {
      const longest = `${character.repeat(200)}-${id}`
      const path = managedPath(prefix, [id, id, longest])
      expect(() => parseVaultPath(path)).not.toThrow()
    }
  })
})
