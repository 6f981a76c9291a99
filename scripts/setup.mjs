// Prevents a newcomer from having to know what to run first: installs, generates and builds what is
// missing or out of date, and says so. Plain JavaScript, because nothing is installed yet.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`agyn-secrets needs Node.js 20.19 or newer; this is ${process.versions.node}.`)
}

if (isOlder('node_modules/.package-lock.json', ['package-lock.json'])) {
  step('Installing packages (the first time; half a minute)', 'npm', [
    'ci',
    '--no-audit',
    '--no-fund',
  ])
}
if (isOlder('api/database/gen/client.ts', ['prisma/schema.prisma'])) {
  step('Generating the database client', 'npx', ['--no-install', 'prisma', 'generate'])
}
if (isOlder('dist/.tsbuildinfo/cli.json', ['contract', 'api', 'cli', 'tsconfig.base.json'])) {
  step('Building the API and the command line', 'npx', ['--no-install', 'tsc', '-b', 'cli'])
}
const mirror = 'dist/terraform-mirror/registry.opentofu.org/agynio/agyn' // of the two, made last
if (isOlder(mirror, ['contract', 'cdktf-provider', 'package.json'])) {
  step('Building the Terraform provider', 'npx', [
    '--no-install',
    'tsx',
    'scripts/bundle-provider.ts',
  ])
}

if (process.argv.includes('--with-constructs')) {
  const packages = 'dist/constructs/cdktn/LICENSE' // of the two, made last
  const sources = [
    'contract',
    'cdktf-provider/constructs',
    'package.json',
    'scripts/api-page',
    'scripts/build-constructs.ts',
    'scripts/package-pages.ts',
  ]
  if (isOlder(packages, sources)) {
    step('Building the packages of constructs', 'npx', [
      '--no-install',
      'tsx',
      'scripts/build-constructs.ts',
    ])
  }
}

/** Runs a command silently, and shows what it said only when it fails. */
function step(what, command, parameters) {
  const began = performance.now()
  process.stdout.write(`  ${what} … `)
  const { status, stdout, stderr, error } = spawnSync(command, parameters, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (status === 0) {
    console.log(`done in ${((performance.now() - began) / 1000).toFixed(1)} s`)
    return
  }
  console.log('failed')
  fail(
    `${error?.message ?? ''}${stdout}${stderr}\n${what} failed: \`${[command, ...parameters].join(' ')}\`. What it said stands above.`,
  )
}

/** Whether a file that is made is missing, or older than what it is made from. */
function isOlder(made, sources) {
  if (!existsSync(join(root, made))) return true
  const madeAt = newest(join(root, made))
  return sources.some((source) => newest(join(root, source)) > madeAt)
}

function newest(path) {
  const { mtimeMs } = statSync(path)
  if (!statSync(path).isDirectory()) return mtimeMs
  return Math.max(
    0,
    ...readdirSync(path)
      .filter((name) => name !== 'node_modules')
      .map((name) => newest(join(path, name))),
  )
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
