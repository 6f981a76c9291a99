import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { BackendFailure } from './backend.ts'

/** More than any token has. */
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
    const token = (await contentOf(path)).trim()
    if (token === '') throw unusable('holds no token')
    return token
  }
}

/** Of a regular file alone: a device or a pipe may have no end. */
async function contentOf(path: string): Promise<string> {
  let file: FileHandle | undefined
  try {
    // Without waiting: a pipe would open only when somebody writes to it.
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
    const stat = await file.stat()
    if (!stat.isFile()) throw unusable('is no regular file')
    if (stat.size > maxBytes) throw unusable('holds no token')
    return await file.readFile('utf8')
  } catch (error) {
    if (error instanceof BackendFailure) throw error
    throw unusable('cannot be read', (error as NodeJS.ErrnoException).code)
  } finally {
    await file?.close()
  }
}

const unusable = (why: string, code?: string): BackendFailure =>
  new BackendFailure('misconfigured', `The token file ${why}.`, {
    hint: 'Check that it is mounted where the API runs, and that the API may read it.',
    notSent: true,
    ...(code === undefined ? {} : { cause: { code } }),
  })
