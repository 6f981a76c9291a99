import { readFile } from 'node:fs/promises'
import { BackendFailure } from './backend.ts'

/** Files are small; a device or a pipe is not read to its end, which it may not have. */
const maxBytes = 64 * 1024

/**
 * The files of the server that providers may log in with. An organization that could name any file
 * would read the environment of this process, or its key.
 */
export class TokenFiles {
  readonly #paths: ReadonlySet<string>

  /** @param paths - `AGYN_TOKEN_PATHS` */
  constructor(paths: Iterable<string>) {
    this.#paths = new Set(paths)
  }

  /** Throws a `BackendFailure` for a file that is not among them. */
  check(path: string): void {
    if (this.#paths.has(path)) return
    throw new BackendFailure(
      'misconfigured',
      'This file is not one that providers may log in with.',
      { hint: 'The operator lists those that are in AGYN_TOKEN_PATHS.', notSent: true },
    )
  }

  /** The token in a file, read anew each time, because it is replaced now and then. */
  async read(path: string): Promise<string> {
    this.check(path)
    let token: string
    try {
      token = (await readFile(path, 'utf8')).trim()
    } catch (error) {
      throw unusable('cannot be read', (error as NodeJS.ErrnoException).code)
    }
    if (token === '' || token.length > maxBytes) throw unusable('holds no token')
    return token
  }
}

const unusable = (why: string, code?: string): BackendFailure =>
  new BackendFailure('misconfigured', `The token file ${why}.`, {
    hint: 'Check that it is mounted where the API runs, and that the API may read it.',
    notSent: true,
    ...(code === undefined ? {} : { cause: { code } }),
  })
