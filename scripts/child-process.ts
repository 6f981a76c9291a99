// Prevents processes from outliving the script that started them, and from being killed in the middle of
// something by a Ctrl-C that was meant for the script.
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'

/**
 * Starts a process as the leader of a group of its own: a terminal sends Ctrl-C to the group of the
 * script alone, which then ends what it started in its own order. Should the script end without having
 * done so, the process is told to end.
 */
export function startProcess(
  command: string,
  parameters: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  // On Windows this would open a window of its own.
  const detached = process.platform !== 'win32'
  const child = spawn(command, [...parameters], { ...options, detached })
  const endWithUs = () => child.kill()
  process.once('exit', endWithUs)
  child.once('exit', () => process.off('exit', endWithUs))
  return child
}

export interface EndOptions {
  /** How it is asked to end. */
  readonly signal?: NodeJS.Signals
  /** How long it may take; then its whole group is killed. */
  readonly patienceMs?: number
}

/** Ends what `startProcess` started, unless it has ended, and resolves when it has gone. */
export async function endProcess(
  child: ChildProcess,
  { signal = 'SIGTERM', patienceMs = 15_000 }: EndOptions = {},
): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  const tired = setTimeout(() => killGroup(child), patienceMs)
  await ended
  clearTimeout(tired)
}

/** Kills what `startProcess` started, and whatever that has started. */
export function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    child.kill('SIGKILL') // Windows knows no groups
  }
}
