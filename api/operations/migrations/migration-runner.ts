import { v7 as uuidv7 } from 'uuid'
import type { Migration } from '../../database/gen/client.ts'
import type { Services } from '../services.ts'
import { moveSecret, type Moved } from './move-secret.ts'

/** Secrets that are on their way at once. */
const AT_ONCE = 4

/** Taken on together. */
const BATCH = 20

/** For how long whoever runs a migration is taken to be alive, after he last said so. */
const ALIVE_SECONDS = 60

/**
 * Runs migrations in this process. All that it knows stands in the database: when it is killed, the
 * next process goes on where it stopped, and each secret is settled by itself.
 */
export class MigrationRunner {
  readonly #services: Services
  readonly #onError: (error: unknown) => void
  readonly #runner = uuidv7()
  readonly #running = new Map<string, Promise<void>>()
  readonly #stopping = new AbortController()

  /** @param onError - told of what went wrong with a migration that nobody waits for; it is tried again */
  constructor(services: Services, onError: (error: unknown) => void) {
    this.#services = services
    this.#onError = onError
  }

  /** Runs one, and waits for it no longer than this. What goes wrong is tried again by `resume`. */
  async runFor(id: string, waitMs: number): Promise<void> {
    const running = this.#begin(id).catch(() => undefined)
    let timer: NodeJS.Timeout | undefined
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, waitMs)
    })
    await Promise.race([running, enough])
    clearTimeout(timer)
  }

  /** Begins all that nobody runs. */
  async resume(): Promise<void> {
    const rows = await this.#services.database.prisma.$queryRaw<{ id: string }[]>`
      SELECT id FROM "Migration" WHERE state = 'running'
        AND ("runningUntil" IS NULL OR "runningUntil" <= now()) ORDER BY id`
    for (const { id } of rows) void this.#begin(id).catch(this.#onError)
  }

  /** Takes those that a process of the past was running for nobody's. Only who knows that it is alone may do so. */
  async release(): Promise<void> {
    await this.#services.database.prisma.migration.updateMany({
      where: { state: 'running' },
      data: { runner: null, runningUntil: null },
    })
  }

  /** Stops after the secrets under way. */
  async close(): Promise<void> {
    this.#stopping.abort()
    await Promise.allSettled(this.#running.values())
  }

  #begin(id: string): Promise<void> {
    const running =
      this.#running.get(id) ?? this.#run(id).finally(() => void this.#running.delete(id))
    this.#running.set(id, running)
    return running
  }

  async #run(id: string): Promise<void> {
    const { prisma } = this.#services.database
    while (!this.#stopping.signal.aborted) {
      const migration = await this.#hold(id)
      if (!migration) return
      const { organizationId } = migration
      const items = await prisma.migrationItem.findMany({
        where: { organizationId, migrationId: id, state: 'waiting' },
        orderBy: { secretId: 'asc' },
        take: BATCH,
      })
      if (items.length === 0) {
        await prisma.migration.updateMany({
          where: { id, state: 'running', runner: this.#runner },
          data: { state: 'finished', finishedAt: new Date(), runner: null, runningUntil: null },
        })
        return
      }
      const left = items.map(({ secretId }) => secretId)
      const worker = async () => {
        for (let next = left.shift(); next; next = left.shift()) {
          // Said before each, so that it is true as long as one secret may take.
          if (await this.#hold(id)) await this.#move(migration, next)
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, worker))
    }
    await prisma.migration.updateMany({
      where: { id, runner: this.#runner },
      data: { runner: null, runningUntil: null },
    })
  }

  /** Takes a migration on, or goes on with it; undefined when it was stopped, or somebody else has it. */
  async #hold(id: string): Promise<Migration | undefined> {
    const [migration] = await this.#services.database.prisma.$queryRaw<Migration[]>`
      UPDATE "Migration" SET runner = ${this.#runner}::uuid,
        "runningUntil" = now() + make_interval(secs => ${ALIVE_SECONDS})
      WHERE id = ${id}::uuid AND state = 'running'
        AND (runner = ${this.#runner}::uuid OR "runningUntil" IS NULL OR "runningUntil" <= now())
      RETURNING *`
    return migration
  }

  async #move(migration: Migration, secretId: string): Promise<void> {
    if (this.#stopping.signal.aborted) return
    const moved: Moved = await moveSecret(
      this.#services,
      migration,
      secretId,
      this.#stopping.signal,
    )
    const { organizationId, id: migrationId } = migration
    // Another process may have had it in hand as well, and been done first.
    await this.#services.database.prisma.migrationItem.updateMany({
      where: { organizationId, migrationId, secretId, state: 'waiting' },
      data: { code: null, detail: null, ...moved },
    })
  }
}
