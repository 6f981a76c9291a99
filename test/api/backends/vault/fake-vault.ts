import type { RequestListener, ServerResponse } from 'node:http'
import { FakeClock } from '../fake-clock.ts'
import { type FakeServer, readBody, startServer } from '../fake-server.ts'
import { type Answered, FakeKv } from './fake-kv.ts'
import { denied, type FakeLogin, FakeTokens } from './fake-tokens.ts'

export const rightToken = 'hvs.canary-token-9a41'

/** A Vault at HTTP's edge, answering word for word as OpenBao 2.7.2 was seen to. */
export interface FakeVault
  extends
    FakeServer,
    Pick<
      FakeKv,
      'put' | 'change' | 'get' | 'note' | 'refuseNotes' | 'customMetadata' | 'requireCas'
    > {
  readonly tokens: FakeTokens
  /** Answers the next requests whose path begins so in another way. */
  answer(path: string, listener: RequestListener): void
  /** Answers as always again. */
  heal(): void
}

export interface FakeVaultOptions {
  /** Mount paths and their versions. */
  readonly mounts: Readonly<Record<string, 1 | 2>>
  readonly forbidden?: readonly string[]
  /** By mount point. */
  readonly logins?: Readonly<Record<string, FakeLogin>>
  readonly clock?: FakeClock
  /** What the token may do, by path: `secret/data/probe`. */
  readonly capabilities?: Readonly<Record<string, readonly string[]>>
}

export async function startVault(options: FakeVaultOptions): Promise<FakeVault> {
  const { mounts, forbidden = [], logins = {}, clock = new FakeClock(), capabilities } = options
  const kv = new FakeKv()
  const tokens = new FakeTokens(rightToken, clock, logins)
  const answers = new Map<string, RequestListener>()

  const answer = (request: Asked): Answered => {
    const { path, token, method, query, body } = request
    const loggedIn = tokens.logIn(path, body)
    if (loggedIn) return loggedIn
    if (!tokens.knows(token) || forbidden.includes(path)) return denied
    const asked = tokens.ask(String(token), path)
    if (asked) return asked
    if (path === 'sys/capabilities-self') return [200, capable(body, capabilities)]
    if (path === 'sys/internal/ui/mounts') return [200, JSON.stringify(everyMount(mounts))]
    const detected = /^sys\/internal\/ui\/mounts\/(.*)$/.exec(path)?.[1]
    const named = detected ?? path
    const mount = Object.keys(mounts).find((each) => `${named}/`.startsWith(`${each}/`))
    if (mount === undefined) return [403, '{"errors":["preflight capability check returned 403"]}']
    const kvVersion = mounts[mount] ?? 2
    if (detected !== undefined) {
      const data = `"data":{"options":{"version":"${kvVersion}"},"path":"${mount}/","type":"kv"}`
      return [200, `{${data},"warnings":null}`]
    }
    return kv.answer({ method, path, query, body, mount, kvVersion })
  }

  const server = await startServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://vault')
    const path = decodeURIComponent(url.pathname.replace(/^\/v1\//, ''))
    const planned = [...answers].find(([start]) => path.startsWith(start))
    if (planned) return planned[1](request, response)
    void readBody(request).then((body) => {
      const token = request.headers['x-vault-token']
      const method = request.method ?? ''
      send(response, ...answer({ method, path, query: url.searchParams, body, token }))
    })
  })
  return {
    ...server,
    tokens,
    put: (path, json) => kv.put(path, json),
    change: (path, version, state) => kv.change(path, version, state),
    get: (path) => kv.get(path),
    note: (path, custom) => kv.note(path, custom),
    refuseNotes: () => kv.refuseNotes(),
    customMetadata: (path) => kv.customMetadata(path),
    requireCas: (path) => kv.requireCas(path),
    answer: (path, listener) => void answers.set(path, listener),
    heal: () => answers.clear(),
  }
}

export function send(response: ServerResponse, status: number, body?: string): void {
  response
    .writeHead(status, body === undefined ? {} : { 'content-type': 'application/json' })
    .end(body === undefined ? undefined : `${body}\n`)
}

interface Asked {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: string
  readonly token: unknown
}

function everyMount(mounts: FakeVaultOptions['mounts']): object {
  const secret = Object.entries(mounts).map(([path, version]) => [
    `${path}/`,
    { type: 'kv', options: { version: String(version) } },
  ])
  const own = { 'sys/': { type: 'system' }, 'cubbyhole/': { type: 'cubbyhole' } }
  return { data: { auth: {}, secret: { ...own, ...Object.fromEntries(secret) } as object } }
}

function capable(
  body: string,
  capabilities: FakeVaultOptions['capabilities'] = { 'secret/data/probe': ['read', 'update'] },
): string {
  const { paths } = JSON.parse(body) as { paths: readonly string[] }
  const data = Object.fromEntries(paths.map((path) => [path, capabilities[path] ?? ['deny']]))
  return JSON.stringify({ ...data, data })
}
