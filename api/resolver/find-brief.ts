import { derivedEnvName } from '../../contract/derived-env-name.ts'
import type { ScopeKind } from '../../contract/scope-kinds.ts'
import type { Database } from '../database/database.ts'
import { invalidField, unknownId } from '../errors.ts'
import type { ApplicableSecret } from '../scopes/effective-secrets.ts'
import { narrowest, type Chosen } from '../scopes/narrowest.ts'
import { CHAIN } from '../scopes/scope-chain.ts'
import { COLUMNS, JOINS, toWanted, type SecretRow } from './find-secrets.ts'
import { nearestNames } from './nearest-names.ts'
import type { Failure } from './resolution-failed.ts'
import type { WantedSecret } from './resolver.ts'
import type { WantedEnv } from './wanted-env.ts'

/** Which secrets a task needs, and where it runs. */
export interface Brief {
  readonly scopeId: string
  /** Names, each with the variable it becomes; all that apply when left out. */
  readonly secretRefs?:
    readonly (string | { readonly name: string; readonly env?: string | undefined })[] | undefined
}

/** What a brief comes to, before any store is asked. */
export interface FoundBrief {
  /** In the order of their names, as are `chosen`. */
  readonly envs: readonly WantedEnv[]
  readonly chosen: readonly Chosen<ApplicableSecret>[]
  /** References that lead nowhere, and variables that two secrets want. */
  readonly failures: readonly Failure[]
}

/** All secrets of a brief travel in one answer, and into one process. */
const MOST_SECRETS = 1000

/**
 * Finds the secrets of a brief from its scope up to the organization, the narrowest first, in one
 * query. Throws `invalid` when there is no such scope, or it lies outside of `limit`.
 *
 * @param limit - the scope that the caller's token is limited to
 */
export async function findBrief(
  database: Database,
  organizationId: string,
  { scopeId, secretRefs }: Brief,
  limit: string | undefined,
): Promise<FoundBrief> {
  const refs = secretRefs?.map((ref) => (typeof ref === 'string' ? { name: ref } : ref))
  const rows = await database.query<BriefRow>('find-brief', FIND_BRIEF, [
    organizationId,
    scopeId,
    refs === undefined ? null : [...new Set(refs.map(({ name }) => name))],
    MOST_SECRETS + 1,
  ])
  const inReach = limit === undefined || rows.some((row) => row.scopeId === limit)
  if (rows.length === 0 || !inReach) throw unknownId('scopeId', 'scope')
  const found = narrowest(rows.flatMap(toApplicable))
  if (refs === undefined) {
    if (found.length > MOST_SECRETS) {
      throw invalidField(
        'secretRefs',
        'too_many',
        `More than ${MOST_SECRETS} secrets apply here. Name those that are needed.`,
      )
    }
    return bind(found.map((chosen) => ({ env: derivedEnvName(chosen.name), chosen })))
  }
  const byName = new Map(found.map((chosen) => [chosen.name, chosen]))
  const bindings = refs.flatMap(({ name, env = derivedEnvName(name) }) => {
    const chosen = byName.get(name)
    return chosen ? [{ env, chosen }] : []
  })
  const missing = refs.filter(({ name }) => !byName.has(name))
  const { failures, ...brief } = bind(bindings)
  if (missing.length === 0) return { ...brief, failures }
  const names = await namesIn(database, organizationId, scopeId)
  const unknown = missing.map(({ name, env }) =>
    missingFailure(name, env, nearestNames(name, names)),
  )
  return { ...brief, failures: [...failures, ...unknown] }
}

interface BriefRow extends SecretRow {
  readonly scopeId: string
  readonly scopeKind: ScopeKind
  readonly distance: number
}

const FIND_BRIEF = `${CHAIN}
  SELECT c.id AS "scopeId", c.kind::text AS "scopeKind", c.distance, ${COLUMNS}
  FROM chain c LEFT JOIN LATERAL (
    SELECT * FROM "Secret"
    WHERE ("organizationId", "scopeId") = ($1::uuid, c.id) AND "deletedAt" IS NULL
      AND ($3::text[] IS NULL OR name = ANY($3))
    ORDER BY name LIMIT $4
  ) s ON true ${JOINS}`

type Applicable = ApplicableSecret & { readonly wanted: WantedSecret }

/** A scope without secrets has a row of its own, which says that it is there. */
function toApplicable(row: BriefRow): Applicable[] {
  if (row.id === null) return []
  const { scopeId, scopeKind, distance, name } = row
  const wanted = toWanted(row)
  const storage = row.storage as ApplicableSecret['storage']
  return [{ id: row.id, name, scopeId, scopeKind, distance, storage, wanted }]
}

interface Binding {
  readonly env: string
  readonly chosen: Chosen<Applicable>
}

/** Gives each variable its secret. Where two want the same one, neither gets it. */
function bind(bindings: readonly Binding[]): FoundBrief {
  const byEnv = new Map<string, Binding[]>()
  for (const binding of bindings) {
    byEnv.set(binding.env, [...(byEnv.get(binding.env) ?? []), binding])
  }
  const sorted = [...byEnv].sort(([a], [b]) => (a < b ? -1 : 1))
  const alone = sorted.flatMap(([, [only, another]]) => (only && !another ? [only] : []))
  return {
    envs: alone.map(({ env, chosen }) => ({
      name: env,
      content: { kind: 'secret', secret: chosen.winner.wanted },
    })),
    chosen: alone.map(({ chosen }) => chosen),
    failures: sorted.flatMap(([env, same]) => (same.length > 1 ? collision(env, same) : [])),
  }
}

const collision = (env: string, same: readonly Binding[]): Failure[] =>
  same.map(({ chosen: { winner, name } }) => ({
    env,
    secretId: winner.id,
    secretName: name,
    code: 'env_collision',
    detail: `${same.length} references become ${env}: ${same.map((other) => other.chosen.name).join(', ')}. Name another \`env\` for all but one of them in \`secretRefs\`.`,
  }))

const missingFailure = (name: string, env: string | undefined, nearest: string[]): Failure => ({
  env: env ?? derivedEnvName(name),
  secretName: name,
  code: 'secret_missing',
  detail: `No secret of this name applies in the scope or in those above it.${nearest.length > 0 ? ` Near it: ${nearest.join(', ')}.` : ''}`,
  ...(nearest.length > 0 ? { nearest } : {}),
})

/** Names to look for a misspelt one among. */
async function namesIn(
  database: Database,
  organizationId: string,
  scopeId: string,
): Promise<string[]> {
  const rows = await database.query<{ name: string }>(
    'find-names-of-brief',
    `${CHAIN}
     SELECT DISTINCT s.name FROM chain c CROSS JOIN LATERAL (
       SELECT name FROM "Secret"
       WHERE ("organizationId", "scopeId") = ($1::uuid, c.id) AND "deletedAt" IS NULL
       ORDER BY name LIMIT 2000
     ) s`,
    [organizationId, scopeId],
  )
  return rows.map(({ name }) => name)
}
