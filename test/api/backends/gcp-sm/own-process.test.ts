import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeServer, startServer } from '../fake-server.ts'
import { type FakeGoogle, startGoogle } from './fake-google.ts'
import { serviceAccountKey } from './open-gcp.ts'

const run = promisify(execFile)
let google: FakeGoogle
let metadata: FakeServer
let folder: string
beforeEach(async () => {
  google = await startGoogle()
  metadata = await startServer((_, response) => response.writeHead(404).end())
  folder = await mkdtemp(join(tmpdir(), 'gcp-process-'))
})
afterEach(async () => {
  await google.close()
  await metadata.close()
  await rm(folder, { recursive: true })
})

/** Runs the program to its end. Node ends it with another status when a rejection was not handled. */
async function useOnce(keyFile: string | undefined, environment: Record<string, string> = {}) {
  const program = join(import.meta.dirname, 'use-once.ts')
  const given = [google.address, ...(keyFile === undefined ? [] : [keyFile])]
  const { stdout, stderr } = await run(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), program, ...given],
    {
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        GCE_METADATA_HOST: new URL(metadata.address).host,
        ...environment,
      },
    },
  )
  return { outcomes: JSON.parse(stdout) as Record<string, unknown>, output: stdout + stderr }
}

const all = (code: string) => ({ check: code, write: code, read: code, list: code, remove: code })

describe('a process', () => {
  it('survives that the server has no identity', async () => {
    const { outcomes } = await useOnce(undefined, { METADATA_SERVER_DETECTION: 'none' })
    expect(outcomes).toEqual({ ...all('misconfigured'), open: 'opened' })
  })

  it.each([
    ['is no JSON', 'canary-5a1d', 'misconfigured'],
    ['has a key that is none', serviceAccountText({ private_key: 'canary-5a1d' }), 'unreachable'],
  ])("survives that the server's own key file %s", async (_, content, code) => {
    const file = join(folder, 'key.json')
    await writeFile(file, content)
    const { outcomes, output } = await useOnce(undefined, { GOOGLE_APPLICATION_CREDENTIALS: file })
    expect(outcomes).toEqual({ ...all(code), open: 'opened' })
    expect(output).not.toContain('canary-5a1d')
  })

  it('survives that the key file of a provider is none', async () => {
    const { outcomes, output } = await useOnce('canary-5a1d')
    expect(outcomes).toEqual({ open: 'misconfigured' })
    expect(output).not.toContain('canary-5a1d')
  })

  it.each([401, 200])('survives a store that answers nonsense with %i', async (status) => {
    google.interrupt((_, response) => void response.writeHead(status).end('<html>'))
    const { outcomes } = await useOnce(JSON.stringify(serviceAccountKey(google.address)))
    expect(outcomes).toEqual({ ...all('unreadable_answer'), open: 'opened' })
  })

  it('logs in as the machine it runs on', async () => {
    await metadata.close()
    metadata = await startMetadata()
    const { outcomes } = await useOnce(undefined)
    expect(outcomes).toMatchObject({ open: 'opened', write: { version: '1' }, read: '1' })
  })

  it('asks no metadata server when the provider brings its key, and prints no value', async () => {
    const keyFile = JSON.stringify(serviceAccountKey(google.address))
    const { outcomes, output } = await useOnce(keyFile, { GOOGLE_SDK_NODE_LOGGING: 'all' })
    expect(outcomes).toEqual({
      ...{ open: 'opened', check: true, write: { version: '1' }, read: '1', list: 1 },
    })
    expect(metadata.connections()).toBe(0)
    for (const form of ['canary-value-9d2e', Buffer.from('canary-value-9d2e').toString('base64')]) {
      expect(output).not.toContain(form)
    }
  })
})

function serviceAccountText(given: object): string {
  return JSON.stringify({ ...serviceAccountKey('http://127.0.0.1:1'), ...given })
}

/** Hands out the tokens of the fake Google, as a machine of Google's would. */
function startMetadata(): Promise<FakeServer> {
  return startServer((request, response) => {
    response.setHeader('metadata-flavor', 'Google')
    const isToken = request.url?.startsWith(
      '/computeMetadata/v1/instance/service-accounts/default/token',
    )
    if (!isToken) return response.end('{}')
    const access_token = google.issueToken()
    return response.end(JSON.stringify({ access_token, expires_in: 3599, token_type: 'Bearer' }))
  })
}
