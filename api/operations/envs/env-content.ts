import { parseTemplate, type SecretPlace } from '../../../contract/template.ts'
import type { Transaction } from '../../database/database.ts'
import { Invalid, invalidField } from '../../errors.ts'
import { atPath } from '../../scopes/scope-path.ts'
import { requireSecret } from '../living.ts'

/** What an env is made of: exactly one of the three. */
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
export async function storeContent(
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
  const found = new Map<string, string | undefined>()
  for (const place of places) {
    const key = keyOf(place)
    if (!found.has(key)) found.set(key, await findSecret(transaction, organizationId, place))
  }
  const missing = [...found].filter(([, id]) => id === undefined).map(([key]) => key)
  if (missing.length > 0) {
    throw new Invalid(
      missing.map((key) => ({
        path: ['template'],
        code: 'unknown_secret',
        detail: `There is no secret ${key} in the organization. A name alone is one of the root scope; write the path of another scope before it.`,
      })),
    )
  }
  for (const id of [...new Set(found.values())].sort()) {
    if (id !== undefined) await requireSecret(transaction, organizationId, id)
  }
  return places.map((place) => found.get(keyOf(place)) ?? '')
}

const keyOf = ({ scope, name }: SecretPlace): string => [...scope, name].join('/')

async function findSecret(
  transaction: Transaction,
  organizationId: string,
  { scope, name }: SecretPlace,
): Promise<string | undefined> {
  const living = { organizationId, deletedAt: null }
  const found = await transaction.secret.findFirst({
    where: { ...living, name, scope: atPath(scope) },
    select: { id: true },
  })
  return found?.id
}

/** An env without content would fail at the start of a workload. */
export function requireContent({ value, secretId, template }: Content): void {
  if (value !== null || secretId !== null || template !== null) return
  throw invalidField(
    'secretId',
    'required',
    'An env needs a `value`, a `secretId` or a `template`: give another one instead.',
  )
}
