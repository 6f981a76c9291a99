import { MAX_PATH_NAMES, nameComplaint } from './names.ts'

/**
 * A text made of secrets: `postgres://${secret:db-user}:${secret:db-password}@db/app`.
 *
 * `${secret:NAME}` stands for the value of a secret of the root scope, `${secret:payments/eu/NAME}` of
 * a scope below it, named by its path. In a name `%` begins two hex digits, as in `%7D` for `}`; what
 * they come to is a name like any other. `$$` stands for `$`; any other `$` that no `{` follows stands
 * for itself.
 */
export type TemplatePart = string | SecretPlace

/** Where a secret is, by names that are unique there. */
export interface SecretPlace {
  /** Names of the scopes from below the root; empty for the root. */
  readonly scope: readonly string[]
  readonly name: string
}

/** The text is not a template; the message says what is wrong with it, and where, and quotes nothing. */
export class InvalidTemplate extends Error {
  override readonly name = 'InvalidTemplate'
}

const OPEN = '${secret:'

/** Reads a template: texts and places, in their order. Throws `InvalidTemplate`. */
export function parseTemplate(template: string): TemplatePart[] {
  const parts: TemplatePart[] = []
  let text = ''
  let at = 0
  while (at < template.length) {
    if (template.startsWith('$$', at)) {
      text += '$'
      at += 2
    } else if (template.startsWith('${', at)) {
      const end = template.indexOf('}', at)
      if (!template.startsWith(OPEN, at)) {
        throw new InvalidTemplate(
          `At character ${at + 1}: only \${secret:NAME} is known here. Write \`$$\` for a \`$\` that stands for itself.`,
        )
      }
      if (end < 0) throw new InvalidTemplate(`At character ${at + 1}: the brace is never closed.`)
      if (text !== '') parts.push(text)
      text = ''
      parts.push(readPlace(template.slice(at + OPEN.length, end), at))
      at = end + 1
    } else {
      text += template[at]
      at += 1
    }
  }
  return text === '' ? parts : [...parts, text]
}

function readPlace(place: string, at: number): SecretPlace {
  const refuse = (why: string) => new InvalidTemplate(`At character ${at + 1}: ${why}`)
  const names = place.split('/').map((name) => {
    try {
      return decodeURIComponent(name)
    } catch {
      throw refuse('a `%` begins two hex digits; write `%25` for itself.')
    }
  })
  const name = names.pop() ?? ''
  if (name === '' || names.includes('')) {
    throw refuse('name a secret, as in ${secret:db-password} or ${secret:payments/db-password}.')
  }
  if (names.length > MAX_PATH_NAMES) {
    throw refuse(`a path has at most ${MAX_PATH_NAMES} scopes before the name of the secret.`)
  }
  for (const each of [...names, name]) {
    const complaint = nameComplaint(each)
    if (complaint !== undefined) throw refuse(`nothing can be called so. ${complaint}`)
  }
  return { scope: names, name }
}

/** Writes a template that `parseTemplate` reads back exactly. */
export const formatTemplate = (parts: readonly TemplatePart[]): string =>
  parts
    .map((part) => (typeof part === 'string' ? part.replaceAll('$', '$$$$') : formatPlace(part)))
    .join('')

/** One place as a template writes it. */
export const formatPlace = ({ scope, name }: SecretPlace): string =>
  `${OPEN}${[...scope, name].map(encodeName).join('/')}}`

const encodeName = (name: string): string => name.replaceAll('%', '%25').replaceAll('}', '%7D')

/**
 * The template with its places written anew where a name has changed, all else as it was.
 *
 * @param places - what stands at each place now, in their order
 */
export function renamePlaces(template: string, places: readonly SecretPlace[]): string {
  let index = 0
  // The alternatives are those of `parseTemplate`, so `$${secret:x}` is passed over as it is there.
  return template.replace(/\$\$|\$\{secret:([^}]*)\}/g, (whole, written?: string) => {
    if (written === undefined) return whole
    const place = places[index++]
    return place === undefined || same(readPlace(written, 0), place) ? whole : formatPlace(place)
  })
}

const same = (a: SecretPlace, b: SecretPlace): boolean =>
  [...a.scope, a.name].join('/') === [...b.scope, b.name].join('/')
