import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { ProviderType } from '../../contract/schemas/provider-types/index.ts'

/** What is sent to their process, which answers with how they are then. */
export interface Order {
  /** JSON texts by name, for each of them to store. */
  readonly put?: Readonly<Record<string, string>>
  readonly stall?: ProviderType
  readonly heal?: ProviderType
}

export type Answer = ByType<{
  /** What a provider is made with, to reach it. */
  readonly config: Readonly<Record<string, string>>
  /** How many requests it has received. */
  readonly calls: number
}>

export type ByType<T> = Readonly<Record<ProviderType, T>>

/**
 * The four stores at HTTP's edge, in a process of their own, so that what they do is no work for the
 * one that measures. They answer at once: what is measured is us, and not a store.
 */
export class StandIns {
  readonly #child: ChildProcess

  private constructor(child: ChildProcess) {
    this.#child = child
  }

  static async start(): Promise<StandIns> {
    const program = fileURLToPath(new URL('stand-in-process.ts', import.meta.url))
    const child = fork(program, { execArgv: ['--import', 'tsx'] })
    const standIns = new StandIns(child)
    await standIns.send({})
    return standIns
  }

  /** How many requests each has received while `work` was done. */
  async callsOf(work: () => Promise<unknown>): Promise<ByType<number>> {
    const before = await this.send({})
    await work()
    const after = await this.send({})
    return byType((type) => after[type].calls - before[type].calls)
  }

  /** Resolves when it is done. */
  async send(order: Order): Promise<Answer> {
    const ended = new AbortController()
    const onExit = () => ended.abort(new Error('The stand-ins of the stores have ended.'))
    this.#child.once('exit', onExit)
    const answer = once(this.#child, 'message', { signal: ended.signal })
    this.#child.send(order)
    const [answered] = (await answer) as [Answer]
    this.#child.off('exit', onExit)
    return answered
  }

  stop(): void {
    this.#child.kill()
  }
}

export function byType<T>(of: (type: ProviderType) => T): ByType<T> {
  return {
    vault: of('vault'),
    'aws-sm': of('aws-sm'),
    'azure-kv': of('azure-kv'),
    'gcp-sm': of('gcp-sm'),
  }
}
