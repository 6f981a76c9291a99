import { createHash } from 'node:crypto'
import { MAX_VALUE_BYTES } from '../../../contract/schemas/value-size.ts'
import { longestName } from '../../../contract/store-paths.ts'
import { checkStorePath } from '../check-store-path.ts'
import type { StoreRules } from '../rules.ts'
import type { GcpConfig } from './gcp-config.ts'

export const gcpRules: StoreRules<GcpConfig> = {
  checkPath: (path) => checkStorePath('gcp-sm', path),
  managedPath: (config, parts) => managedName(config.pathPrefix ?? 'agyn', parts),
  largestValue: { utf8: MAX_VALUE_BYTES, base64: MAX_VALUE_BYTES },
  takesEmpty: false,
}

/**
 * Google's names have neither slashes nor dots, so the parts are joined with `_`. Where that loses
 * something, a hash of the parts says which they were: after `__`, which no other name has.
 */
function managedName(prefix: string, parts: readonly string[]): string {
  const name = [prefix, ...parts].map((part) => part.replace(/[^\w-]/gu, '-')).join('_')
  const isExact =
    /^[\w-]+$/.test(prefix) &&
    parts.every((part) => /^[A-Za-z\d-]+$/.test(part)) &&
    !name.includes('__')
  if (isExact && name.length <= longest) return name
  const hash = createHash('sha256')
    .update(JSON.stringify([prefix, ...parts]))
    .digest('hex')
  return `${name.slice(0, longest - 12).replace(/__+/g, '_')}__${hash.slice(0, 10)}`
}

const longest = longestName['gcp-sm']
