import { createHash } from 'node:crypto'
import type { ProviderConfig } from '../../../contract/schemas/provider-types/index.ts'
import { BackendFailure } from '../backend.ts'
import type { StoreRules } from '../rules.ts'

const longestName = 127

export const azureRules = {
  checkPath(path) {
    if (/^[0-9A-Za-z-]{1,127}$/.test(path)) return
    throw new BackendFailure(
      'path_invalid',
      'Azure Key Vault names secrets with letters, digits and dashes, 127 at most.',
      { notSent: true },
    )
  },
  managedPath: ({ pathPrefix = 'agyn' }, parts) => {
    const name = [pathPrefix, ...parts].join('-').replace(/[^0-9A-Za-z-]+/g, '-')
    if (parts.every(isPlain) && name.length <= longestName) return name
    const end = `--${shortHash(parts)}`
    return name.slice(0, longestName - end.length) + end
  },
  // 25 KB of text: https://learn.microsoft.com/azure/key-vault/secrets/about-secrets
  largestValue: { utf8: 25_600, base64: 19_200 },
  takesEmpty: false,
} satisfies StoreRules<ProviderConfig<'azure-kv'>>

/**
 * Can be told from any other when joined with dashes, in a store where `A` and `a` are one name. The
 * rest is spelt with a hash behind two dashes, which plain parts never make.
 */
const isPlain = (part: string): boolean => /^[0-9a-z]+$/.test(part)

const shortHash = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 10)
