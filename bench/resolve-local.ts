import http from 'node:http'
import { BuiltApi } from './harness/built-api.ts'
import { interleaved, type Bench } from './harness/figure.ts'
import { post } from './harness/post.ts'

const count = 50

/** An agent whose 50 envs are 50 local secrets, each opened and its delivery recorded, on PGlite. */
export const resolveLocal: Bench = async (workspace) => {
  const api = workspace.owning(await BuiltApi.start(), (it) => it.remove())
  const { id: organizationId, runtimeToken } = await api.organization()
  const admin = api.client()
  for (let index = 0; index < count; index++) {
    const { id: secretId } = await admin.call('CreateSecret', {
      body: { organizationId, name: `secret-${index}`, value: `not-a-real-key-${index}` },
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
  const agent = workspace.owning(new http.Agent({ keepAlive: true }), (it) => it.destroy())
  const ms = await interleaved(100, {
    resolve: async () => {
      const answer = await post(agent, api.url, '/api/resolve/workload', runtimeToken, {
        consumer: { kind: 'agent', id: 'bench' },
      })
      const { env } = JSON.parse(answer) as { env: unknown[] }
      if (env.length !== count) throw new Error(`The API answered ${answer}`)
    },
  })
  return [{ what: 'ResolveWorkload', value: ms.resolve, unit: 'ms', promise: { atMost: 10 } }]
}
