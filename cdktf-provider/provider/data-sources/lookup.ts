import { isUnknown, TerraformError, text, type Diagnostics, type Path } from '../../plugin/index.ts'
import { isUuid } from '../import-id.ts'
import { elseWhichOrganization } from '../organization-id.ts'

/** The organization in which one object is looked up. */
export const lookupOrganizationId = text(
  `Organization it belongs to. ${elseWhichOrganization}`,
).orComputed()

/** Checks that a configuration says in exactly one way which object it means. */
export function requireOneKey<Key extends string>(
  noun: string,
  config: Readonly<Record<Key, unknown>>,
  keys: readonly [Key, ...Key[]],
  diagnostics: Diagnostics,
): void {
  const names = keys.map((key) => `\`${key}\``)
  const present = keys.filter((key) => config[key] !== null)
  if (present.length === 0) {
    diagnostics.error({
      summary: `It is not said which ${noun} is meant.`,
      detail: `Give ${inWords(names)}.`,
      path: [keys[0]],
    })
  }
  // What is not known yet may turn out to be null.
  const [, second] = present.filter((key) => !isUnknown(config[key]))
  if (second !== undefined) {
    diagnostics.error({
      summary: `It is said twice which ${noun} is meant.`,
      detail: `Give either ${inWords(names)}, and leave the others out.`,
      path: [second],
    })
  }
  const { id } = config as { readonly id?: unknown }
  if (second === undefined && typeof id === 'string' && !isUuid(id)) {
    diagnostics.error({
      summary: `The id of the ${noun} is not valid.`,
      detail: 'Give its id, a UUID, and not its name.',
      path: ['id'],
    })
  }
}

/** The only one of those that were found; `where` says what they were looked for by. */
export function onlyOne<Found extends { readonly id: string }>(
  noun: string,
  found: readonly Found[],
  where: { readonly words: string; readonly path: Path },
): Found {
  const [only, ...others] = found
  if (only && others.length === 0) return only
  if (!only) throw notFound(noun, where)
  throw new TerraformError({
    summary: `There are ${found.length} ${noun}s ${where.words}.`,
    detail: `Give the \`id\` of the one that is meant: ${found.map(({ id }) => id).join(', ')}.`,
    path: where.path,
  })
}

/** What was found by an id, in the organization that the configuration names, if it names one. */
export function inOrganization<Found extends { readonly organizationId: string }>(
  noun: string,
  id: string,
  found: Found | null,
  organizationId: string | null,
): Found {
  const isThere = organizationId === null || found?.organizationId === organizationId.toLowerCase()
  if (found && isThere) return found
  throw notFound(noun, { words: `with the id ${id}`, path: ['id'] })
}

export const notFound = (
  noun: string,
  { words, path }: { readonly words: string; readonly path: Path },
): TerraformError =>
  new TerraformError({
    summary: `There is no ${noun} ${words}.`,
    detail:
      'Names are case-sensitive, and the token must be allowed to read it. If this run is to make it, refer to its resource and not to its name.',
    path,
  })

const inWords = (names: readonly string[]): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`
