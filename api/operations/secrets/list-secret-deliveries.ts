import type { Answer } from '../../../contract/schemas/index.ts'
import { RETAINED_DAYS } from '../../retention/retained.ts'
import { requireWithin } from '../../scopes/scope-access.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { findVisible } from './find-visible.ts'

export const listSecretDeliveries = ({ database, pages }: Services) =>
  operation('ListSecretDeliveries', async ({ params: { id }, query }, { operation, principal }) => {
    const { organizationId, scopeId } = await findVisible(database, id, principal)
    // Whose workloads are given what lies above is not for a limited token to know.
    await requireWithin(database.prisma, principal, scopeId)
    const list = pages.of(operation, organizationId, id)
    // Before all of them, as no id is empty: one condition for every page, which an index follows.
    const [workloadId = '', env = ''] = list.position(query.cursor) ?? []
    const about = [organizationId, id, RETAINED_DAYS]
    const page = [query.outdated, workloadId, env, query.limit + 1]
    const rows = await database.query<Row>('list-deliveries', DELIVERIES, [...about, ...page])
    return list.page(rows, query.limit, toItem, ({ workloadId, env }) => [workloadId, env])
  })

/**
 * Outdated is what differs from the current value, and, where the value lies in a provider, from what
 * was read there last.
 */
const DELIVERIES = `
  SELECT given."workloadId", given.env, given."consumerKind"::text, given."consumerId",
    given."scopeId", given.version, given."deliveredAt",
    given.fingerprint <> newest.fingerprint AS outdated
  FROM "Delivery" given, (SELECT coalesce(
    (SELECT fingerprint FROM "SecretVersion"
     WHERE ("organizationId", "secretId") = ($1::uuid, $2::uuid) AND state = 'current'),
    (SELECT fingerprint FROM "Delivery"
     WHERE ("organizationId", "secretId") = ($1::uuid, $2::uuid)
     ORDER BY "deliveredAt" DESC LIMIT 1)
  ) AS fingerprint) newest
  WHERE (given."organizationId", given."secretId") = ($1::uuid, $2::uuid)
    AND given."deliveredAt" > now() - make_interval(days => $3)
    AND (NOT $4::boolean OR given.fingerprint <> newest.fingerprint)
    AND (given."workloadId", given.env) > ($5, $6)
  ORDER BY given."workloadId", given.env
  LIMIT $7`

interface Row {
  readonly workloadId: string
  readonly env: string
  readonly consumerKind: Consumer['kind'] | null
  readonly consumerId: string | null
  readonly scopeId: string | null
  readonly version: string | null
  readonly deliveredAt: Date
  readonly outdated: boolean
}

type Item = Answer<'ListSecretDeliveries'>['items'][number]
type Consumer = NonNullable<Item['consumer']>

const toItem = ({ consumerKind: kind, consumerId: id, ...row }: Row): Item => ({
  workloadId: row.workloadId,
  env: row.env,
  ...(kind === null || id === null ? {} : { consumer: { kind, id } }),
  ...(row.scopeId === null ? {} : { scopeId: row.scopeId }),
  ...(row.version === null ? {} : { version: row.version }),
  outdated: row.outdated,
  deliveredAt: row.deliveredAt.toISOString(),
})
