import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AuditLog, type AuditEvent } from '../../../api/audit/audit-log.ts'
import type { Database } from '../../../api/database/database.ts'
import { openTestDatabase } from '../../support/open-test-database.ts'

let database: Database
let remove: () => Promise<void>
beforeAll(async () => void ({ database, remove } = await openTestDatabase()))
afterAll(() => remove())

const organizationId = randomUUID()
const secretId = randomUUID()

/** A workload that starts as a consumer, and is given the secret under these names. */
const start = (workloadId: string, consumerId: string, envs: readonly string[]): AuditEvent => ({
  organizationId,
  principal: { kind: 'token', id: randomUUID(), name: 'orchestrator' },
  operation: 'ResolveWorkload',
  outcome: 'allowed',
  requestId: randomUUID(),
  deliveries: {
    workloadId,
    consumerKind: 'agent',
    consumerId,
    values: envs.map((env) => ({ env, secretId, fingerprint: 'f' })),
  },
})

const held = async (workloadId: string): Promise<string[]> => {
  const rows = await database.prisma.delivery.findMany({ where: { organizationId, workloadId } })
  return rows.map(({ env, consumerId }) => `${consumerId} ${env}`).sort()
}

describe('what workloads hold', () => {
  it('is the last answer of those that are recorded together', async () => {
    const audit = new AuditLog(database)
    await Promise.all([
      audit.record(start('w', 'a', ['A', 'B'])),
      audit.record(start('w', 'a', ['B', 'C'])),
      audit.record(start('other', 'a', ['A'])),
    ])
    expect(await held('w')).toEqual(['a B', 'a C'])
    expect(await held('other')).toEqual(['a A'])
  })

  it('goes from one consumer to another that is given it under the same name', async () => {
    const audit = new AuditLog(database)
    await audit.record(start('shared', 'a', ['A', 'B']))
    await Promise.all([
      audit.record(start('shared', 'a', ['B'])),
      audit.record(start('shared', 'b', ['A'])),
    ])
    expect(await held('shared')).toEqual(['a B', 'b A'])
  })

  it('is written by several processes at once, and none stands in the way of another', async () => {
    const processes = Array.from({ length: 4 }, () => new AuditLog(database))
    const names = ['A', 'B', 'C', 'D', 'E', 'F']
    const records = processes.flatMap((audit, process) =>
      Array.from({ length: 100 }, (_, index) => {
        const first = (index + process) % 3
        return audit.record(start(`w-${index % 5}`, 'a', names.slice(first, first + 4)))
      }),
    )
    await expect(Promise.all(records)).resolves.toHaveLength(400)
    await processes[0]?.record(start('w-0', 'a', ['F']))
    expect(await held('w-0')).toEqual(['a F'])
  })
})
