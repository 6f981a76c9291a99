import type { Answer } from '../../../contract/schemas/index.ts'
import type { Database } from '../../database/database.ts'
import { Prisma } from '../../database/gen/client.ts'
import { isOwner, type Principal } from '../../principals/principal.ts'
import { visibleScopes, withinScope } from '../../scopes/scope-access.ts'
import { organizationFilter } from '../organization-of.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'

/** Secrets, and to owners tokens too: nobody else may list those. */
export const listDue = ({ database, pages }: Services) =>
  operation('ListDue', async ({ query }, { operation, principal }) => {
    const organizationId = organizationFilter(principal, query.organizationId)
    const list = pages.of(operation, organizationId)
    const due = await inReach(database, principal, organizationId)
    const [at, kind, id, reason] = list.position(query.cursor) ?? []
    const after =
      at === undefined
        ? EVERYTHING
        : Prisma.sql`(at, kind, id, reason) > (${at}::timestamptz, ${kind}, ${id}::uuid, ${reason})`
    const rows = await database.prisma.$queryRaw<Row[]>`
      SELECT *, at < now() AS overdue FROM (${due}) due
      WHERE at < coalesce(${query.before ?? null}::timestamptz, now() + interval '30 days')
        AND ${after}
      ORDER BY at, kind, id, reason LIMIT ${query.limit + 1}`
    return list.page(rows, query.limit, toItem, positionOf)
  })

const EVERYTHING = Prisma.sql`true`

async function inReach(
  database: Database,
  principal: Principal,
  organizationId: string | undefined,
): Promise<Prisma.Sql> {
  const { scopeId: limit } = principal
  const own =
    organizationId === undefined
      ? EVERYTHING
      : Prisma.sql`"organizationId" = ${organizationId}::uuid`
  const inScopes = async (where: Prisma.ScopeWhereInput) => {
    if (limit === undefined) return own
    const scopes = await database.prisma.scope.findMany({ where, select: { id: true } })
    return Prisma.sql`${own} AND "scopeId" = ANY(${scopes.map(({ id }) => id)}::uuid[])`
  }
  const seen = await inScopes(visibleScopes(principal))
  const secrets = timesOf('secret', Prisma.sql`"Secret" WHERE "deletedAt" IS NULL AND ${seen}`)
  if (!isOwner(principal)) return secrets
  const within = await inScopes(limit === undefined ? {} : withinScope(limit))
  const tokens = timesOf(
    'api_token',
    Prisma.sql`"ApiToken" WHERE "revokedAt" IS NULL AND ${within}`,
  )
  return Prisma.sql`${secrets} UNION ALL ${tokens}`
}

/** What both expires and is to be rotated has two rows. Each is found by an index of its own. */
const timesOf = (kind: Row['kind'], rows: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT ${kind}::text AS kind, id, "organizationId", name, "scopeId",
    'expires'::text AS reason, "expiresAt" AS at FROM ${rows}
  UNION ALL
  SELECT ${kind}::text, id, "organizationId", name, "scopeId",
    'rotation'::text, "rotateAt" FROM ${rows}`

type Item = Answer<'ListDue'>['items'][number]

interface Row {
  readonly kind: Item['kind']
  readonly id: string
  readonly organizationId: string
  readonly name: string
  readonly scopeId: string | null
  readonly reason: Item['reason']
  readonly at: Date
  readonly overdue: boolean
}

const toItem = ({ scopeId, at, ...row }: Row): Item => ({
  ...row,
  ...(scopeId === null ? {} : { scopeId }),
  at: at.toISOString(),
})

const positionOf = ({ at, kind, id, reason }: Row) => [at.toISOString(), kind, id, reason]
