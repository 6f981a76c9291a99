import { renamePlaces } from '../../../contract/template.ts'
import type { Env } from '../../database/gen/client.ts'
import { pathOf, withPath, type NamedScope } from '../../scopes/scope-path.ts'

/** What an answer needs besides the row itself. */
export const withSecrets = {
  secrets: {
    select: {
      secretId: true,
      positions: true,
      secret: {
        select: {
          name: true,
          deletedAt: true,
          provider: { select: { deletedAt: true } },
          scope: { select: withPath },
        },
      },
    },
  },
} as const

type Row = Env & {
  readonly secrets: readonly {
    readonly secretId: string
    readonly positions: readonly number[]
    readonly secret: {
      readonly name: string
      readonly deletedAt: Date | null
      readonly provider: { readonly deletedAt: Date | null } | null
      readonly scope: NamedScope
    }
  }[]
}

export function toAnswer(row: Row) {
  const { template, secrets } = row
  return {
    id: row.id,
    organizationId: row.organizationId,
    consumer: { kind: row.consumerKind, id: row.consumerId },
    name: row.name,
    ...(row.value === null ? {} : { value: row.value }),
    ...(template === null ? secretOf(row) : templateOf(template, row)),
    broken: secrets.some(({ secret }) => secret.deletedAt ?? secret.provider?.deletedAt),
    revision: row.revision,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}

const secretOf = ({ secrets: [only] }: Row) => (only ? { secretId: only.secretId } : {})

/** A template speaks of ids, and is shown with the names that they have now. */
function templateOf(template: string, { secrets }: Row) {
  const places = secrets
    .flatMap((each) => each.positions.map((position) => ({ position, ...each })))
    .sort((a, b) => a.position - b.position)
  const names = places.map(({ secret }) => ({ scope: pathOf(secret.scope), name: secret.name }))
  return {
    template: renamePlaces(template, names),
    secretIds: places.map(({ secretId }) => secretId),
  }
}

/** An env as a list of references names it. */
export const toReference = (env: Pick<Env, 'id' | 'name' | 'consumerKind' | 'consumerId'>) => ({
  kind: 'env' as const,
  id: env.id,
  name: env.name,
  consumer: { kind: env.consumerKind, id: env.consumerId },
})
