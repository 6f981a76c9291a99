import { createHash } from 'node:crypto'
import type { ProviderConfig } from '../../../contract/schemas/provider-types/index.ts'
import { longestName } from '../../../contract/store-paths.ts'
import { checkStorePath } from '../check-store-path.ts'
import type { StoreRules } from '../rules.ts'

export const azureRules = {
  checkPath: (path) => checkStorePath('azure-kv', path),
  managedPath: ({ pathPrefix = 'agyn' }, parts) => {
    const name = [pathPrefix, ...parts].join('-').replace(/[^0-9A-Za-z-]+/g, '-')
    if (parts.every(isPlain) && name.length <= longest) return name
    const end = `--${shortHash(parts)}`
    return name.slice(0, longest - end.length) + end
  },
  // 25 KB of text: https://learn.microsoft.com/azure/key-vault/secrets/about-secrets
  largestValue: { utf8: 25_600, base64: 19_200 },
  takesEmpty: false,
} satisfies StoreRules<ProviderConfig<'azure-kv'>>

const longest = longestName['azure-kv']

/**
 * Can be told from any other when joined with dashes, in a store where `A` and `a` are one name. The
 * rest is spelt with a hash behind two dashes, which plain parts never make.
 */
const isPlain = (part: string): boolean => /^[0-9a-z]+$/.test(part)

const shortHash = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 10)
