import type { Transport } from '../contract/client.ts'

/** The world as a command sees it. Only `main.ts` makes one of the real world. */
export interface Shell {
  readonly version: string
  /** Of the environment; undefined where nothing, or an empty text, is set. */
  readonly settings: {
    readonly apiUrl: string | undefined
    readonly apiToken: string | undefined
    /** Keys that Fernet tokens are opened with, separated by commas. */
    readonly fernetKeys: string | undefined
  }
  /** Writes to stdout what was asked for. */
  out(text: string): void
  /** Writes to stderr what is to be said about it. */
  err(text: string): void
  /** Shows how far a long command is, in the place of what it showed before; absent where nobody watches. */
  readonly progress?: ((text: string) => void) | undefined
  /**
   * Listens for one Ctrl-C, which then does not end the process; the next one does. Answers how to
   * listen no longer.
   */
  onInterrupt(listener: () => void): () => void
  /** All of stdin. */
  readInput(): Promise<Buffer>
  /** Runs a command of the API itself in this process. */
  runApi(command: ApiCommand): Promise<void>
  /** Sends requests in place of `fetch`. */
  readonly transport?: Transport
}

export type ApiCommand = 'serve' | 'migrate' | 'admin-token'
