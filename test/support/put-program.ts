import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Puts a shell script into a folder, for a PATH on which it stands in for a real program. */
export function putProgram(folder: string, name: string, script: string): string {
  const program = join(folder, name)
  writeFileSync(program, `#!/bin/sh\n${script}\n`)
  chmodSync(program, 0o755)
  return program
}
