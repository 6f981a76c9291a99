import { createHash } from 'node:crypto'
import type { ProviderConfig } from '../../../contract/schemas/provider-types/index.ts'
import { MAX_VALUE_BYTES } from '../../../contract/schemas/value-size.ts'
import { longestName } from '../../../contract/store-paths.ts'
import type { StoreRules } from '../rules.ts'
import { checkSecretId } from './secret-id.ts'

export const awsRules: StoreRules<ProviderConfig<'aws-sm'>> = {
  checkPath: (path, { region }) => checkSecretId(path, region),
  managedPath({ pathPrefix = 'agyn' }, parts) {
    // The prefix is the same for all, so that it need only be one that AWS takes.
    const prefix = spell(pathPrefix, /[^A-Za-z0-9/_+=.@-]/gu)
    // It is asked for by its name alone, so it does no harm that a name may end as an ARN does.
    const name = [prefix, ...parts.map(spellPart)].join('/')
    return name.length <= longest ? name : shorten(name)
  },
  largestValue: { utf8: MAX_VALUE_BYTES, base64: MAX_VALUE_BYTES },
  takesEmpty: false,
}

/** AWS takes letters, digits and `/_+=.@-`. What else there is, `/` and `=` among it, is spelt `=XX`. */
const spellPart = (part: string): string => spell(part, /[^A-Za-z0-9_+.@-]|^\.+$/gu)

const spell = (text: string, strange: RegExp): string =>
  text.replace(strange, (found) =>
    [...Buffer.from(found)]
      .map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join(''),
  )

/** What is too long ends with `==`, which no other name has, and a digest of the whole. */
function shorten(name: string): string {
  const end = `==${createHash('sha256').update(name).digest('hex')}`
  return name.slice(0, longest - end.length) + end
}

const longest = longestName['aws-sm']
