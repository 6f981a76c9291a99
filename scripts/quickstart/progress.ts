/** Tells a person who waits what is going on, one line a step. */
export class Progress {
  readonly #began = performance.now()
  readonly #signal: AbortSignal
  #open = false

  /** Once the signal is aborted, no step begins and none succeeds. */
  constructor(signal: AbortSignal) {
    this.#signal = signal
  }

  /** Seconds since the beginning. */
  total(): string {
    return seconds(this.#began)
  }

  async step<T>(what: string, work: () => Promise<T>): Promise<T> {
    this.#signal.throwIfAborted()
    const began = performance.now()
    process.stdout.write(`▸ ${what} … `)
    this.#open = true
    const result = await work()
    this.#signal.throwIfAborted()
    if (this.#open) console.log(`${seconds(began)} s`)
    else console.log(`  ${what}: ${seconds(began)} s`)
    this.#open = false
    return result
  }

  note(text: string): void {
    if (this.#open) console.log()
    this.#open = false
    console.log(`  ${text}`)
  }

  failed(): void {
    if (this.#open) console.log(this.#signal.aborted ? 'interrupted' : 'failed')
    this.#open = false
  }
}

const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(1)
