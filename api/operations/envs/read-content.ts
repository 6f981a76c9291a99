import { formatPlace, parseTemplate, type SecretPlace } from '../../../contract/template.ts'
import type { Transaction } from '../../database/database.ts'
import { Invalid } from '../../errors.ts'
import { findScopesAt, pathKey } from '../../scopes/find-scopes-at.ts'
import { pathOf, withPath } from '../../scopes/scope-path.ts'
import { holdSecrets, requireSecret } from '../living.ts'

/** What a body says that an env is made of: exactly one of the three. */
export interface Content {
  readonly value?: string | null | undefined
  readonly secretId?: string | null | undefined
  readonly template?: string | null | undefined
}

/** Columns of an env, and the rows of the secrets that it is made of. */
export interface StoredContent {
  readonly columns: { readonly value: string | null; readonly template: string | null }
  readonly secrets: readonly { readonly secretId: string; readonly positions: number[] }[]
}

/** Finds what a body refers to, and holds it until the transaction ends. */
export async function readContent(
  transaction: Transaction,
  organizationId: string,
  { value = null, secretId, template }: Content,
): Promise<StoredContent> {
  if (typeof secretId === 'string') {
    await requireSecret(transaction, organizationId, secretId)
    return { columns: { value: null, template: null }, secrets: [{ secretId, positions: [0] }] }
  }
  if (typeof template !== 'string') return { columns: { value, template: null }, secrets: [] }
  const secretIds = await findPlaces(transaction, organizationId, template)
  const secrets = [...new Set(secretIds)].map((id) => ({
    secretId: id,
    positions: secretIds.flatMap((each, position) => (each === id ? [position] : [])),
  }))
  return { columns: { value: null, template }, secrets }
}

/** Ids of the secrets that a template names, place by place. All that are unknown are said at once. */
async function findPlaces(
  transaction: Transaction,
  organizationId: string,
  template: string,
): Promise<string[]> {
  const places = parseTemplate(template).filter((part) => typeof part !== 'string')
  const paths = places.map(({ scope }) => scope)
  const scopes = await findScopesAt(transaction, organizationId, paths)
  const rows = await transaction.secret.findMany({
    where: {
      organizationId,
      scopeId: { in: [...scopes.values()] },
      name: { in: places.map(({ name }) => name) },
      deletedAt: null,
    },
    select: { id: true, scopeId: true, name: true },
  })
  const living = await holdSecrets(
    transaction,
    organizationId,
    rows.map(({ id }) => id),
  )
  const found = new Map(
    rows.flatMap(({ id, scopeId, name }) => (living.has(id) ? [[keyOf(scopeId, name), id]] : [])),
  )
  const idAt = ({ scope, name }: SecretPlace) =>
    found.get(keyOf(scopes.get(pathKey(scope)) ?? '', name))
  const missing = places.filter((place) => !idAt(place))
  if (missing.length > 0) throw await unknownSecrets(transaction, organizationId, missing, scopes)
  return places.map((place) => idAt(place) ?? '')
}

const keyOf = (scopeId: string, name: string): string => `${scopeId}/${name}`

/** Each place that leads nowhere: at its scope or at its name, with where that name is. */
async function unknownSecrets(
  { secret }: Transaction,
  organizationId: string,
  places: readonly SecretPlace[],
  scopes: ReadonlyMap<string, string>,
): Promise<Invalid> {
  const elsewhere = await secret.findMany({
    where: { organizationId, deletedAt: null, name: { in: places.map(({ name }) => name) } },
    select: { name: true, scope: { select: withPath } },
    orderBy: { id: 'asc' },
    take: 50,
  })
  const found = elsewhere.map(({ name, scope }) => ({ name, scope: pathOf(scope) }))
  const unique = new Map(places.map((place) => [pathKey([...place.scope, place.name]), place]))
  return new Invalid(
    [...unique.values()].map(({ scope, name }) => {
      const where = scope.length === 0 ? 'the root scope' : `the scope \`${pathKey(scope)}\``
      const what = scopes.has(pathKey(scope))
        ? `There is no secret \`${name}\` in ${where}.`
        : `There is no scope \`${pathKey(scope)}\`. A path begins below the organization.`
      const others = found.filter((other) => other.name === name).slice(0, 3)
      const near = others.length === 0 ? '' : ` There is ${others.map(formatPlace).join(', ')}.`
      return { path: ['template'], code: 'unknown_secret', detail: `${what}${near}` }
    }),
  )
}
