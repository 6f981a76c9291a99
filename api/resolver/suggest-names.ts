import type { Database } from '../database/database.ts'
import { CHAIN, secretsIn } from '../scopes/scope-chain.ts'
import { nearestNames } from './nearest-names.ts'

/** Who misspells more names than this has another list in mind. */
const MOST_SUGGESTIONS = 20

/** About 20 ms on one core, whoever asks for what. */
const MOST_CELLS = 2_000_000

/** Names of secrets that apply in a scope, for each of the first missing ones that look like them. */
export async function suggestNames(
  database: Database,
  organizationId: string,
  scopeId: string,
  missing: readonly string[],
): Promise<Map<string, string[]>> {
  const wanted = [...new Set(missing)].slice(0, MOST_SUGGESTIONS)
  const rows = await database.transaction(async (transaction) => {
    // While a table was never analyzed, PostgreSQL takes a scope for a few rows, and would rather sort
    // all of them for each name than follow the index that they are sorted by. PGlite never analyzes.
    await transaction.$executeRaw`SET LOCAL enable_sort = off`
    return await transaction.$queryRawUnsafe<readonly Likely[]>(
      FIND_LIKELY,
      organizationId,
      scopeId,
      wanted,
    )
  })
  const budget = { cells: MOST_CELLS }
  return new Map(
    wanted.map((name) => {
      const likely = rows.flatMap((row) => (row.wanted === name ? [row.name] : []))
      return [name, nearestNames(name, likely, budget)]
    }),
  )
}

interface Likely {
  readonly wanted: string
  readonly name: string
}

/** Names before and after the place where a missing one would stand: all of a scope that has no more. */
const NEIGHBOURS = 200

const LIKELY = 100

/**
 * Of its neighbours in each scope, those of about its length, first those that begin like it. A
 * scope may have a million secrets, so only neighbours are looked at: an index leads to them. In lower
 * case too, since most names are, and many databases sort capitals before them.
 */
const FIND_LIKELY = `${CHAIN}
  SELECT w.name AS wanted, likely.name FROM unnest($3::text[]) AS w(name) CROSS JOIN LATERAL (
    SELECT s.name FROM (SELECT w.name AS key UNION SELECT lower(w.name)) k CROSS JOIN chain c
    CROSS JOIN LATERAL (
      (SELECT name FROM (${secretsIn({ where: 'name >= k.key', limit: NEIGHBOURS })}) after)
      UNION ALL
      (SELECT name FROM (${secretsIn({ where: 'name < k.key', order: 'name DESC', limit: NEIGHBOURS })}) before)
    ) s
    WHERE abs(length(s.name) - length(w.name)) <= greatest(2, ceil(length(s.name) / 3.0))
    GROUP BY s.name
    ORDER BY lower(left(s.name, 1)) = lower(left(w.name, 1)) DESC,
      abs(length(s.name) - length(w.name)), s.name
    LIMIT ${LIKELY}
  ) likely`
