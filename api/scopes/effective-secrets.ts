import type { ScopeKind } from '../../contract/scope-kinds.ts'
import type { Database } from '../database/database.ts'
import type { Storage } from '../database/gen/client.ts'
import { narrowest, type Candidate, type Chosen } from './narrowest.ts'
import { CHAIN, secretsIn, secretsWhere } from './scope-chain.ts'

/** A secret that applies in a scope, without its value. */
export interface ApplicableSecret extends Candidate {
  readonly id: string
  readonly scopeId: string
  readonly scopeKind: ScopeKind
  readonly storage: Storage
}

export interface Question {
  readonly organizationId: string
  readonly scopeId: string
  /** Only this name. */
  readonly name?: string | undefined
  /** Only names after this one. */
  readonly after?: string | undefined
  readonly limit: number
}

/** What the first names mean in a scope, in the order of the names. Each scope is asked for one page of them. */
export async function effectiveSecrets(
  database: Database,
  { organizationId, scopeId, name, after, limit }: Question,
): Promise<Chosen<ApplicableSecret>[]> {
  const scope = [organizationId, scopeId]
  const rows =
    name === undefined
      ? await database.query<ApplicableSecret>('effective-secrets', FIND_PAGE, [
          ...scope,
          after ?? '', // no name is empty, so this is before all of them
          limit,
        ])
      : await database.query<ApplicableSecret>('effective-secret', FIND_NAMED, [...scope, name])
  return narrowest(rows).slice(0, limit)
}

const findIn = (secrets: string) => `${CHAIN}
  SELECT s.id, s.name, s.storage::text, s."scopeId", c.kind::text AS "scopeKind", c.distance
  FROM chain c CROSS JOIN LATERAL (${secrets}) s
  ORDER BY s.name, c.distance`

const FIND_PAGE = findIn(secretsIn({ where: 'name > $3', limit: '$4' }))
const FIND_NAMED = findIn(secretsWhere('name = $3'))

/** As answers show it: names and ids, and why. */
export const toExplanation = ({ name, winner, passedOver }: Chosen<ApplicableSecret>) => ({
  name,
  secretId: winner.id,
  scopeId: winner.scopeId,
  scopeKind: winner.scopeKind,
  storage: winner.storage,
  passedOver: passedOver.map(({ id, scopeId, scopeKind }) => ({
    secretId: id,
    scopeId,
    scopeKind,
  })),
})
