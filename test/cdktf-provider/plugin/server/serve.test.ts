import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type ClientHttp2Session } from 'node:http2'
import { connect as connectSocket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  GetProviderSchema_Request,
  GetProviderSchema_Response,
} from '../../../../cdktf-provider/plugin/gen/tfplugin6.ts'
import {
  makeCertificate,
  toPem,
  type Certificate,
} from '../../../../cdktf-provider/plugin/server/certificate.ts'
import { bundleShelf } from '../support/mirror.ts'
import { shelf } from '../support/shelf.ts'

const cookie = 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2'

describe('a provider that was started', () => {
  let mirror: string
  let launcher: string
  let sockets: string
  const started: ChildProcess[] = []

  beforeAll(async () => {
    mirror = mkdtempSync(join(tmpdir(), 'mirror-'))
    sockets = mkdtempSync(join(tmpdir(), 'sock-'))
    launcher = await bundleShelf(mirror)
  })
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL')
    rmSync(sockets, { recursive: true, force: true })
    sockets = mkdtempSync(join(tmpdir(), 'sock-'))
  })
  afterAll(() => {
    for (const directory of [mirror, sockets]) rmSync(directory, { recursive: true, force: true })
  })

  const start = (environment: NodeJS.ProcessEnv, command = launcher, args: string[] = []) => {
    const env = { PATH: process.env['PATH'], PLUGIN_UNIX_SOCKET_DIR: sockets, ...environment }
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    started.push(child)
    return child
  }
  const invite = (certificate: Certificate | null, more: NodeJS.ProcessEnv = {}) =>
    start({
      TF_PLUGIN_MAGIC_COOKIE: cookie,
      PLUGIN_PROTOCOL_VERSIONS: '5,6',
      ...(certificate ? { PLUGIN_CLIENT_CERT: toPem(certificate.der) } : {}),
      ...more,
    })

  it('lets in the client that was announced and nobody else', async () => {
    const [own, other] = [makeCertificate(), makeCertificate()]
    const { address, certificate } = await handshake(invite(own))
    expect(await answers(dial(address, certificate, own))).toBe(true)
    expect(await answers(dial(address, certificate, other))).toBe(false)
    expect(await answers(dial(address, certificate, null))).toBe(false)
    expect(await answers(connectSocket(address))).toBe(false)
    // None of them has taken the way of the one that may come in.
    expect(await answers(dial(address, certificate, own))).toBe(true)
  })

  it('answers calls, and those it does not offer with UNIMPLEMENTED', async () => {
    const own = makeCertificate()
    const { address, certificate } = await handshake(invite(own))
    const session = connect('https://localhost', {
      createConnection: () => dial(address, certificate, own),
    })
    const empty = frame(GetProviderSchema_Request.encode({}).finish())
    const schema = await call(session, '/tfplugin6.Provider/GetProviderSchema', empty)
    const { provider, resourceSchemas } = GetProviderSchema_Response.decode(schema.body.subarray(5))
    expect(provider?.block?.attributes.map(({ name }) => name)).toEqual(['file', 'token'])
    expect(Object.keys(resourceSchemas)).toEqual(shelf.resources.map(({ type }) => type))

    const unknown = await call(session, '/tfplugin6.Provider/GetMetadata', empty)
    expect(unknown.status).toBe('12')
    for (const broken of [Buffer.of(0), Buffer.of(1, 0, 0, 0, 0), Buffer.of(0, 0, 0, 0, 9, 1)]) {
      const refused = await call(session, '/tfplugin6.Provider/GetProviderSchema', broken)
      expect(refused.status).toBe('13')
    }
    session.destroy()
  })

  it('goes when it is told to, and takes its socket along', async () => {
    const child = invite(null)
    const { address } = await handshake(child)
    const session = connect('http://localhost', { createConnection: () => connectSocket(address) })
    session.on('error', () => {})
    const { status } = await call(
      session,
      '/plugin.GRPCController/Shutdown',
      frame(Buffer.alloc(0)),
    )
    expect(status).toBe('0')
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(readdirSync(sockets)).toEqual([])
  })

  it('goes when the process that started it is gone', async () => {
    const script = `
      const stdio = ['ignore', 'pipe', 'inherit']
      const child = require('child_process').spawn(process.argv[1], { stdio })
      child.stdout.once('data', (line) => process.stdout.write(line, () => process.exit()))`
    const environment = { TF_PLUGIN_MAGIC_COOKIE: cookie, PLUGIN_PROTOCOL_VERSIONS: '6' }
    const parent = start(environment, process.execPath, ['-e', script, launcher])
    const gone = once(parent.stderr?.resume() as NodeJS.ReadableStream, 'close')
    const { address } = await handshake(parent)
    expect(await answers(connectSocket(address))).toBe(true)
    // The provider holds the other end of it until it exits.
    await gone
    expect(readdirSync(sockets)).toEqual([])
  })

  it('leaves Ctrl-C to Terraform, and stays when a session closes', async () => {
    const child = invite(null)
    const { address } = await handshake(child)
    child.kill('SIGINT')
    for (let i = 0; i < 2; i++) {
      expect(await answers(connectSocket(address))).toBe(true)
    }
    expect(await terminated(child)).toBe(0)
    expect(readdirSync(sockets)).toEqual([])
  })

  it.each(['SIGTERM', 'SIGHUP'] as const)('leaves %s to Terraform in a session', async (signal) => {
    const child = invite(null)
    const { address } = await handshake(child)
    const session = connect('http://localhost', { createConnection: () => connectSocket(address) })
    const empty = frame(GetProviderSchema_Request.encode({}).finish())
    const schema = () => call(session, '/tfplugin6.Provider/GetProviderSchema', empty)
    expect(await schema()).toMatchObject({ status: '0' })
    child.kill(signal)
    // The second call comes after the signal for certain.
    for (let i = 0; i < 2; i++) expect(await schema()).toMatchObject({ status: '0' })
    session.destroy()
    expect(await terminated(child)).toBe(0)
  })

  it('lets Terraform send a large state without waiting', async () => {
    const { address } = await handshake(invite(null))
    const session = connect('http://localhost', { createConnection: () => connectSocket(address) })
    await once(session, 'remoteSettings')
    await expect.poll(() => session.state.remoteWindowSize).toBe(4 << 20)
    session.destroy()
  })

  it('tells what is wrong when Terraform did not start it, or offers another protocol', async () => {
    expect(await firstLine(start({}))).toContain('Terraform starts it')
    const offer = { TF_PLUGIN_MAGIC_COOKIE: cookie, PLUGIN_PROTOCOL_VERSIONS: '5' }
    expect(await firstLine(start(offer))).toContain('Terraform offers 5')
  })

  it('asks for Node.js where there is none', async () => {
    expect(await firstLine(start({ PATH: '/nowhere' }))).toContain('needs Node.js 20.19 or newer')
  })

  it.each([[], ['--debug']])('asks for a newer Node.js where it is old %s', async (...args) => {
    const old = join(sockets, 'old.cjs')
    const versions = "{ ...process.versions, node: '18.20.4' }"
    writeFileSync(old, `Object.defineProperty(process, 'versions', { value: ${versions} })`)
    const child = start({ NODE_OPTIONS: `--require=${old}` }, launcher, args)
    const exited = once(child, 'exit')
    expect(await firstLine(child)).toContain('needs Node.js 20.19 or newer, and this is 18.20.4')
    expect(await exited).toEqual([1, null])
  })

  it('logs in the form Terraform reads, and no values', async () => {
    const child = invite(null, { TF_LOG: 'trace' })
    const log = createInterface(child.stderr as NodeJS.ReadableStream)
    const lines: string[] = []
    log.on('line', (line) => lines.push(line))
    const { address } = await handshake(child)
    const session = connect('http://localhost', { createConnection: () => connectSocket(address) })
    await call(session, '/tfplugin6.Provider/ReadResource', frame(Buffer.from('hunter2')))
    session.destroy()
    const closed = once(log, 'close')
    await terminated(child)
    await closed
    expect(lines.length).toBeGreaterThan(0)
    for (const line of lines) {
      expect(JSON.parse(line)).toMatchObject({
        '@timestamp': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
        '@level': expect.stringMatching(/^(trace|debug|info|warn|error)$/),
      })
    }
    expect(lines.join()).not.toContain('hunter2')
  })

  it('logs how long a call took, to the microsecond', async () => {
    const child = invite(null, { TF_LOG: 'trace' })
    const log = createInterface(child.stderr as NodeJS.ReadableStream)
    const answered = (async () => {
      for await (const line of log) if (line.includes('"call answered"')) return line
      return ''
    })()
    const { address } = await handshake(child)
    const session = connect('http://localhost', { createConnection: () => connectSocket(address) })
    const request = GetProviderSchema_Request.encode({}).finish()
    await call(session, '/tfplugin6.Provider/GetProviderSchema', frame(Buffer.from(request)))
    session.destroy()
    expect(await answered).toMatch(
      /"rpc":"\/tfplugin6\.Provider\/GetProviderSchema","durationMs":\d+(\.\d{1,3})?[,}]/,
    )
  })
})

/** Ends it, as soon as it has noticed that no session is open, and tells its exit code. */
async function terminated(child: ChildProcess): Promise<number | null> {
  const exited = once(child, 'exit')
  const again = setInterval(() => child.kill('SIGTERM'), 20)
  const [code] = (await exited) as [number | null]
  clearInterval(again)
  return code
}

async function firstLine(child: ChildProcess): Promise<string> {
  const [line] = await once(createInterface(child.stdout as NodeJS.ReadableStream), 'line')
  return String(line)
}

async function handshake(child: ChildProcess) {
  const line = await firstLine(child)
  const [core, protocol, network, address = '', kind, certificate = ''] = line.split('|')
  expect([core, protocol, network, kind]).toEqual(['1', '6', 'unix', 'grpc'])
  expect(dirname(address)).toMatch(/plugin-/)
  return { address, certificate: toPem(Buffer.from(certificate, 'base64')) }
}

function dial(address: string, ca: string, client: Certificate | null): TLSSocket {
  const identity = client ? { key: client.key, cert: toPem(client.der) } : {}
  const socket = connectSocket(address)
  return connectTls({ socket, servername: 'localhost', ca, ALPNProtocols: ['h2'], ...identity })
}

/** Whether the other side speaks HTTP/2 to us or hangs up. */
async function answers(socket: NodeJS.ReadWriteStream): Promise<boolean> {
  socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0')
  const spoke = await new Promise<boolean>((resolve) => {
    socket.once('data', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('close', () => resolve(false))
  })
  ;(socket as TLSSocket).destroy()
  return spoke
}

function frame(message: Uint8Array): Buffer {
  const head = Buffer.alloc(5)
  head.writeUInt32BE(message.length, 1)
  return Buffer.concat([head, message])
}

async function call(session: ClientHttp2Session, path: string, body: Buffer) {
  const stream = session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
  })
  let status: unknown
  stream.on('response', (headers) => (status ??= headers['grpc-status']))
  stream.on('trailers', (headers) => (status ??= headers['grpc-status']))
  stream.end(body)
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return { status, body: Buffer.concat(chunks) }
}
