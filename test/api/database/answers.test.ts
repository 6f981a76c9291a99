import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../api/database/database.ts'
import { openTestDatabase } from '../../support/open-test-database.ts'

describe('an answer of the database', () => {
  let database: Database
  let remove: () => Promise<void>
  beforeAll(async () => void ({ database, remove } = await openTestDatabase()))
  afterAll(() => remove())

  it('is held by nobody but who asked', async () => {
    const collectGarbage = garbageCollector()
    const ask = async (times: number) => {
      for (let count = 0; count < times; count++) {
        await database.query('', `SELECT repeat('x', 100000) AS text`, [])
      }
      collectGarbage()
      return process.memoryUsage().heapUsed
    }
    const before = await ask(20)
    const after = await ask(400)
    expect(after - before).toBeLessThan(10_000_000) // a quarter of what was answered
  })
})

/** Node.js has it only after it was asked for. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
}
