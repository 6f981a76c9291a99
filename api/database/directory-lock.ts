import { randomUUID } from 'node:crypto'
import { appendFileSync, readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** The directory cannot be had: another process has it open, or the lock cannot be written. The message says which. */
export class DirectoryLocked extends Error {
  override readonly name = 'DirectoryLocked'
}

/**
 * Takes a data directory for this process alone, or throws `DirectoryLocked`. PGlite has no lock of
 * its own, and two of it on one directory lose rows without an error.
 *
 * The lock is a file to which every comer appends a line; the first line whose process lives holds
 * the directory. Nothing is ever removed, so two that come at once agree on who was first, and a
 * process that was killed on this host leaves nothing to clean up. Of another host nobody can tell
 * whether a process lives: what was killed there, or in a container that had another host name, holds
 * the directory until somebody deletes the file, which is what the message says.
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
  const release = () => {
    // Where this cannot be written, the end of the process releases the directory.
    if (held.delete(mine.id)) write(file, { released: mine.id })
  }
  held.add(mine.id)
  const trouble = write(file, mine)
  const holder = read(file).find(isAlive)
  if (holder?.id === mine.id) return release
  release()
  throw new DirectoryLocked(
    holder === undefined
      ? `The lock ${file} cannot be written (${trouble ?? 'not all of it arrived'}). Check that the disk has space and that this user may write there.`
      : holder.host === mine.host
        ? `The data directory ${directory} is in use by process ${holder.pid}. Stop it, or set AGYN_DATA_DIR to another directory.`
        : `The data directory ${directory} was last used on host ${holder.host}. If nothing runs there any more, delete ${file} and start again.`,
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

/** Answers why it could not. Begins with a line break, so that a torn line before it stays by itself. */
function write(file: string, line: Line | { readonly released: string }): string | undefined {
  try {
    appendFileSync(file, `\n${JSON.stringify(line)}\n`, { mode: 0o600 })
    return undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'failed'
  }
}

/** The lines not released, in order. A line that a full disk has torn never held anything. */
function read(file: string): Line[] {
  const open = new Map<string, Line>()
  for (const text of textOf(file).split('\n')) {
    const line = parse(text)
    if (typeof line?.released === 'string') open.delete(line.released)
    else if (isLine(line)) open.set(line.id, line)
  }
  return [...open.values()]
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return '' // it could not be written either, which is what is told
  }
}

function parse(text: string): { readonly [field: string]: unknown } | null {
  try {
    const line = JSON.parse(text) as unknown
    return typeof line === 'object' ? (line as { readonly [field: string]: unknown } | null) : null
  } catch {
    return null
  }
}

const isLine = (line: object | null): line is Line =>
  line !== null &&
  ['id', 'host', 'started'].every((name) => typeof (line as never)[name] === 'string') &&
  typeof (line as Partial<Line>).pid === 'number'

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
