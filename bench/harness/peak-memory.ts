import { existsSync, readdirSync, readFileSync } from 'node:fs'

/**
 * The most memory that a child of the watched processes ever had resident. The kernel keeps the peak
 * of each (`VmHWM`), so that looking now and then misses only what a process takes at its very end.
 */
export class PeakMemory {
  /** Linux tells; elsewhere there is nothing to watch. */
  static readonly isKnown = existsSync(`/proc/${process.pid}/task/${process.pid}/children`)

  #megabytes = 0
  #timer: NodeJS.Timeout | undefined

  get megabytes(): number {
    return this.#megabytes
  }

  /** Watches until another process is watched, or none: a process that has ended has no children. */
  watch(parent: number): void {
    this.stop()
    this.#timer = setInterval(() => {
      for (const child of childrenOf(parent)) this.#note(child)
    }, 20)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #note(pid: string): void {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1]
    this.#megabytes = Math.max(this.#megabytes, Number(kilobytes ?? 0) / 1024)
  }
}

/** Any thread of the parent may have started them. */
function childrenOf(parent: number): string[] {
  const tasks = `/proc/${parent}/task`
  const threads = existsSync(tasks) ? readdirSync(tasks) : []
  return threads.flatMap((thread) => read(`${tasks}/${thread}/children`).split(' ').filter(Boolean))
}

/** Empty for a process that has ended meanwhile. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
