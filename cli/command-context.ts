import type { ExitCode } from './cli-error.ts'
import type { Shell } from './shell.ts'

/** What every command is given besides its own options. */
export interface CommandContext {
  readonly shell: Shell
  /** Ends the command line with a code, once the command is done. */
  readonly exitWith: (code: ExitCode) => void
}

/** Options that stand before or after any command. */
export interface GlobalOptions {
  readonly apiUrl?: string
  readonly tokenFile?: string
  readonly organization?: string
  readonly json?: true
}
