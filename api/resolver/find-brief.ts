import { derivedEnvName } from '../../contract/derived-env-name.ts'
import type { ScopeKind } from '../../contract/scope-kinds.ts'
import type { Database } from '../database/database.ts'
import { invalidField, unknownId } from '../errors.ts'
import type { ApplicableSecret } from '../scopes/effective-secrets.ts'
import { narrowest, type Chosen } from '../scopes/narrowest.ts'
import { outOfReach, seesScope } from '../scopes/scope-access.ts'
import { CHAIN, secretsIn, secretsWhere } from '../scopes/scope-chain.ts'
import { COLUMNS, JOINS, toWanted, type SecretRow } from './find-secrets.ts'
import type { Failure } from './resolution-failed.ts'
import type { WantedEnv } from './resolve-envs.ts'
import type { WantedSecret } from './resolver.ts'
import { suggestNames } from './suggest-names.ts'

/** Which secrets a task needs, and where it runs. */
export interface Brief {
  readonly scopeId: string
  /** Names, each with the variable it becomes; all that apply when left out. */
  readonly secretRefs?:
    readonly (string | { readonly name: string; readonly env?: string | undefined })[] | undefined
}

/** What a brief comes to, before any store is asked. */
export interface FoundBrief {
  /** In the order of the references; without any, of their names. */
  readonly envs: readonly BriefEnv[]
  /** References that lead nowhere, and variables that two secrets want. */
  readonly failures: readonly Failure[]
}

/** A variable of a brief, and why it is given this secret. */
export interface BriefEnv {
  readonly env: WantedEnv
  readonly chosen: Chosen<ApplicableSecret>
}

/** All secrets of a brief travel in one answer, and into one process. */
const MOST_SECRETS = 1000

/**
 * Finds the secrets of a brief from its scope up to the organization, the narrowest first, in one
 * query. Throws `invalid` when there is no such scope, and `forbidden` when it lies above `limit`; what
 * lies beside that is no such scope.
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
  const scope = [organizationId, scopeId]
  const rows =
    refs === undefined
      ? await database.query<BriefRow>('find-whole-brief', FIND_ALL, [...scope, MOST_SECRETS + 1])
      : await database.query<BriefRow>('find-named-brief', FIND_NAMED, [
          ...scope,
          [...new Set(refs.map(({ name }) => name))],
        ])
  if (rows.length === 0) throw unknownId('scopeId', 'scope')
  if (limit !== undefined && !rows.some((row) => row.scopeId === limit)) {
    const seen = await seesScope(database.prisma, limit, scopeId)
    throw seen ? outOfReach() : unknownId('scopeId', 'scope')
  }
  const found = narrowest(rows.flatMap(toFound))
  if (refs === undefined) {
    if (found.length > MOST_SECRETS) {
      throw invalidField(
        'secretRefs',
        'too_many',
        `More than ${MOST_SECRETS} secrets apply here. Name those that are needed.`,
      )
    }
    const bindings = found.map((chosen) => ({ env: derivedEnvName(chosen.name), chosen }))
    return bind(bindings.sort((a, b) => (a.env < b.env ? -1 : 1)))
  }
  const byName = new Map(found.map((chosen) => [chosen.name, chosen]))
  const { envs, failures } = bind(
    refs.flatMap(({ name, env = derivedEnvName(name) }) => {
      const chosen = byName.get(name)
      return chosen ? [{ env, chosen }] : []
    }),
  )
  const missing = refs.filter(({ name }) => !byName.has(name))
  if (missing.length === 0) return { envs, failures }
  const names = missing.map(({ name }) => name)
  const nearest = await suggestNames(database, organizationId, scopeId, names)
  const unknown = missing.map(({ name, env }) => missingFailure(name, env, nearest.get(name)))
  return { envs, failures: [...failures, ...unknown] }
}

interface BriefRow extends SecretRow {
  readonly scopeId: string
  readonly scopeKind: ScopeKind
  readonly distance: number
}

const findIn = (secrets: string) => `${CHAIN}
  SELECT c.id AS "scopeId", c.kind::text AS "scopeKind", c.distance, ${COLUMNS}
  FROM chain c LEFT JOIN LATERAL (${secrets}) s ON true ${JOINS}`

const FIND_ALL = findIn(secretsIn({ where: 'true', limit: '$3' }))

/** A statement of its own: with a condition that may be absent, a plan for both would read whole scopes. */
const FIND_NAMED = findIn(secretsWhere('name = ANY($3::text[])'))

interface FoundSecret extends ApplicableSecret {
  readonly wanted: WantedSecret
}

/** A scope without secrets has a row of its own, which says that it is there. */
function toFound(row: BriefRow): FoundSecret[] {
  if (row.id === null) return []
  const { id, scopeId, scopeKind, distance, name } = row
  const storage = row.storage as ApplicableSecret['storage']
  return [{ id, name, scopeId, scopeKind, distance, storage, wanted: toWanted(row) }]
}

/** A secret, and the variable it is to become. */
interface Binding {
  readonly env: string
  readonly chosen: Chosen<FoundSecret>
}

/** Gives each variable its secret. Where two want the same one, neither gets it. */
function bind(bindings: readonly Binding[]): FoundBrief {
  const byEnv = new Map<string, Binding[]>()
  for (const binding of bindings) {
    const same = byEnv.get(binding.env)
    if (same) same.push(binding)
    else byEnv.set(binding.env, [binding])
  }
  const wanted = [...byEnv]
  return {
    envs: wanted.flatMap(([name, [only, another]]) =>
      only && !another ? [{ env: envOf(name, only.chosen), chosen: only.chosen }] : [],
    ),
    failures: wanted.flatMap(([env, same]) => (same.length > 1 ? collision(env, same) : [])),
  }
}

const envOf = (name: string, { winner }: Chosen<FoundSecret>): WantedEnv => ({
  name,
  content: { kind: 'secret', secret: winner.wanted },
})

/** Each failure names a few of the others: naming all of them would be a thousand times a thousand names. */
function collision(env: string, same: readonly Binding[]): Failure[] {
  const secrets = [...new Map(same.map(({ chosen }) => [chosen.winner.id, chosen])).values()]
  const named = secrets.slice(0, MOST_NAMED).map(({ name }) => name)
  const others = secrets.length > named.length ? [`${secrets.length - named.length} more`] : []
  const detail =
    secrets.length === 1
      ? `This secret is named ${same.length} times for ${env}. Name it once.`
      : `${secrets.length} secrets become ${env}: ${[...named, ...others].join(', ')}. Name those that are needed in \`secretRefs\`, with another \`env\` for all but one of these.`
  return secrets.map(({ winner, name }) => ({
    ...{ env, secretId: winner.id, secretName: name },
    code: 'env_collision',
    detail,
  }))
}

const MOST_NAMED = 5

const missingFailure = (
  name: string,
  env: string | undefined,
  nearest: string[] = [],
): Failure => ({
  env: env ?? derivedEnvName(name),
  secretName: name,
  code: 'secret_missing',
  detail: `No secret of this name applies in the scope or in those above it.${nearest.length > 0 ? ` Near it: ${nearest.join(', ')}.` : ''}`,
  ...(nearest.length > 0 ? { nearest } : {}),
})
