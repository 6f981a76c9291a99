import { MAX_VALUE_BYTES } from '../../../contract/schemas/value-size.ts'
import type { ProviderConfig } from '../../../contract/schemas/provider-types/index.ts'
import type { StoreRules } from '../store-rules.ts'
import { parseVaultPath } from './vault-path.ts'

export const vaultRules: StoreRules<ProviderConfig<'vault'>> = {
  checkPath: parseVaultPath,
  managedPath: (config, parts) => [managedPrefix(config), ...parts.map(spell)].join('/'),
  largestValue: { utf8: MAX_VALUE_BYTES, base64: MAX_VALUE_BYTES },
}

/** Where our own secrets are: as the settings say, else below `agyn` in the mount. */
export function managedPrefix({ pathPrefix, mount, kvVersion }: ManagedPlace): string {
  const mounted = (mount ?? 'secret').replace(/\/$/, '')
  return pathPrefix ?? (kvVersion === 1 ? `${mounted}/agyn` : `${mounted}/data/agyn`)
}

type ManagedPlace = Pick<ProviderConfig<'vault'>, 'pathPrefix' | 'mount' | 'kvVersion'>

/** Vault takes nearly any name. What a path could be misread for is spelt `=XX`, and so is the `=` itself. */
const spell = (part: string): string =>
  part.replace(/[=\\?#%]|^\.{1,2}$/g, (found) =>
    [...found].map((each) => `=${each.charCodeAt(0).toString(16).toUpperCase()}`).join(''),
  )
