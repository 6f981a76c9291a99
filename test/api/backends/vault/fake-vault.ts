import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { type FakeServer, startServer } from '../fake-server.ts'

export const rightToken = 'hvs.canary-token-9a41'

/** A Vault at HTTP's edge, answering word for word as OpenBao 2.7.2 was seen to. */
export interface FakeVault extends FakeServer {
  /** Adds a version to a secret of version 2, or replaces one of version 1. Answers its number. */
  put(path: string, json: string): number
  change(path: string, version: number, state: 'deleted' | 'destroyed'): void
  /** Answers the next requests whose path begins so in another way. */
  answer(path: string, listener: RequestListener): void
}

interface Version {
  readonly json: string
  state: 'there' | 'deleted' | 'destroyed'
}

export interface FakeVaultOptions {
  /** Mount paths and their versions. */
  readonly mounts: Readonly<Record<string, 1 | 2>>
  readonly forbidden?: readonly string[]
}

export async function startVault({ mounts, forbidden = [] }: FakeVaultOptions): Promise<FakeVault> {
  const secrets = new Map<string, Version[]>()
  const answers = new Map<string, RequestListener>()
  const mountOf = (path: string) =>
    Object.keys(mounts).find((mount) => path.startsWith(`${mount}/`))

  const server = await startServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://vault')
    const path = decodeURIComponent(url.pathname.replace(/^\/v1\//, ''))
    const planned = [...answers].find(([start]) => path.startsWith(start))
    if (planned) return planned[1](request, response)
    if (request.headers['x-vault-token'] !== rightToken || forbidden.includes(path)) {
      return send(response, 403, '{"errors":["permission denied"]}')
    }
    if (path === 'auth/token/lookup-self') return send(response, 200, lookupSelf)
    if (path === 'sys/capabilities-self') return capabilities(request, response)
    const detected = /^sys\/internal\/ui\/mounts\/(.*)$/.exec(path)?.[1]
    const mount = mountOf(detected ?? path)
    if (!mount) return send(response, 403, '{"errors":["preflight capability check returned 403"]}')
    const kvVersion = mounts[mount] ?? 2
    if (detected !== undefined) {
      const data = `"data":{"options":{"version":"${kvVersion}"},"path":"${mount}/","type":"kv"}`
      return send(response, 200, `{${data},"warnings":null}`)
    }
    return kvVersion === 1
      ? readKv1(response, secrets.get(path))
      : readKv2(response, secrets.get(path), url.searchParams.get('version'))
  })
  return {
    ...server,
    put(path, json) {
      const versions = secrets.get(path) ?? []
      secrets.set(path, [...versions, { json, state: 'there' }])
      return versions.length + 1
    },
    change(path, version, state) {
      const found = secrets.get(path)?.[version - 1]
      if (found) found.state = state
    },
    answer: (path, listener) => void answers.set(path, listener),
  }
}

export function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${body}\n`)
}

function readKv1(response: ServerResponse, versions: readonly Version[] | undefined): void {
  const json = versions?.at(-1)?.json
  if (json === undefined) return send(response, 404, '{"errors":[]}')
  send(response, 200, `{"request_id":"r","lease_duration":2764800,"data":${json},"warnings":null}`)
}

function readKv2(
  response: ServerResponse,
  versions: readonly Version[] = [],
  asked: string | null,
): void {
  const number = asked === null || asked === '0' ? versions.length : Number(asked)
  const version = versions[number - 1]
  if (!version) return send(response, 404, '{"errors":[]}')
  const metadata = JSON.stringify({
    created_time: '2026-01-02T03:04:05.630565797Z',
    custom_metadata: null,
    deletion_time: version.state === 'deleted' ? '2026-02-03T04:05:06.546528548Z' : '',
    destroyed: version.state === 'destroyed',
    version: number,
  })
  const data = version.state === 'there' ? version.json : 'null'
  const status = version.state === 'there' ? 200 : 404
  send(
    response,
    status,
    `{"request_id":"r","data":{"data":${data},"metadata":${metadata}},"warnings":null}`,
  )
}

function capabilities(_: IncomingMessage, response: ServerResponse): void {
  const data = '"secret/data/probe":["read","update"],"secret/metadata/":["deny"]'
  send(response, 200, `{${data},"data":{${data}}}`)
}

const lookupSelf = `{"data":${JSON.stringify({
  display_name: 'token-agyn',
  expire_time: '2027-01-01T00:00:00.5Z',
  id: rightToken,
  policies: ['default'],
  renewable: true,
})}}`
