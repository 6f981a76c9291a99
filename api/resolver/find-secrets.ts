import type { Database } from '../database/database.ts'
import { batched } from '../database/batch.ts'
import type { WantedEnv } from './resolve-envs.ts'
import type { StoreProvider } from './open-provider.ts'
import type { WantedSecret } from './resolver.ts'

/** Everything about the envs of a consumer that resolving them needs, in one query, in order of their names. */
export async function findEnvs(
  database: Database,
  organizationId: string,
  consumer: { readonly kind: string; readonly id: string },
): Promise<WantedEnv[]> {
  const rows = await database.query<EnvRow>(
    'find-envs',
    `SELECT e.name AS env, e.value AS plain, e.template, x.positions, ${COLUMNS}
     FROM "Env" e
     LEFT JOIN "EnvSecret" x ON (x."organizationId", x."envId") = (e."organizationId", e.id)
     LEFT JOIN "Secret" s ON s.id = x."secretId" ${JOINS}
     WHERE e."organizationId" = $1 AND e."consumerKind" = $2::"ConsumerKind" AND e."consumerId" = $3
     ORDER BY e.name COLLATE "C", s.id`,
    [organizationId, consumer.kind, consumer.id],
  )
  const byName = new Map<string, EnvRow[]>()
  for (const row of rows) byName.set(row.env, [...(byName.get(row.env) ?? []), row])
  return [...byName].map(([name, parts]) => ({ name, content: contentOf(parts) }))
}

interface EnvRow extends SecretRow {
  readonly env: string
  readonly plain: string | null
  readonly template: string | null
  readonly positions: number[] | null
}

/** What the rows of one env say together: one for each secret of a template, else one. */
function contentOf(rows: readonly EnvRow[]): WantedEnv['content'] {
  const [first] = rows
  if (!first) throw new Error('An env without a row.')
  if (first.plain !== null) return { kind: 'plain', value: first.plain }
  if (first.template === null) return { kind: 'secret', secret: toWanted(first) }
  return {
    kind: 'template',
    template: first.template,
    // A template of text alone has one row, without a secret.
    secrets: rows
      .filter(({ id }) => id !== null)
      .map((row) => ({ secret: toWanted(row), positions: row.positions ?? [] })),
  }
}

interface Question {
  readonly organizationId: string
  readonly secretId: string
  /** Only when an env of an LLM provider refers to it. */
  readonly forLlmProvider: boolean
}

/** Finds single secrets; those asked for at the same time are found by one query. */
export function secretFinder(
  database: Database,
): (question: Question) => Promise<WantedSecret | undefined> {
  return batched((questions) => findSecrets(database, questions), {
    size: 100,
    concurrency: Math.min(2, database.connections),
  })
}

async function findSecrets(
  database: Database,
  questions: readonly Question[],
): Promise<(WantedSecret | undefined)[]> {
  const ids = [...new Set(questions.map(({ secretId }) => secretId))]
  const rows = await database.query<FoundRow>('find-secrets', FIND_SECRETS, [ids])
  const byId = new Map(rows.map((row) => [row.id, row]))
  return questions.map(({ organizationId, secretId, forLlmProvider }) => {
    const row = byId.get(secretId)
    if (row?.organizationId !== organizationId) return undefined
    return forLlmProvider && !row.forLlmProvider ? undefined : toWanted(row)
  })
}

/** What `toWanted` reads, of a secret `s`. */
export const COLUMNS = `
  s.id, s."organizationId", s.name, s.storage::text, s."deletedAt" IS NOT NULL AS deleted,
  s."remotePath", s."remoteKey", s."remoteVersion", s."defaultStore",
  v.number, v.value AS sealed, v."sealFormat", v."dataKeyId", v.encoding::text, v."storeVersion",
  p.id AS "providerId", p.name AS "providerName", p.type, p.revision, p.config, p."sensitiveFields",
  p.credentials, p."sealFormat" AS "providerSealFormat", p."dataKeyId" AS "providerDataKeyId",
  p."deletedAt" IS NOT NULL AS "providerDeleted"`

/**
 * By id alone: composite foreign keys keep all of it in one organization. With the organization said
 * again, and before the tables were ever analyzed, PostgreSQL takes one organization's rows for one
 * row, and reads all of its secrets for each env.
 */
export const JOINS = `
  LEFT JOIN "SecretVersion" v ON s.storage <> 'remote'
    AND (v."organizationId", v."secretId", v.number) = (s."organizationId", s.id, s."currentVersion")
  LEFT JOIN "SecretProvider" p ON p.id = s."providerId"`

/**
 * Planned once, where `= ANY($1)` would be planned for each run, which takes five times as long as the
 * run: PostgreSQL keeps a plan only where it costs no more than one for the values at hand, and it
 * counts on ten ids where it does not see that there is one. Behind a SELECT it never sees them. LIMIT
 * has it look for each id by itself, in the index, however few rows there were when it planned.
 */
const FIND_SECRETS = `
  SELECT found.* FROM unnest((SELECT $1::uuid[])) AS asked(id)
  CROSS JOIN LATERAL (
    SELECT ${COLUMNS}, EXISTS (
      SELECT 1 FROM "EnvSecret" x JOIN "Env" e ON e.id = x."envId"
      WHERE (x."organizationId", x."secretId") = (s."organizationId", s.id)
        AND e."consumerKind" = 'llm_provider'
    ) AS "forLlmProvider"
    FROM "Secret" s ${JOINS}
    WHERE s.id = asked.id
    LIMIT 1
  ) AS found`

export interface SecretRow {
  readonly id: string | null
  readonly organizationId: string
  readonly name: string
  readonly storage: string
  readonly deleted: boolean
  readonly remotePath: string | null
  readonly remoteKey: string | null
  readonly remoteVersion: string | null
  readonly defaultStore: string | null
  readonly number: number | null
  readonly sealed: Uint8Array<ArrayBuffer> | null
  readonly sealFormat: number | null
  readonly dataKeyId: string | null
  readonly encoding: 'utf8' | 'base64' | null
  readonly storeVersion: string | null
  readonly providerId: string | null
  readonly providerName: string
  readonly type: string
  readonly revision: number
  readonly config: object
  readonly sensitiveFields: string[]
  readonly credentials: Uint8Array<ArrayBuffer> | null
  readonly providerSealFormat: number | null
  readonly providerDataKeyId: string | null
  readonly providerDeleted: boolean
}

interface FoundRow extends SecretRow {
  readonly forLlmProvider: boolean
}

/** @throws when the row contradicts itself, which no operation can bring about */
export function toWanted(row: SecretRow): WantedSecret {
  const { id, organizationId, name, deleted } = row
  if (id === null) throw new Error('A secret without an id.')
  return { id, organizationId, name, deleted, place: placeOf(row) }
}

function providerOf(row: SecretRow): StoreProvider | undefined {
  if (row.providerId === null) return undefined
  return {
    id: row.providerId,
    organizationId: row.organizationId,
    name: row.providerName,
    type: row.type,
    revision: row.revision,
    deleted: row.providerDeleted,
    config: row.config as never,
    sensitiveFields: row.sensitiveFields,
    credentials: row.credentials,
    sealFormat: row.providerSealFormat,
    dataKeyId: row.providerDataKeyId,
  }
}

function placeOf(row: SecretRow): WantedSecret['place'] {
  const { number, sealed, sealFormat, dataKeyId, remotePath } = row
  const writtenAsBytes = row.encoding === 'base64'
  if (row.storage === 'local' && number !== null && sealed && sealFormat !== null && dataKeyId) {
    return {
      storage: 'local',
      version: number,
      writtenAsBytes,
      sealed: { bytes: sealed, sealFormat, dataKeyId },
    }
  }
  const provider = providerOf(row)
  if (row.storage === 'remote' && provider && remotePath !== null) {
    return {
      storage: 'remote',
      path: remotePath,
      key: row.remoteKey ?? undefined,
      version: row.remoteVersion ?? undefined,
      provider,
    }
  }
  if (row.storage === 'managed' && remotePath !== null) {
    const { defaultStore, storeVersion } = row
    const store = { provider, defaultStore }
    const version = number ?? undefined
    return {
      storage: 'managed',
      path: remotePath,
      version,
      storeVersion: storeVersion ?? undefined,
      writtenAsBytes,
      store,
    }
  }
  if (row.deleted) return { storage: 'none' } // its values were purged
  throw new Error(`Secret ${row.id} has storage ${row.storage} and no place to be read from.`)
}
