import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const contract = fileURLToPath(new URL('../../contract/', import.meta.url))

/** Everything that a file imports, types too, and what that imports. */
function importsOf(file: string): string[] {
  const source = readFileSync(file, 'utf8')
  return [...source.matchAll(/\bfrom '([^']+)'/g)].flatMap(([, name = '']) =>
    name.startsWith('.') ? importsOf(join(dirname(file), name)) : [name],
  )
}

describe('a rule that constructs know at synth', () => {
  it.each([
    'consumer-kinds.ts',
    'env-name.ts',
    'names.ts',
    'remote-path.ts',
    'rotation.ts',
    'scope-kinds.ts',
    'store-paths.ts',
    'template.ts',
  ])('in %s takes no package', (file) => {
    expect(importsOf(join(contract, file))).toEqual([])
  })

  it('would be found out: the schemas do take one', () => {
    expect(importsOf(join(contract, 'schemas/envs.ts'))).toContain('zod')
  })
})
