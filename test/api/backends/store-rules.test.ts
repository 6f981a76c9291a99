import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rulesOf } from '../../../api/backends/store-rules.ts'
import type { PlainConfig } from '../../../api/backends/rules.ts'
import {
  type ProviderType,
  providerTypeNames,
} from '../../../contract/schemas/provider-types/index.ts'
import { MAX_VALUE_BYTES } from '../../../contract/schemas/value-size.ts'

const configs: Readonly<Record<ProviderType, PlainConfig>> = {
  vault: { address: 'https://vault.test', authMethod: 'token' },
  'aws-sm': { region: 'eu-west-1' },
  'azure-kv': { vaultUrl: 'https://own.vault.azure.net' },
  'gcp-sm': { projectId: 'own-project' },
}

const id = '01890a5d-ac96-774b-bcce-b302099a8057'

/** As names may be: no slash, no control character, no half of a character, no space at the ends. */
const name = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 200 })
  .filter((text) => !/[/\p{Cc}\p{Cs}]/u.test(text) && text.trim() === text && text.length <= 200)

describe.each(providerTypeNames)('the rules of %s', (type) => {
  const rules = rulesOf(type)
  const config = configs[type]
  const pathOf = (...parts: readonly string[]) => rules.managedPath(config, parts)

  it('keep every secret at a path that the store takes', () => {
    const long = { ...config, pathPrefix: 'p'.repeat(200) }
    fc.assert(
      fc.property(name, (given) => {
        rules.checkPath(pathOf(given), config)
        rules.checkPath(pathOf(id, id, given), config)
        rules.checkPath(rules.managedPath(long, [id, id, given]), long)
      }),
      { numRuns: 2000 },
    )
  })

  it('keep no two secrets at one path', () => {
    fc.assert(
      fc.property(name, name, (one, other) => {
        fc.pre(one !== other)
        expect(pathOf(one)).not.toBe(pathOf(other))
        expect(pathOf(id, one)).not.toBe(pathOf(id, other))
      }),
      { numRuns: 2000 },
    )
    const alike = ['a-b', 'a_b', 'a.b', 'a b', 'a=b', 'A-b', 'a--b', '-a-b'].map((given) =>
      pathOf(given),
    )
    // Azure takes the one case for the other.
    const asTaken = type === 'azure-kv' ? alike.map((path) => path.toLowerCase()) : alike
    expect(new Set(asTaken).size).toBe(alike.length)
  })

  it('keep apart what belongs to another tenant', () => {
    const other = '01890a5d-ac96-774b-bcce-b302099a8999'
    const paths = [pathOf(id, 'x'), pathOf(other, 'x'), pathOf(id, other, 'x'), pathOf('x')]
    expect(new Set(paths).size).toBe(paths.length)
  })

  it('are the same at each start', () => {
    expect(pathOf(id, 'Stripe key')).toBe(pathOf(id, 'Stripe key'))
  })

  it('allow values that a secret may have, and bytes no more than text', () => {
    const { utf8, base64 } = rules.largestValue
    expect(utf8).toBeLessThanOrEqual(MAX_VALUE_BYTES)
    expect(base64).toBeLessThanOrEqual(utf8)
    expect(base64).toBeGreaterThan(16 * 1024)
  })

  it('refuse paths with control characters', () => {
    for (const path of ['', 'a\nb', 'a\u0000b']) {
      expect(() => rules.checkPath(path, config)).toThrow(
        expect.objectContaining({ code: 'path_invalid' }) as Error,
      )
    }
  })
})
