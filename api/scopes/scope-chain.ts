/**
 * A common table `chain`: the scope `$2` of the organization `$1` and those above it, each with its
 * distance from it. Empty when there is no such scope.
 */
export const CHAIN = `
  WITH RECURSIVE chain AS (
    SELECT id, "parentId", kind, 0 AS distance FROM "Scope"
    WHERE "organizationId" = $1::uuid AND id = $2::uuid AND "deletedAt" IS NULL
    UNION ALL
    SELECT p.id, p."parentId", p.kind, c.distance + 1 FROM chain c
    JOIN "Scope" p ON (p."organizationId", p.id) = ($1::uuid, c."parentId")
  )`

/**
 * The living secrets in one scope `c` of the chain, for a lateral join: the first `limit` of those for
 * which the condition `where` holds. By name, which an index of each scope is sorted by; so it costs
 * no more than what it answers, however many there are.
 */
export const secretsIn = ({
  where,
  order = 'name',
  limit,
}: {
  readonly where: string
  readonly order?: 'name' | 'name DESC'
  readonly limit: string | number
}): string => `${secretsWhere(where)} ORDER BY ${order} LIMIT ${limit}`

/** The same without order, for a condition that few secrets of a scope meet: those of certain names. */
export const secretsWhere = (where: string): string => `
  SELECT * FROM "Secret"
  WHERE ("organizationId", "scopeId") = ($1::uuid, c.id) AND "deletedAt" IS NULL AND (${where})`
