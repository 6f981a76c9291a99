import { join } from 'node:path'
import { startProcess } from '../../../scripts/child-process.ts'
import { installOnce, startServer, type Running } from '../../../scripts/local-server.ts'
import { cacheDir, onLine } from './cache.ts'

export interface Toxiproxy extends Running {
  /** Of its own API. */
  readonly address: string
  /** Listens at a new port, and hands everything on to where the URL `upstream` points. */
  proxy(upstream: string): Promise<ToxicProxy>
}

export interface ToxicProxy {
  /** The URL of the upstream, with the port of the proxy. */
  readonly address: string
  /** Lets connections go wrong from now on, those that are open included, until it is healed. */
  poison(toxic: Toxic): Promise<void>
  /** Takes all the poison away. */
  heal(): Promise<void>
  /** Refuses connections, and breaks off those that are open, or accepts them again. */
  enable(enabled: boolean): Promise<void>
}

/** https://github.com/Shopify/toxiproxy#toxics; slow_close, which it also has, has no effect. */
export type Toxic = { readonly stream?: 'upstream' | 'downstream' } & (
  | { readonly type: 'latency'; readonly attributes: { latency: number; jitter?: number } }
  /** Data stops, and after so many ms the connection is closed; 0 means never. */
  | { readonly type: 'timeout'; readonly attributes: { timeout: number } }
  | { readonly type: 'reset_peer'; readonly attributes: { timeout: number } }
  /** In KB/s. */
  | { readonly type: 'bandwidth'; readonly attributes: { rate: number } }
  | {
      readonly type: 'slicer'
      readonly attributes: { average_size: number; size_variation?: number; delay?: number }
    }
  /** Closes the connection after so many bytes. */
  | { readonly type: 'limit_data'; readonly attributes: { bytes: number } }
)

const version = '2.5.0'

/** A proxy between two that talk to each other, which makes of their network a worse one. */
export async function startToxiproxy(): Promise<Toxiproxy> {
  const binary = await install()
  const server = await startServer({
    what: `Toxiproxy ${version}`,
    start: (port) =>
      startProcess(binary, ['-host', '127.0.0.1', '-port', String(port)], {
        stdio: ['ignore', 'ignore', 'pipe'],
      }),
    async ask(port, signal) {
      const address = `http://127.0.0.1:${port}`
      const response = await fetch(`${address}/version`, { signal })
      await response.text()
      return response.status === 200 ? { address } : null
    },
  })
  const call = async (path: string, body: object) => {
    const response = await fetch(server.address + path, {
      method: 'POST',
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`Toxiproxy answered ${await response.text()}`)
    return (await response.json()) as { readonly listen: string }
  }
  let proxies = 0
  const proxy = async (upstream: string): Promise<ToxicProxy> => {
    const url = new URL(upstream)
    const name = `proxy-${(proxies += 1)}`
    const port = url.port || (url.protocol === 'https:' ? '443' : '80')
    const { listen } = await call('/proxies', {
      name,
      listen: '127.0.0.1:0',
      upstream: `${url.hostname}:${port}`,
      enabled: true,
    })
    url.port = listen.slice(listen.lastIndexOf(':') + 1)
    const toxics: string[] = []
    return {
      address: url.origin,
      async poison(toxic) {
        const toxicName = `toxic-${toxics.length}`
        await call(`/proxies/${name}/toxics`, { stream: 'downstream', ...toxic, name: toxicName })
        toxics.push(toxicName)
      },
      async heal() {
        for (const toxic of toxics.splice(0)) {
          await fetch(`${server.address}/proxies/${name}/toxics/${toxic}`, { method: 'DELETE' })
        }
      },
      async enable(enabled) {
        await call(`/proxies/${name}`, { enabled })
      },
    }
  }
  return { ...server, proxy }
}

async function install(): Promise<string> {
  return await installOnce({
    what: `Toxiproxy ${version}`,
    cacheDir,
    name: `toxiproxy-${version}`,
    remedy: 'Install Go 1.26 or newer.',
    async make(workshop, run) {
      await run('go', ['install', `github.com/Shopify/toxiproxy/v2/cmd/server@v${version}`], {
        cwd: workshop,
        env: { ...process.env, GOBIN: workshop },
      })
      return join(workshop, 'server')
    },
    onLine,
  })
}
