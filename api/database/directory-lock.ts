import { randomUUID } from 'node:crypto'
import { appendFileSync, readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** Another process has the directory open; the message names it. */
export class DirectoryLocked extends Error {
  override readonly name = 'DirectoryLocked'
}

/**
 * Takes a data directory for this process alone, or throws `DirectoryLocked`. PGlite has no lock of
 * its own, and two of it on one directory lose rows without an error.
 *
 * The lock is a file to which every comer appends a line; the first line whose process lives holds
 * the directory. Appending is atomic and nothing is ever removed, so two that come at once agree on
 * who was first, and a killed process leaves nothing to clean up.
 *
 * @returns releases the directory
 */
export function lockDirectory(directory: string): () => void {
  const file = join(directory, 'lock')
  const mine: Line = {
    id: randomUUID(),
    pid: process.pid,
    host: hostname(),
    started: startOf(process.pid),
  }
  held.add(mine.id)
  append(file, mine)
  const release = () => {
    if (held.delete(mine.id)) append(file, { released: mine.id })
  }
  const holder = read(file).find(isAlive)
  if (holder?.id === mine.id) return release
  release()
  throw new DirectoryLocked(
    holder?.host === mine.host
      ? `The data directory ${directory} is in use by process ${holder.pid}. Stop it, or set AGYN_DATA_DIR to another directory.`
      : `The data directory ${directory} was last used on host ${holder?.host}. If nothing runs there any more, delete ${file} and start again.`,
  )
}

interface Line {
  readonly id: string
  readonly pid: number
  readonly host: string
  /** When the process began, so that a later process with the same number is not taken for it. */
  readonly started: string
}

/** Locks of this process. Its own number says nothing: in a container every start may be process 1. */
const held = new Set<string>()

function append(file: string, line: Line | { readonly released: string }): void {
  appendFileSync(file, `${JSON.stringify(line)}\n`, { mode: 0o600 })
}

/** The lines not released, in order. A line torn by a full disk never held anything. */
function read(file: string): Line[] {
  const open = new Map<string, Line>()
  for (const text of readFileSync(file, 'utf8').split('\n')) {
    let line: Line | { readonly released: string }
    try {
      line = JSON.parse(text) as Line | { readonly released: string }
    } catch {
      continue
    }
    if ('released' in line) open.delete(line.released)
    else open.set(line.id, line)
  }
  return [...open.values()]
}

function isAlive({ id, pid, host, started }: Line): boolean {
  if (host !== hostname()) return true // cannot be told from here
  if (pid === process.pid) return held.has(id)
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  return startOf(pid) === started
}

/** Boot and start tick of a process on Linux; elsewhere '', which leaves the process number alone to decide. */
function startOf(pid: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return `${boot}/${afterName[19]}` // field 22 of proc(5), the name being field 2
  } catch {
    return ''
  }
}
