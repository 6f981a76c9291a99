import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ApiProcess } from '../support/api-process.ts'
import { blocksIn, readPage } from '../support/pages.ts'
import { putProgram } from '../support/put-program.ts'

/** In the order in which they go on from each other. */
const pages = ['README.md', 'docs/api.md', 'docs/stores.md', 'docs/command-line.md']

let directory: string
let api: ApiProcess
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'agyn-calls-'))
  api = await ApiProcess.start()
})
afterAll(async () => {
  await api.remove()
  rmSync(directory, { recursive: true })
})

describe('what README.md and docs/ show of the API and of the command line', () => {
  it('runs as it stands, one after the other', async () => {
    putProgram(directory, 'agyn-secrets', `exec node '${program}' "$@"`)
    writeFileSync(join(directory, '.env'), 'GITHUB_TOKEN=ghp_1\n')
    const blocks = pages
      .flatMap((page) => blocksIn(readPage(page), 'sh'))
      .filter((block) => /\b(call|agyn-secrets) /.test(block))
    const address = /(AGYN_API_URL)=http:\/\/127\.0\.0\.1:8080 (AGYN_API_TOKEN)=agyn_…/
    const script = blocks.join('\n').replace(address, `$1=${api.url} $2=${api.adminToken}`)

    const { code, out, err } = await runScript(script)
    expect([code, err]).toEqual([0, expect.not.stringContaining('refused')])
    expect(out).not.toContain('/problems/')
    expect(out).toContain('"env":[{"name":"STRIPE_API_KEY","value":"sk_live_51"')
    expect(out).toContain('{"name":"STRIPE_API_KEY","value":"sk_live_payments"')
    expect(out).toContain('{"name":"PGPASSWORD","value":"pw"')
    expect(out).toContain('"dryRun":true,"state":"finished"')
    expect(out).toContain('agent billing: would start')
    expect(out).toContain('brief of payments: would resolve')
  })
})

const program = join(import.meta.dirname, '../../dist/cli/main.js')

interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

function runScript(script: string): Promise<Ran> {
  const options = {
    cwd: directory,
    env: { PATH: `${directory}:${process.env['PATH']}`, HOME: directory },
  }
  return new Promise((resolve) => {
    execFile('bash', ['--norc', '-eo', 'pipefail', '-c', script], options, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    )
  })
}
