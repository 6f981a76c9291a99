import { timingSafeEqual } from 'node:crypto'
import type { Role } from '../../contract/routes.ts'
import { batched } from '../database/batch.ts'
import type { Database } from '../database/database.ts'
import { Refused } from '../errors.ts'
import type { Principal } from './principal.ts'
import { hashToken, isTokenShaped } from './token.ts'

/** The token is known, and no longer valid. Worth an audit row, unlike a guess. */
export class TokenNoLongerValid extends Refused {
  readonly principal: Principal

  constructor(principal: Principal, detail: string) {
    super('unauthenticated', detail)
    this.principal = principal
  }
}

/** Finds out who holds a token. Nothing is cached: a revoked token is refused at once, everywhere. */
export class Authenticator {
  readonly #database: Database
  readonly #given: { readonly hash: Buffer; readonly principal: Principal } | undefined
  readonly #find: (hash: Buffer) => Promise<TokenRow | undefined>

  /** @param adminToken - one that the operator gives in the environment, beside those in the database */
  constructor(database: Database, adminToken: string | undefined) {
    this.#database = database
    this.#given = adminToken === undefined ? undefined : givenAdmin(adminToken)
    this.#find = batched((hashes) => findTokens(database, hashes), {
      size: 100,
      concurrency: Math.min(2, database.connections),
    })
  }

  /** @param header - the `Authorization` header. Rejects with an `unauthenticated` refusal. */
  async authenticate(header: string | undefined): Promise<Principal> {
    const token = /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1]
    if (token === undefined) {
      throw new Refused('unauthenticated', 'Send a token: `Authorization: Bearer agyn_…`.')
    }
    const hash = hashToken(token)
    if (this.#given && timingSafeEqual(hash, this.#given.hash)) return this.#given.principal
    if (!isTokenShaped(token)) {
      throw new Refused(
        'unauthenticated',
        'This is not a token of this API: one begins with `agyn_` and has 54 characters, save an AGYN_ADMIN_TOKEN of your own. Check that it was copied whole.',
      )
    }
    const row = await this.#find(hash)
    if (!row)
      throw new Refused(
        'unauthenticated',
        'This token is not known here. Check that it belongs to this deployment.',
      )
    const principal = toPrincipal(row)
    if (row.revoked)
      throw new TokenNoLongerValid(principal, 'This token was revoked. Use another one.')
    if (row.expired)
      throw new TokenNoLongerValid(principal, 'This token has expired. Make a new one.')
    if (row.unseen) void this.#noteUse(row)
    return principal
  }

  /** Accurate to a minute, so that a busy token does not write a row at each request. */
  async #noteUse({ kind, id }: TokenRow): Promise<void> {
    const table = kind === 'admin' ? 'AdminToken' : 'ApiToken'
    try {
      await this.#database.query(
        `note-use-of-${table}`,
        `UPDATE "${table}" SET "lastUsedAt" = now()
         WHERE id = $1 AND coalesce("lastUsedAt" < now() - interval '1 minute', true)`,
        [id],
      )
    } catch {
      // Nobody waits for it; the next request tries again.
    }
  }
}

function givenAdmin(token: string) {
  const hash = hashToken(token)
  const hex = hash.toString('hex')
  // An id for the audit log that stays the same as long as the token does (UUIDv8, RFC 9562 section 5.8).
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
  return {
    hash,
    principal: { kind: 'admin', id, name: 'AGYN_ADMIN_TOKEN', role: 'admin' } as const,
  }
}

interface TokenRow {
  readonly kind: 'admin' | 'token'
  readonly hash: Buffer
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly organizationId: string | null
  readonly scopeId: string | null
  readonly expiresAt: Date | null
  readonly revoked: boolean
  readonly expired: boolean
  readonly unseen: boolean
}

async function findTokens(
  database: Database,
  hashes: readonly Buffer[],
): Promise<(TokenRow | undefined)[]> {
  const rows = await database.query<TokenRow>('find-tokens', FIND_TOKENS, [hashes])
  const byHash = new Map(rows.map((row) => [row.hash.toString('hex'), row]))
  return hashes.map((hash) => byHash.get(hash.toString('hex')))
}

/** Lifetimes go by the database's clock, which is the same for all processes. */
const FIND_TOKENS = `
  SELECT 'token' AS kind, hash, id, name, role::text, "organizationId", "scopeId", "expiresAt",
         "revokedAt" IS NOT NULL AS revoked, "expiresAt" <= now() AS expired,
         coalesce("lastUsedAt" < now() - interval '1 minute', true) AS unseen
  FROM "ApiToken" WHERE hash = ANY($1::bytea[])
  UNION ALL
  SELECT 'admin', hash, id, name, 'admin', NULL, NULL, "expiresAt",
         "revokedAt" IS NOT NULL, coalesce("expiresAt" <= now(), false),
         coalesce("lastUsedAt" < now() - interval '1 minute', true)
  FROM "AdminToken" WHERE hash = ANY($1::bytea[])`

const toPrincipal = (row: TokenRow): Principal => ({
  kind: row.kind,
  id: row.id,
  name: row.name,
  role: row.role,
  ...(row.organizationId === null ? {} : { organizationId: row.organizationId }),
  ...(row.scopeId === null ? {} : { scopeId: row.scopeId }),
  ...(row.expiresAt === null ? {} : { expiresAt: row.expiresAt }),
})
