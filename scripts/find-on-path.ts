// Prevents the search of PATH from being written anew for every program that we use where it is there.
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/** The path of a program on PATH, of the first that is there of several; `null` when none is. */
export async function findOnPath(...names: readonly string[]): Promise<string | null> {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  for (const place of names.flatMap((name) => folders.map((folder) => join(folder, name)))) {
    if (await isExecutable(place)) return place
  }
  return null
}

export const isExecutable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
