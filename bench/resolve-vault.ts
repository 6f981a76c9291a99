import http from 'node:http'
import { parseAllowList } from '../api/backends/outbound/allow-list.ts'
import { Outbound } from '../api/backends/outbound/outbound.ts'
import type { DevServer } from '../scripts/openbao.ts'
import { BuiltApi } from './harness/built-api.ts'
import { interleaved, type Bench } from './harness/figure.ts'
import { post, sendOver } from './harness/post.ts'
import { startVault } from './harness/vault-binary.ts'

const count = 50
const rounds = 100
const paths = Array.from({ length: count }, (_, index) => `secret/data/bench/service-${index}`)

/**
 * An agent whose 50 envs are 50 keys at 50 paths of an OpenBao, against reading the same paths from
 * the same server without us.
 */
export const resolveVault: Bench = async (workspace) => {
  const vault = await startVault(workspace)
  for (const path of paths) await writeSecret(vault, path)
  const api = workspace.owning(
    await BuiltApi.start({ outboundAllow: new URL(vault.address).host }),
    (it) => it.remove(),
  )
  const { id: organizationId, runtimeToken } = await api.organization()
  await createEnvs(api, organizationId, vault)

  const agent = workspace.owning(new http.Agent({ keepAlive: true }), (it) => it.destroy())
  const readAs =
    (send: (url: URL, headers: Headers) => Promise<string>) => async (path: string) => {
      const url = new URL(`/v1/${path}`, vault.address)
      const answer = await send(url, { 'x-vault-token': vault.token })
      if (!answer.includes('"password"')) throw new Error(`OpenBao answered ${answer}`)
      return JSON.parse(answer) as unknown
    }
  const outbound = new Outbound({ allow: parseAllowList(new URL(vault.address).host) })
  const connection = workspace.owning(outbound.connect(vault), (it) => it.close())
  const { signal } = new AbortController()
  const read = readAs(async (url, headers) => {
    const { body } = await connection.send({ method: 'GET', url, headers }, { signal })
    return body.toString()
  })
  const readBare = readAs((url, headers) => sendOver(agent, url, headers))
  const resolve = async () => {
    const answer = await post(agent, api.url, '/api/resolve/workload', runtimeToken, {
      consumer: { kind: 'agent', id: 'bench' },
    })
    const { env } = JSON.parse(answer) as { env: unknown[] }
    if (env.length !== count) throw new Error(`The API answered ${answer}`)
  }
  const ms = await interleaved(rounds, {
    resolve,
    together: () => Promise.all(paths.map(read)),
    bare: () => Promise.all(paths.map(readBare)),
    inTurn: async () => {
      for (const path of paths) await read(path)
    },
  })
  return [
    { what: 'ResolveWorkload', value: ms.resolve, unit: 'ms' },
    { what: 'the same paths read all at once', value: ms.together, unit: 'ms' },
    { what: 'all at once with bare node:http', value: ms.bare, unit: 'ms' },
    { what: 'the same paths read one after another', value: ms.inTurn, unit: 'ms' },
    {
      what: 'ResolveWorkload : all at once',
      value: ms.resolve / ms.together,
      unit: 'times',
      promise: { atMost: 1.2 },
    },
    { what: 'ResolveWorkload : one after another', value: ms.resolve / ms.inTurn, unit: 'times' },
  ]
}

type Headers = Readonly<Record<string, string>>

async function writeSecret({ address, token }: DevServer, path: string): Promise<void> {
  const response = await fetch(new URL(`/v1/${path}`, address), {
    method: 'POST',
    headers: { 'x-vault-token': token },
    body: JSON.stringify({ data: { user: 'bench', password: `not-a-real-one-of-${path}` } }),
  })
  if (!response.ok) throw new Error(`OpenBao answered ${response.status} to a write.`)
  await response.body?.cancel()
}

async function createEnvs(api: BuiltApi, organizationId: string, vault: DevServer): Promise<void> {
  const admin = api.client()
  const { address, token } = vault
  const { id: providerId } = await admin.call('CreateSecretProvider', {
    body: { organizationId, name: 'vault', type: 'vault', config: { address, token } },
  })
  for (const [index, remotePath] of paths.entries()) {
    const { id: secretId } = await admin.call('CreateSecret', {
      body: {
        organizationId,
        name: `secret-${index}`,
        providerId,
        remotePath,
        remoteKey: 'password',
      },
    })
    await admin.call('CreateEnv', {
      body: {
        organizationId,
        consumer: { kind: 'agent', id: 'bench' },
        name: `SECRET_${index}`,
        secretId,
      },
    })
  }
}
