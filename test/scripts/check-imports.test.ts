import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { importComplaints } from '../../scripts/check-imports.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'agyn-imports-'))
  for (const folder of ['contract', 'api', 'cli', 'cdktf-provider']) mkdirSync(join(root, folder))
})
afterEach(() => rmSync(root, { recursive: true }))

function write(file: string, source = ''): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), source)
}

it('finds nothing wrong with imports that point the way they should', () => {
  write('contract/a.ts', "import { b } from './schemas/b.ts'")
  write('api/backends/a.ts', "import type { A } from '../../contract/a.ts'\nimport 'node:fs'")
  write('cdktf-provider/plugin/a.ts', "export * from './b/c.ts'")
  expect(importComplaints(root)).toEqual([])
})

it.each([
  ["import { a } from '../operations/a.ts'"],
  ["import type { A } from '../operations/a.ts'"],
  ["import '../operations/a.ts'"],
  ["export { a } from '../operations/a.ts'"],
  ["const a = () => import('../operations/a.ts')"],
  ["const a = await import(\n  '../operations/a.ts'\n)"],
])('tells of one that points back: %s', (source) => {
  write('api/backends/deep.ts', source)
  expect(importComplaints(root)).toEqual([
    'api/backends/deep.ts imports api/operations/a.ts, and api/backends may not.',
  ])
})

it('tells of a file in a place that it does not know, wherever that is', () => {
  for (const file of ['api/new/a.ts', 'api/lone.mjs', 'cdktf-provider/new/deep/a.tsx']) write(file)
  expect(importComplaints(root).map((complaint) => complaint.split(' ')[0])).toEqual([
    'api/lone.mjs',
    'api/new/a.ts',
    'cdktf-provider/new/deep/a.tsx',
  ])
})

it('looks at nothing that is generated, built or installed', () => {
  for (const file of ['api/gen/a.ts', 'cdktf-provider/dist/a.js', 'api/node_modules/a/a.js']) {
    write(file, "import '../../../contract/a.ts'")
  }
  expect(importComplaints(root)).toEqual([])
})
