import { readdirSync, readFileSync, watch } from 'node:fs'

/** Only Linux shows the environment of another process. */
export const canSeeProcesses = process.platform === 'linux'

/** Processes, this one aside, that have a text in their environment, such as a directory of the test. */
export function processesWith(text: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid && environmentOf(pid).includes(text))
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8')
  } catch {
    return '' // ended by now, or somebody else's
  }
}

/** Resolves when something comes true that a change in the directory, or below it, brings about. */
export async function changed(directory: string, isTrue: () => boolean): Promise<void> {
  const watcher = watch(directory, { recursive: true })
  try {
    await new Promise<void>((resolve, reject) => {
      const look = () => isTrue() && resolve()
      watcher.on('change', look)
      watcher.once('error', reject)
      look()
    })
  } finally {
    watcher.close()
  }
}
