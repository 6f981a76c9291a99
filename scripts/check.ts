// Prevents anything from landing that a maintainer would send back: types, style, formatting, the
// direction of imports, generated files and migrations, one after the other, all of them reported.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

const failures = [
  check('types', ['tsc', '-b']),
  check('lint', ['eslint', '.', '--max-warnings', '0']),
  check('format', ['prettier', '--check', '--log-level', 'warn', '.']),
  check('imports point one way', ['tsx', 'scripts/check-imports.ts']),
  check('migrations lead to the schema', ['tsx', 'scripts/migration.ts', 'check']),
  checkGenerated(),
].filter((failed) => failed)

process.exit(failures.length === 0 ? 0 : 1)

/** Answers whether it failed. */
function check(what: string, [command = '', ...parameters]: string[]): boolean {
  const began = performance.now()
  const { status, stdout, stderr } = spawnSync('npx', ['--no-install', command, ...parameters], {
    cwd: root,
    encoding: 'utf8',
  })
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${status === 0 ? '✓' : '✗'} ${what} (${seconds} s)`)
  if (status !== 0) console.log(readable(`${stdout}${stderr}`))
  return status !== 0
}

/** Some tools print a line of a megabyte; nobody reads past its beginning. */
function readable(text: string): string {
  const lines = text.split('\n').slice(0, 200)
  return lines.map((line) => line.slice(0, 300)).join('\n')
}

function checkGenerated(): boolean {
  const before = fingerprint()
  const failed = check('generated files', ['tsx', 'scripts/generate.ts'])
  if (failed || before === fingerprint()) return failed
  console.log('✗ generated files were out of date. They are new now: look at them and commit them.')
  return true
}

function fingerprint(): string {
  const hash = createHash('sha256')
  const folders = [
    'cdktf-provider/plugin/gen',
    'cdktf-provider/provider/gen',
    'cdktf-provider/constructs', // gen/, and the page of the API
    'cdktf-provider/docs',
  ]
  for (const folder of folders) {
    const entries = readdirSync(`${root}/${folder}`, { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile())
    for (const path of files.map(({ parentPath, name }) => `${parentPath}/${name}`).sort()) {
      hash.update(path).update(readFileSync(path))
    }
  }
  hash.update(readFileSync(`${root}/cdktf-provider/constructs/API.md`))
  return hash.digest('hex')
}
