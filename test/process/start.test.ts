import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, inject, it } from 'vitest'
import { ApiProcess } from '../support/api-process.ts'

const program = join(import.meta.dirname, '../../dist/api/main.js')

const directories: string[] = []
const running: ApiProcess[] = []
afterEach(async () => {
  for (const api of running.splice(0)) await api.remove()
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true })
})

function emptyDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'agyn-start-'))
  directories.push(directory)
  return directory
}

/** A data directory with a migrated database in it. */
function dataDirectory(): string {
  const directory = emptyDirectory()
  const template = inject('testDatabase')
  if (template.kind === 'pglite') cpSync(template.directory, directory, { recursive: true })
  return directory
}

async function start(settings: NodeJS.ProcessEnv): Promise<ApiProcess> {
  const api = await ApiProcess.start(settings)
  running.push(api)
  return api
}

/** What it says instead of starting; it has to end with 1. */
async function refusal(settings: NodeJS.ProcessEnv): Promise<string> {
  const { message } = await start(settings).then(
    () => Promise.reject(new Error('It started.')),
    (error: Error) => error,
  )
  expect(message).toMatch(/^The API ended with 1: /)
  expect(message).not.toMatch(/\n\s+at /) // a stack is no sentence
  return message
}

const organizations = async (api: ApiProcess) =>
  (await api.client().call('ListOrganizations', { query: {} })).items.map(({ name }) => name)

describe('a second process on the same data directory', () => {
  it('is refused while the first lives, which goes on undisturbed, and takes over when it is killed', async () => {
    const AGYN_DATA_DIR = dataDirectory()
    const first = await start({ AGYN_DATA_DIR })
    await first.client().call('CreateOrganization', { body: { name: 'first' } })
    expect(await refusal({ AGYN_DATA_DIR })).toMatch(/in use by process \d+/)
    expect(await organizations(first)).toEqual(['first'])

    await first.kill('SIGKILL')
    const second = await start({ AGYN_DATA_DIR, AGYN_ADMIN_TOKEN: first.adminToken })
    expect(await second.client(first.adminToken).call('WhoAmI', {})).toMatchObject({
      role: 'admin',
    })
    await second.kill()
    expect(second.exitCode).toBe(0)
  })
})

describe('the master key', () => {
  it('is refused when it is another than the data was sealed with, and nothing is lost', async () => {
    const AGYN_DATA_DIR = dataDirectory()
    const api = await start({ AGYN_DATA_DIR })
    const { owner, orchestrator } = await api.organization('sealed')
    const body = { name: 'kept', value: 'as it was' }
    const { id: secretId } = await api.client(owner).call('CreateSecret', { body })
    await api.kill()

    const wrong = { AGYN_DATA_DIR, SECRETS_MASTER_KEY: `hex:${'66'.repeat(32)}` }
    expect(await refusal(wrong)).toContain('does not open this database')
    // Without one it would be made, did the database not need another.
    const none = { AGYN_DATA_DIR, SECRETS_MASTER_KEY: undefined }
    expect(await refusal(none)).toMatch(/The key file .*master-key is missing/)

    await api.start()
    const resolved = await api.client(orchestrator).call('ResolveSecret', { body: { secretId } })
    expect(resolved).toMatchObject({ value: 'as it was' })
  })

  it('is refused when the file that should hold it is not there', async () => {
    const missing = join(emptyDirectory(), 'key')
    const settings = { SECRETS_MASTER_KEY: undefined, SECRETS_MASTER_KEY_FILE: missing }
    expect(await refusal(settings)).toContain(missing)
  })
})

describe('settings', () => {
  it('are refused with everything that is wrong with them, in one sentence each', async () => {
    const key = join(emptyDirectory(), 'key')
    writeFileSync(key, 'short')
    const said = await refusal({
      HOST: 'not a host',
      PORT: '99999',
      DATABASE_URL: 'mysql://db/x',
      SECRETS_MASTER_KEY: undefined,
      SECRETS_MASTER_KEY_FILE: key,
      AGYN_ADMIN_TOKEN: 'short',
      AGYN_OUTBOUND_ALLOW: 'not a host!',
      AGYN_RATE_LIMIT: '0',
      AGYN_SECRETS_MANAGER: 'AWS_SM',
      LOG_LEVEL: 'loud',
    })
    const names = ['HOST', 'PORT', 'DATABASE_URL', 'SECRETS_MASTER_KEY_FILE', 'AGYN_ADMIN_TOKEN']
    names.push('AGYN_OUTBOUND_ALLOW', 'AGYN_RATE_LIMIT', 'AGYN_AWS_REGION', 'LOG_LEVEL')
    const lines = said
      .replace(/^.*?: /, '')
      .trim()
      .split('\n')
    for (const name of names) {
      expect(
        lines.filter((line) => line.includes(name)),
        name,
      ).not.toEqual([])
    }
    expect(lines).toHaveLength(names.length)
  })
})

describe('agyn-secrets migrate', () => {
  it('brings an empty directory up to date, says so, and leaves it for the API to serve', async () => {
    const AGYN_DATA_DIR = emptyDirectory()
    const migrate = () =>
      new Promise<string>((resolve, reject) => {
        const env = { PATH: process.env['PATH'], AGYN_DATA_DIR }
        execFile(process.execPath, [program, 'migrate'], { env }, (error, stdout, stderr) =>
          error ? reject(new Error(`${stdout}${stderr}`)) : resolve(stdout),
        )
      })
    expect(await migrate()).toMatch(/^Applied \d+ migrations?: 0001_init/)
    expect(await migrate()).toBe('The database is up to date.\n')
    const api = await start({ AGYN_DATA_DIR })
    expect(await organizations(api)).toEqual([])
  })
})
