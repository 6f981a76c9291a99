// Prevents a test run from ending without a number: runs vitest and closes with `N passed, N failed`.
//
//   npm test            everything that needs nothing but Node and terraform
//   npm run test:live   against third-party servers, which are installed on first use
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const live = process.argv.includes('--live')
const rest = process.argv.slice(2).filter((argument) => argument !== '--live')
const directory = mkdtempSync(join(tmpdir(), 'agyn-tests-'))
const report = join(directory, 'report.json')
const { status } = spawnSync(
  process.execPath,
  [
    fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url)),
    'run',
    ...['--config', live ? 'vitest.live.config.ts' : 'vitest.config.ts'],
    ...['--reporter', process.stdout.isTTY ? 'default' : 'dot', '--reporter', 'json'],
    `--outputFile.json=${report}`,
    ...rest,
  ],
  {
    stdio: 'inherit',
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }) },
  },
)

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numFailedTestSuites: number
  readonly numPendingTests: number
}

const counts = readReport()
rmSync(directory, { recursive: true, force: true })
// A file that does not load has no failed test in it, and is a failure all the same.
const failed = counts.numFailedTests || (status === 0 ? 0 : Math.max(1, counts.numFailedTestSuites))
const skipped = counts.numPendingTests > 0 ? `, ${counts.numPendingTests} skipped` : ''
console.log(`${counts.numPassedTests} passed, ${failed} failed${skipped}`)
process.exit(failed > 0 || counts.numPassedTests === 0 ? 1 : 0)

function readReport(): Report {
  try {
    return JSON.parse(readFileSync(report, 'utf8')) as Report
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numFailedTestSuites: 1, numPendingTests: 0 }
  }
}
