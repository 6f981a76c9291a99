import { existsSync } from 'node:fs'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { codeOf, failureOf } from '../failure-of.ts'
import { type FakeServer, startServer } from '../fake-server.ts'
import { type FakeAzure, send, startAzure } from './fake-azure.ts'
import { openAzure } from './open-azure.ts'

const signal = AbortSignal.timeout(60_000)

describe("the server's own identity in Azure", () => {
  let azure: FakeAzure
  let endpoint: FakeServer
  let answer: RequestListener
  let folder: string
  // One for all, since the SDK remembers where it is for as long as the process runs.
  beforeAll(async () => {
    endpoint = await startServer((request, response) => answer(request, response))
  })
  afterAll(() => endpoint.close())
  beforeEach(async () => {
    azure = await startAzure()
    azure.store.put('app', { value: 'v' })
    // Each test has a resource of its own, since the SDK remembers tokens as well.
    azure.challenge = 'Bearer resource="https://127.0.0.1"'
    endpoint.requests.splice(0)
    folder = await mkdtemp(join(tmpdir(), 'azure-identity-'))
    // As App Service gives it to what runs there; nothing else of Azure is in the environment.
    const none = Object.keys(process.env).filter((name) => name.startsWith('AZURE_'))
    for (const name of none) vi.stubEnv(name, undefined)
    vi.stubEnv('IDENTITY_ENDPOINT', `${endpoint.address}/msi/token`)
    vi.stubEnv('IDENTITY_HEADER', 'of-the-platform')
    vi.stubEnv('PATH', folder)
  })
  afterEach(async () => {
    vi.unstubAllEnvs()
    await azure.close()
    await rm(folder, { recursive: true })
  })
  const open = () => openAzure(azure, { clientId: undefined, authorityHost: undefined })

  it('logs in where a managed identity is, and brings the vault its token', async () => {
    answer = (request, response) => {
      expect(request.headers['x-identity-header']).toBe('of-the-platform')
      const expires_on = Math.floor(Date.now() / 1000) + 3600
      send(response, 200, { access_token: azure.giveToken(), expires_on, token_type: 'Bearer' })
    }
    const backend = await open()
    expect(endpoint.requests).toEqual([])
    const reads = Array.from({ length: 5 }, () => backend.read('app', { signal }))
    expect((await Promise.all(reads))[4]?.value.reveal().toString()).toBe('v')
    expect(endpoint.requests).toHaveLength(1)
    expect(endpoint.requests[0]).toContain('resource=https%3A%2F%2F127.0.0.1')
    expect(azure.authority.requests).toEqual([])
  })

  it('is nobody whom a developer has logged in on this machine', async () => {
    azure.challenge = 'Bearer resource="https://vault.azure.net"'
    answer = (_, response) => send(response, 400, { error: 'no identity', message: 'canary' })
    const trace = join(folder, 'asked')
    for (const program of ['az', 'azd', 'pwsh']) {
      await writeFile(join(folder, program), `#!/bin/sh\necho > '${trace}'\n`)
      await chmod(join(folder, program), 0o755)
    }
    const failure = await failureOf((await open()).read('app', { signal }))
    expect(failure).toMatchObject({ code: 'misconfigured', notSent: true })
    expect(JSON.stringify([failure, failure.message, failure.cause])).not.toContain('canary')
    expect(endpoint.requests.length).toBeGreaterThan(0)
    expect(existsSync(trace)).toBe(false)
  })

  it('is not waited for beyond what the caller has time for', async () => {
    azure.challenge = 'Bearer resource="https://vault.azure.cn"'
    const giveUp = new AbortController()
    answer = () => giveUp.abort()
    const backend = await open()
    expect(await codeOf(backend.read('app', { signal: giveUp.signal }))).toBe('timeout')
  })
})
