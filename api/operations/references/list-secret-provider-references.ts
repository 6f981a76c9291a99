import type { ConsumerKind } from '../../../contract/consumer-kinds.ts'
import { NIL } from 'uuid'
import { notFound } from '../../errors.ts'
import { visibleTo } from '../../scopes/scope-access.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'

/** The whole way down: the secrets of a provider, and after each the envs that it goes into. */
export const listSecretProviderReferences = ({ database, pages }: Services) =>
  operation(
    'ListSecretProviderReferences',
    async ({ params: { id }, query }, { operation, principal }) => {
      const provider = await database.prisma.secretProvider.findFirst({
        where: { id, ...visibleTo(principal) },
        select: { organizationId: true },
      })
      if (!provider) throw notFound()
      const { organizationId } = provider
      const list = pages.of(operation, organizationId, id)
      const [secretId = NIL, envId = null] = list.position(query.cursor) ?? []
      const rows = await database.query<Row>('list-provider-references', REFERENCES, [
        organizationId,
        id,
        secretId,
        envId,
        query.limit + 1,
      ])
      return list.page(rows, query.limit, toReference, (row) => [row.secretId, row.envId])
    },
  )

interface Row {
  readonly secretId: string
  readonly secretName: string
  /** Null for the secret itself. */
  readonly envId: string | null
  readonly envName: string
  readonly consumerKind: ConsumerKind
  readonly consumerId: string
}

/** A secret comes before its envs, as null before ids. */
const REFERENCES = `
  SELECT s.id AS "secretId", s.name AS "secretName", r.*
  FROM "Secret" s CROSS JOIN LATERAL (
    SELECT NULL::uuid AS "envId", NULL AS "envName", NULL AS "consumerKind", NULL AS "consumerId"
    UNION ALL
    SELECT e.id, e.name, e."consumerKind"::text, e."consumerId"
    FROM "EnvSecret" x JOIN "Env" e ON (e."organizationId", e.id) = (x."organizationId", x."envId")
    WHERE (x."organizationId", x."secretId") = (s."organizationId", s.id)
  ) r
  WHERE s."organizationId" = $1::uuid AND s."providerId" = $2::uuid AND s."deletedAt" IS NULL
    AND s.id >= $3::uuid
    AND (s.id > $3::uuid OR (r."envId" IS NOT NULL AND ($4::uuid IS NULL OR r."envId" > $4::uuid)))
  ORDER BY s.id, r."envId" NULLS FIRST LIMIT $5`

const toReference = (row: Row) =>
  row.envId === null
    ? { kind: 'secret' as const, id: row.secretId, name: row.secretName }
    : {
        kind: 'env' as const,
        id: row.envId,
        name: row.envName,
        consumer: { kind: row.consumerKind, id: row.consumerId },
        secretId: row.secretId,
      }
