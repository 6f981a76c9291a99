import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { OutcomeUnknown, TerraformError } from '../../../../cdktf-provider/plugin/index.ts'
import { explain } from '../../../../cdktf-provider/provider/api/api-errors.ts'
import { keepAliveTransport } from '../../../../cdktf-provider/provider/api/transport.ts'
import { Client } from '../../../../contract/client.ts'
import { startServer } from '../../../api/backends/fake-server.ts'
import { makeAuthority, makeCertificate } from '../../../api/backends/outbound/make-certificate.ts'
import { startForwardProxy } from '../../../support/forward-proxy.ts'

const canary = 'agyn_canary'
const authority = makeAuthority('acme')
const trusted = (host: string, notAfter?: Date) =>
  makeCertificate({ host, signedBy: authority, ...(notAfter ? { notAfter } : {}) })

let directory: string
let env: NodeJS.ProcessEnv
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'reaching-'))
  writeFileSync(join(directory, 'ca.pem'), authority.cert)
  env = { SSL_CERT_FILE: join(directory, 'ca.pem') }
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const whoAmI: RequestListener = (_, response) => {
  response.setHeader('content-type', 'application/json').end('{"id":"x"}')
}

async function serve(listener: RequestListener, tls?: { cert: string; key: string }) {
  const server = await startServer(listener, tls)
  onTestFinished(() => server.close())
  return server
}

/** Calls the API there; what goes wrong as the user reads it. */
async function reach(url: string, more: NodeJS.ProcessEnv = {}) {
  const client = new Client({
    url,
    token: canary,
    retries: 0,
    transport: keepAliveTransport(new URL(url), { ...env, ...more }),
  })
  const call = (operation: 'WhoAmI') => client.call(operation, {})
  try {
    return { answer: await call('WhoAmI'), call }
  } catch (failure) {
    const error = explain(failure, { noun: 'token', type: '', name: 'api_token', importId: '' })
    if (!(error instanceof TerraformError)) throw error
    expect(error.problems).toHaveLength(1)
    const { summary, detail = '' } = error.problems[0]
    expect(`${summary} ${detail}`).not.toContain(canary)
    return { summary, detail, isKnownNotSent: !(error instanceof OutcomeUnknown) }
  }
}

/** A port at which nobody listens. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function rawServer(onSocket: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>()
  const server = createTcpServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    onSocket(socket)
  }).listen(0, '127.0.0.1')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

describe('an API behind TLS', () => {
  it('is trusted by the authority that SSL_CERT_FILE names', async () => {
    const { address } = await serve(whoAmI, trusted('127.0.0.1'))
    expect(await reach(address)).toHaveProperty('answer')
  })

  it.each([
    ['of nobody', () => makeCertificate({ host: '127.0.0.1' }), 'NODE_EXTRA_CA_CERTS'],
    ['that has expired', () => trusted('127.0.0.1', new Date(Date.now() - 60_000)), 'Renew it'],
    ['for another host', () => trusted('elsewhere.test'), 'is for another host'],
  ])('with a certificate %s is told so, and nothing is sent', async (_, certificate, words) => {
    const { address, requests } = await serve(whoAmI, certificate())
    expect(await reach(address)).toMatchObject({
      summary: 'The agyn-secrets API cannot be reached.',
      detail: expect.stringContaining(words),
      isKnownNotSent: true,
    })
    expect(requests).toEqual([])
  })

  it('that is none says so', async () => {
    const { port } = await serve(whoAmI)
    expect(await reach(`https://127.0.0.1:${port}`)).toMatchObject({
      detail: expect.stringContaining('does not speak TLS'),
      isKnownNotSent: true,
    })
  })

  it('and asked without says that something closes the connection', async () => {
    const { port } = await serve(whoAmI, trusted('127.0.0.1'))
    expect(await reach(`http://127.0.0.1:${port}`)).toMatchObject({
      detail: expect.stringMatching(/whether `api_url` says http or https rightly|https:\/\//),
    })
  })
})

describe('an API that is not there', () => {
  it('says that nothing listens', async () => {
    expect(await reach(`http://127.0.0.1:${await freePort()}`)).toMatchObject({
      detail: expect.stringMatching(/^Nothing listens at http:\/\/127.0.0.1:\d+. Check `api_url`/),
      isKnownNotSent: true,
    })
  })

  it('says that its name leads nowhere', async () => {
    expect(await reach('http://nowhere.invalid')).toMatchObject({
      detail: expect.stringMatching(/nowhere.invalid.*DNS|DNS.*nowhere.invalid/),
      isKnownNotSent: true,
    })
  })

  it('says that the connection was closed, and then the outcome is not known', async () => {
    const port = await rawServer((socket) => socket.once('data', () => socket.destroy()))
    expect(await reach(`http://127.0.0.1:${port}`)).toMatchObject({
      detail: expect.stringContaining('closed the connection before it answered (ECONNRESET)'),
      isKnownNotSent: false,
    })
  })

  it('says that what answers does not speak HTTP', async () => {
    const port = await rawServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'))
    expect(await reach(`http://127.0.0.1:${port}`)).toMatchObject({
      detail: expect.stringContaining('does not speak HTTP'),
    })
  })

  it.each([
    [200, 'What answered is not the agyn-secrets API.', 'a login page'],
    [404, 'What answered is not the agyn-secrets API.', 'status 404'],
    [500, 'What answered is not the agyn-secrets API.', 'status 500'],
    [502, 'The agyn-secrets API cannot be reached.', 'answered 502'],
    [503, 'The agyn-secrets API cannot be reached.', 'is being started'],
  ])('says so of a page with status %d', async (status, summary, words) => {
    const { address } = await serve((_, response) => {
      response.writeHead(status, { 'content-type': 'text/html' }).end('<html>')
    })
    const told = await reach(address)
    expect(told).toMatchObject({ summary, detail: expect.stringContaining(words) })
    expect(told.detail).toContain('`api_url`')
  })

  it('says where it redirects to, and does not go there', async () => {
    const { address, requests } = await serve((_, response) => {
      response.writeHead(308, { location: '/elsewhere' }).end()
    })
    expect(await reach(address)).toMatchObject({
      detail: expect.stringContaining('redirects to /elsewhere'),
    })
    expect(requests).toEqual(['GET /api/whoami'])
  })
})

describe('a proxy', () => {
  const connecting = async (port: number, refusal?: number) => {
    const proxy = await startForwardProxy(port, refusal === undefined ? {} : { refusal })
    onTestFinished(() => proxy.close())
    return proxy
  }

  it('connects to an API behind TLS once for many calls, with a user and a password', async () => {
    const api = await serve(whoAmI, trusted('api.test'))
    const proxy = await connecting(api.port)
    const { call } = await reach('https://api.test', {
      HTTPS_PROXY: `http://user:p%40ss@${proxy.host}`,
    })
    await call?.('WhoAmI')
    const basic = Buffer.from('user:p@ss').toString('base64')
    expect(proxy.asked).toEqual([`CONNECT api.test:443 Basic ${basic}`])
    expect(api.requests).toHaveLength(2)
    expect(api.connections()).toBe(1)
  })

  it('is told the whole address of an API without TLS', async () => {
    const api = await serve(whoAmI)
    const proxy = await connecting(api.port)
    expect(await reach('http://api.test', { HTTP_PROXY: proxy.host })).toHaveProperty('answer')
    expect(proxy.asked).toEqual(['GET http://api.test/api/whoami'])
  })

  it('is passed by for the hosts of NO_PROXY', async () => {
    const proxy = await connecting(await freePort())
    const told = await reach('https://nowhere.invalid', {
      HTTPS_PROXY: proxy.host,
      NO_PROXY: '.invalid',
    })
    expect(told.detail).toContain('nowhere.invalid')
    expect(proxy.asked).toEqual([])
  })

  it.each([
    ['https://api.test', 407, 'wants a user and a password'],
    ['https://api.test', 403, 'refused to connect to https://api.test (403)'],
    ['http://api.test', 407, 'wants a user and a password'],
  ])('that refuses %s with %d is named, without its password', async (url, status, words) => {
    const proxy = await connecting(await freePort(), status)
    const address = `http://user:${canary}@${proxy.host}`
    expect(await reach(url, { HTTPS_PROXY: address, HTTP_PROXY: address })).toMatchObject({
      summary: 'The agyn-secrets API cannot be reached.',
      detail: expect.stringMatching(new RegExp(`The proxy http://${proxy.host} .*NO_PROXY`)),
      isKnownNotSent: true,
    })
    const { detail } = await reach(url, { HTTPS_PROXY: address, HTTP_PROXY: address })
    expect(detail).toContain(words)
  })

  it.each(['https://api.test', 'http://api.test'])(
    'that is not there is what cannot be reached, and not %s',
    async (url) => {
      const proxy = `127.0.0.1:${await freePort()}`
      expect(await reach(url, { HTTPS_PROXY: proxy, HTTP_PROXY: proxy })).toMatchObject({
        detail: expect.stringContaining(
          `The proxy http://${proxy} cannot be reached itself (ECONNREFUSED)`,
        ),
        isKnownNotSent: true,
      })
    },
  )

  it('that is none is said to be so, without its value', async () => {
    expect(
      await reach('https://api.test', { HTTPS_PROXY: `socks5://u:${canary}@p` }),
    ).toMatchObject({
      detail: expect.stringContaining('HTTPS_PROXY does not name a proxy'),
      isKnownNotSent: true,
    })
  })
})

describe('a call that is given up', () => {
  it('ends at once, before and after it was sent', async () => {
    const { address } = await serve(() => {})
    const transport = keepAliveTransport(new URL(address), {})
    const abort = new AbortController()
    const request = {
      operation: 'WhoAmI',
      method: 'GET',
      url: new URL(address),
      headers: {},
      body: undefined,
      signal: abort.signal,
    } as const
    const call = transport(request)
    abort.abort(new Error('enough'))
    await expect(call).rejects.toThrow('enough')
    await expect(transport(request)).rejects.toThrow('enough')
  })
})
