import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { agyn } from '../../../cdktf-provider/provider/provider.ts'
import { apiToken } from '../../../cdktf-provider/provider/ephemeral-resources/api-token.ts'
import { startServer, type FakeServer } from '../../api/backends/fake-server.ts'
import { connect, told, unwire, wire } from '../plugin/support/call.ts'

const canary = 'agyn_canary'
const start = Date.parse('2026-01-01T00:00:00Z')
const organizationId = '0198c0de-0000-7000-8000-000000000001'

interface Body {
  readonly id?: string
  readonly expiresAt?: string
}

let server: FakeServer
/** What the API was told, in order. */
let bodies: Body[]
/** What the API does with a request to make a token. */
let making: 'answers' | 'breaks off' | 'refuses'
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: start })
  bodies = []
  making = 'answers'
  server = await startServer((request, response) => void answer(request, response))
})
afterEach(async () => {
  vi.useRealTimers()
  await server.close()
})

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  const body = (text === '' ? {} : JSON.parse(text)) as Body
  if (text !== '') bodies.push(body)
  const { method } = request
  if (method === 'POST' && making === 'breaks off') {
    request.socket.destroy()
  } else if (method === 'POST' && making === 'refuses') {
    const problem = { code: 'forbidden', status: 403, title: 'No', detail: 'Only an admin.' }
    response.writeHead(403).end(JSON.stringify(problem))
  } else if (method === 'DELETE') {
    response.writeHead(204).end()
  } else {
    const token = { id: 'x', role: 'owner', organizationId, ...body, token: canary }
    response.writeHead(method === 'POST' ? 201 : 200).end(JSON.stringify(token))
  }
}

const { attributes } = apiToken
const nothing = Object.fromEntries(Object.keys(attributes).map((name) => [name, null]))

/** A provider that Terraform has configured, and the call by which it opens a token. */
async function opened(config: Readonly<Record<string, string>> = {}) {
  const call = await connect(agyn)
  const settings = { api_url: server.address, api_token: 't', organization_id: null }
  await call('configureProvider', {
    terraformVersion: '1.11.4',
    config: wire(agyn.attributes, settings),
  })
  const typeName = 'agyn_api_token'
  const answer = await call('openEphemeralResource', {
    typeName,
    config: wire(attributes, { ...nothing, role: 'member', ...config }),
  })
  return { call, typeName, answer, lease: answer.private ?? new Uint8Array() }
}

const seconds = (text: string | undefined) => (Date.parse(text ?? '') - start) / 1000
const dated = (time: { readonly seconds: number } | undefined) =>
  (time?.seconds ?? 0) - start / 1000

describe('ephemeral "agyn_api_token"', () => {
  it('lasts 15 minutes, and is prolonged after ten of them as long as the run lasts', async () => {
    const { call, typeName, answer, lease } = await opened()
    expect(unwire(attributes, answer.result)).toMatchObject({
      name: 'terraform',
      expires_in: '15m',
      token: canary,
    })
    expect([seconds(bodies[0]?.expiresAt), dated(answer.renewAt)]).toEqual([900, 600])
    expect(Buffer.from(lease).toString()).not.toContain(canary)

    vi.setSystemTime(start + 600_000)
    const renewed = await call('renewEphemeralResource', { typeName, private: lease })
    expect(renewed.diagnostics).toEqual([])
    expect([seconds(bodies[1]?.expiresAt), dated(renewed.renewAt)]).toEqual([1500, 1200])
    await call('closeEphemeralResource', { typeName, private: renewed.private ?? lease })
    const { id } = bodies[0] ?? {}
    expect(server.requests.slice(1)).toEqual([
      'POST /api/api-tokens',
      `PATCH /api/api-tokens/${id}`,
      `DELETE /api/api-tokens/${id}`,
    ])
  })

  it('lasts as long as is said', async () => {
    const { answer } = await opened({ expires_in: '1h30m', name: 'ci' })
    expect([seconds(bodies[0]?.expiresAt), dated(answer.renewAt)]).toEqual([5400, 3600])
    expect(bodies[0]).toMatchObject({ name: 'ci' })
  })

  it('is revoked when nobody knows whether it was made', async () => {
    making = 'breaks off'
    const { answer } = await opened()
    expect(answer.diagnostics).toHaveLength(1)
    expect(server.requests.at(-1)).toBe(`DELETE /api/api-tokens/${bodies[0]?.id}`)
  })

  it('is not looked for when it was refused', async () => {
    making = 'refuses'
    const { answer } = await opened()
    expect(answer.diagnostics[0]?.detail).toContain('Only an admin.')
    expect(server.requests.at(-1)).toBe('POST /api/api-tokens')
  })

  it.each(['soon', '15', '0m', '-1h'])('does not last %j', async (expires_in) => {
    const call = await connect(agyn)
    const { diagnostics } = await call('validateEphemeralResourceConfig', {
      typeName: 'agyn_api_token',
      config: wire(attributes, { ...nothing, role: 'member', expires_in }),
    })
    expect(told(diagnostics)).toEqual(['expires_in: The API token is not valid.'])
  })
})
