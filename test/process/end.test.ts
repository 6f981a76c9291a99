import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ApiProcess, type ApiOrganization } from '../support/api-process.ts'

let api: ApiProcess
let organization: ApiOrganization
beforeEach(async () => {
  api = await ApiProcess.start({ LOG_LEVEL: 'error', AGYN_RATE_LIMIT: '1000000' })
  organization = await api.organization('acme')
})
afterEach(() => api.remove())

/** Values by the names that they were acknowledged under. */
type Acknowledged = Map<string, string>

/** Writes secrets from several sides, until the API is gone; calls `end` once when `count` were acknowledged. */
async function write(prefix: string, count: number, end: () => void): Promise<Acknowledged> {
  const acknowledged: Acknowledged = new Map()
  const writer = async (side: number): Promise<void> => {
    const client = api.client(organization.owner)
    for (let number = 0; ; number += 1) {
      const name = `${prefix}-${side}-${number}`
      try {
        await client.call('CreateSecret', { body: { name, value: `value of ${name}` } })
      } catch {
        return
      }
      acknowledged.set(name, `value of ${name}`)
      if (acknowledged.size === count) end()
    }
  }
  await Promise.all([1, 2, 3, 4].map(writer))
  return acknowledged
}

/** Ids of the secrets that are there, by name. */
async function stored(prefix: string): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (let cursor: string | null | undefined; cursor !== null;) {
    const query = { q: prefix, limit: 200, ...(cursor === undefined ? {} : { cursor }) }
    const page = await api.client(organization.owner).call('ListSecrets', { query })
    for (const { name, id } of page.items) ids.set(name, id)
    cursor = page.nextCursor
  }
  return ids
}

describe('the API under load', () => {
  it('answers what it has begun when it is told to end, and ends with 0', async () => {
    let ended: Promise<void> | undefined
    const acknowledged = await write('drained', 60, () => void (ended = api.kill('SIGTERM')))
    await ended
    expect(api.exitCode).toBe(0)
    await api.start()
    // An answer that was dropped would have left a secret that nobody was told of.
    expect([...(await stored('drained')).keys()].sort()).toEqual([...acknowledged.keys()].sort())
  })

  it('has kept every write that it acknowledged when it is killed', async () => {
    for (let round = 1; round <= 6; round += 1) {
      const prefix = `round${round}`
      let ended: Promise<void> | undefined
      const acknowledged = await write(prefix, round * 4, () => void (ended = api.kill('SIGKILL')))
      await ended
      expect(api.exitCode).toBeNull()
      await api.start()
      const ids = await stored(prefix)
      const values = await Promise.all(
        [...acknowledged.keys()].map(async (name) => {
          const body = { secretId: ids.get(name) ?? name }
          const client = api.client(organization.orchestrator)
          return [name, (await client.call('ResolveSecret', { body })).value] as const
        }),
      )
      expect(new Map(values)).toEqual(acknowledged)
    }
  })
})
