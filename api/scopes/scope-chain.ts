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
