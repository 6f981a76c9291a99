import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AuditLog } from '../../../api/audit/audit-log.ts'
import type { Database } from '../../../api/database/database.ts'
import { Authenticator } from '../../../api/principals/authenticator.ts'
import { makeToken } from '../../../api/principals/token.ts'
import { findBrief } from '../../../api/resolver/find-brief.ts'
import { findEnvs, secretFinder } from '../../../api/resolver/find-secrets.ts'
import { openTestDatabase } from '../../support/open-test-database.ts'

let database: Database
let remove: () => Promise<void>
beforeAll(async () => void ({ database, remove } = await openTestDatabase()))
afterAll(() => remove())

const nobody = randomUUID()
const brief = (names: { readonly secretRefs?: readonly string[] }) =>
  findBrief(database, nobody, { scopeId: nobody, ...names }, undefined)

/** What runs each statement that a workload waits for. */
const statements: Readonly<Record<string, () => Promise<unknown>>> = {
  'find-tokens': () => new Authenticator(database, undefined).authenticate(`Bearer ${makeToken()}`),
  'find-envs': () => findEnvs(database, nobody, { kind: 'agent', id: 'billing' }),
  'find-secrets': () =>
    secretFinder(database)({ organizationId: nobody, secretId: nobody, forLlmProvider: false }),
  'find-whole-brief': () => brief({}),
  'find-named-brief': () => brief({ secretRefs: ['stripe-api-key'] }),
  'append-audit-events': () =>
    new AuditLog(database).record({
      organizationId: undefined,
      principal: { kind: 'system', id: nobody, name: 'test' },
      operation: 'ResolveWorkload',
      outcome: 'denied',
      requestId: nobody,
    }),
}

describe('a statement that workloads wait for', () => {
  it.each(Object.keys(statements))('is planned a few times and then no more: %s', async (name) => {
    // Nothing is stored, so some find nobody and say so.
    for (let run = 0; run < 10; run++) await statements[name]?.().catch(() => undefined)
    const [counted] = await database.query<{ planned: number }>(
      'count-plans',
      'SELECT custom_plans::int AS planned FROM pg_prepared_statements WHERE name = $1',
      [name],
    )
    expect(counted?.planned).toBe(5) // as often PostgreSQL compares before it keeps a plan
  })
})
