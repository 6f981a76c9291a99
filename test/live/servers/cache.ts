import { fileURLToPath } from 'node:url'

/** Where the servers are installed, each in a folder that has its version in its name. */
export const cacheDir = fileURLToPath(new URL('../../../.cache/live', import.meta.url))

/** Says on the terminal what a test is waiting for. */
export const onLine = (line: string): void => {
  process.stderr.write(`  ${line}\n`)
}
