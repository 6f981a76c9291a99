import type { Response } from 'supertest'
import { expect, vi } from 'vitest'
import type { ProviderType } from '../../api/backends/registry.ts'
import { parseAllowList } from '../../api/backends/outbound/allow-list.ts'
import { startTestApi, type Caller, type TestApi } from '../support/test-api.ts'
import { newCanary, startLiveStores, type LiveStore } from './live-stores.ts'
import { startToxiproxy, type ToxicProxy } from './servers/toxiproxy.ts'

/** The API, one server of each kind of store, and networks between them that can be made bad. */
export interface FaultsWorld {
  readonly api: TestApi
  readonly owner: Caller
  readonly orchestrator: Caller
  /** Registers a provider that reaches its store through proxies of its own. */
  provider(type: ProviderType, name: string): Promise<ProxiedProvider>
  /** A text that must be told to nobody but who resolves it. */
  canary(): string
  /** Expects that neither the text nor what was logged so far holds a canary or a credential. */
  expectNothingTold(text: string): void
  close(): Promise<void>
}

export interface ProxiedProvider {
  readonly id: string
  readonly name: string
  readonly store: LiveStore
  /** Before the store. */
  readonly proxy: ToxicProxy
  /** Before the server where tokens for it are had, if that is another one. */
  readonly authorityProxy: ToxicProxy | undefined
}

export async function startFaultsWorld(): Promise<FaultsWorld> {
  const [{ stores, stop }, toxiproxy, api] = await Promise.all([
    startLiveStores(),
    startToxiproxy(),
    startTestApi({ outbound: { allow: parseAllowList('127.0.0.1, localhost') } }),
  ])
  const tokens = await api.organization('acme')
  const owner = api.as(tokens.owner)
  const credentials = Object.values(stores).flatMap((store) => store.credentials)
  const secrets = [tokens.owner, tokens.orchestrator, ...credentials]
  // To load an SDK may take a busy machine as long as a store is given for its answer.
  for (const [type, store] of Object.entries(stores)) {
    const body = { type, config: store.config(store.address, store.authority) }
    const ask = () => owner.post('/api/secret-providers/test', body)
    await vi.waitFor(async () => expect((await ask()).body).toMatchObject({ ok: true }), LOADED)
  }
  return {
    api,
    owner,
    orchestrator: api.as(tokens.orchestrator),
    async provider(type, name) {
      const store = stores[type]
      const proxy = await toxiproxy.proxy(store.address)
      const authorityProxy =
        store.authority === undefined ? undefined : await toxiproxy.proxy(store.authority)
      const config = store.config(proxy.address, authorityProxy?.address)
      const { body } = await owner.post('/api/secret-providers', { name, type, config }).expect(201)
      return { id: body.id, name, store, proxy, authorityProxy }
    },
    canary() {
      const canary = newCanary()
      secrets.push(canary)
      return canary
    },
    expectNothingTold(text) {
      const told = [text, ...api.logged].join('\n')
      expect(secrets.filter((secret) => told.includes(secret))).toEqual([])
      expect(told).not.toMatch(jwt)
    },
    async close() {
      await api.close()
      await Promise.all([stop(), toxiproxy.stop()])
    },
  }
}

const LOADED = { timeout: 60_000, interval: 100 }

/** The tokens that the authority gives. */
const jwt = /eyJ[\w-]{20}/

export type TimedAnswer = Pick<Response, 'status' | 'headers' | 'body' | 'text'> & {
  readonly ms: number
}

/** An answer of the API, and how long it took. */
export async function timed(ask: () => PromiseLike<Response>): Promise<TimedAnswer> {
  const began = performance.now()
  const { status, headers, body, text } = await ask()
  return { status, headers, body, text, ms: performance.now() - began }
}
