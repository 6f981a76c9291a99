import { createServer, type IncomingMessage, type Server } from 'node:http'
import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

interface Stored {
  versions: object[]
  deleted: boolean
}

/** As much of OpenBao as the quickstart uses: a key-value engine of version 2 at `secret/`, with check-and-set. */
export function fakeBao(token: string): { server: Server; secrets: Map<string, Stored> } {
  const secrets = new Map<string, Stored>()
  const server = createServer((request, response) => {
    void answer(request).then(([status, body]) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    })
  })
  return { server, secrets }

  async function answer(request: IncomingMessage): Promise<[number, object]> {
    if (request.headers['x-vault-token'] !== token) return [403, { errors: ['permission denied'] }]
    const path = (request.url ?? '').replace(/^\/v1\//, '')
    if (path === 'secret/config') return [200, { data: {} }]
    if (path.startsWith('sys/internal/ui/mounts/secret')) {
      return [200, { data: { options: { version: '2' }, path: 'secret/', type: 'kv' } }]
    }
    if (!path.startsWith('secret/data/')) return [404, { errors: [] }]
    return request.method === 'POST' ? write(path, await jsonOf(request)) : read(path)
  }

  function read(path: string): [number, object] {
    const stored = secrets.get(path)
    if (!stored) return [404, { errors: [] }]
    const metadata = { version: stored.versions.length, destroyed: false, deletion_time: '' }
    if (stored.deleted) return [404, { data: { data: null, metadata } }]
    return [200, { data: { data: stored.versions.at(-1), metadata } }]
  }

  function write(path: string, { options, data }: Written): [number, object] {
    const versions = secrets.get(path)?.versions ?? []
    if (options?.cas !== undefined && options.cas !== versions.length) {
      return [400, { errors: ['check-and-set parameter did not match the current version'] }]
    }
    secrets.set(path, { versions: [...versions, data], deleted: false })
    return [200, { data: { version: versions.length + 1 } }]
  }
}

interface Written {
  readonly options?: { readonly cas?: number }
  readonly data: object
}

async function jsonOf(request: IncomingMessage): Promise<Written> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return JSON.parse(text) as Written
}

/** Where a server listens, once it does. */
export async function listening(server: Server, port = 0): Promise<string> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

// Started as `bao server -dev …`.
if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const port = /-dev-listen-address=\S*:(\d+)/.exec(process.argv.join(' '))?.[1]
  const { server } = fakeBao(process.env['BAO_DEV_ROOT_TOKEN_ID'] ?? '')
  await listening(server, Number(port))
}
