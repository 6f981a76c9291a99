import { MAX_VALUE_BYTES } from '../../../contract/schemas/value-size.ts'
import type { ProviderConfig } from '../../../contract/schemas/provider-types/index.ts'
import { checkStorePath } from '../check-store-path.ts'
import type { StoreRules } from '../rules.ts'

export const vaultRules: StoreRules<ProviderConfig<'vault'>> = {
  checkPath: (path) => checkStorePath('vault', path),
  managedPath: (config, parts) => [managedPrefix(config), ...parts.map(spell)].join('/'),
  largestValue: { utf8: MAX_VALUE_BYTES, base64: MAX_VALUE_BYTES },
  takesEmpty: true,
}

/** Where our own secrets are: as the settings say, else below `agyn` in the mount. */
export function managedPrefix({ pathPrefix, mount, kvVersion }: ManagedPlace): string {
  const mounted = (mount ?? 'secret').replace(/^\/|\/$/g, '')
  return pathPrefix ?? (kvVersion === 1 ? `${mounted}/agyn` : `${mounted}/data/agyn`)
}

type ManagedPlace = Pick<ProviderConfig<'vault'>, 'pathPrefix' | 'mount' | 'kvVersion'>

/**
 * Vault takes nearly any name. What a path could be misread for is spelt with `=`, and so is the `=`
 * itself. Nothing becomes longer than three characters, so that the longest name still fits.
 */
const spell = (part: string): string =>
  part.replace(/[=\\?#%\u2028\u2029]|^\.{1,2}$/g, (found) => [...found].map(spellOne).join(''))

function spellOne(character: string): string {
  if (character === '\u2028') return '=L'
  if (character === '\u2029') return '=P'
  return `=${character.charCodeAt(0).toString(16).toUpperCase()}`
}
