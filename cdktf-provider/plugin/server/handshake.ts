import { mkdtempSync, rmSync, writeSync } from 'node:fs'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeCertificate, type Certificate } from './certificate.ts'

/** A listening socket. */
export interface Endpoint {
  readonly network: 'unix' | 'tcp'
  readonly address: string
  /** Hands every connection to `take`, first those that came before. */
  accept(take: (socket: Socket) => void): void
  /** Stops listening and removes the socket and its directory. */
  close(): void
}

/** What Terraform asked for in the environment. */
export interface Invitation {
  /** DER of the one certificate that may connect; null when Terraform was told to do without TLS. */
  readonly clientCertificate: Buffer | null
  readonly socketDirectory: string | undefined
}

// go-plugin's protection against being started by hand; public, the same for every provider.
const magicCookie = 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2'

/** Reads Terraform's invitation. Throws with a sentence for the user when there is none we can accept. */
export function readInvitation(env: NodeJS.ProcessEnv): Invitation {
  if (env['TF_PLUGIN_MAGIC_COOKIE'] !== magicCookie) {
    throw new Error('This is a Terraform provider. Terraform starts it; it is not run by hand.')
  }
  const offered = env['PLUGIN_PROTOCOL_VERSIONS'] ?? ''
  if (!offered.split(',').includes('6')) {
    throw new Error(
      `This provider speaks plugin protocol 6; Terraform offers ${offered || 'none'}.`,
    )
  }
  const pem = env['PLUGIN_CLIENT_CERT'] ?? ''
  const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64')
  if (pem && !der.length) throw new Error('PLUGIN_CLIENT_CERT holds no certificate.')
  return {
    clientCertificate: pem ? der : null,
    socketDirectory: env['PLUGIN_UNIX_SOCKET_DIR'] || undefined,
  }
}

/** Listens on a unix socket only we can reach, or on Windows on a port of the loopback address. */
export async function listen(socketDirectory?: string): Promise<Endpoint> {
  const directory = process.platform === 'win32' ? null : makeDirectory(socketDirectory)
  const waiting: Socket[] = []
  let take = (socket: Socket): void => {
    waiting.push(socket)
  }
  const server = createServer((socket) => take(socket))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    if (directory) server.listen(join(directory, 'socket'), resolve)
    else server.listen(0, '127.0.0.1', resolve)
  })
  return {
    network: directory ? 'unix' : 'tcp',
    address: directory
      ? join(directory, 'socket')
      : `127.0.0.1:${(server.address() as AddressInfo).port}`,
    accept(handler) {
      take = handler
      for (const socket of waiting.splice(0)) handler(socket)
    },
    close() {
      server.close()
      if (directory) rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** Answers the invitation: the one line Terraform reads from stdout, and the certificate it then pins. */
export function shakeHands(invitation: Invitation, endpoint: Endpoint): Certificate | null {
  const certificate = invitation.clientCertificate ? makeCertificate() : null
  // Terraform decodes the certificate as base64 without padding and refuses it with.
  const encoded = certificate?.der.toString('base64').replace(/=+$/, '') ?? ''
  writeSync(1, `1|6|${endpoint.network}|${endpoint.address}|grpc|${encoded}\n`)
  return certificate
}

// The kernel takes socket paths up to 103 bytes (macOS) or 107 (Linux).
const longestDirectory = 80

/** A directory of our own keeps the socket from other users: mkdtemp makes it with mode 0700. */
function makeDirectory(wanted = tmpdir()): string {
  const parent = Buffer.byteLength(wanted) <= longestDirectory ? wanted : '/tmp'
  return mkdtempSync(join(parent, 'plugin-'))
}
