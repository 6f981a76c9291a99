import http from 'node:http'
import { BuiltApi } from './harness/built-api.ts'
import { interleaved, type Bench, type Figure } from './harness/figure.ts'
import { post } from './harness/post.ts'

const counts = [10, 100, 1000] as const

/**
 * A brief of a project, so a chain of four scopes, to which so many local secrets apply. A quarter of
 * them is in each scope; each scope has a name that the one below it has too. On PGlite.
 */
export const resolveBrief: Bench = async (workspace) => {
  const api = workspace.owning(await BuiltApi.start(), (it) => it.remove())
  const agent = workspace.owning(new http.Agent({ keepAlive: true }), (it) => it.destroy())
  const admin = api.client()
  const works: Record<string, () => Promise<unknown>> = {}
  for (const count of counts) {
    const { id: organizationId, rootScopeId } = await admin.call('CreateOrganization', {
      body: { name: `brief-${count}` },
    })
    const { token = '' } = await admin.call('CreateApiToken', {
      body: { organizationId, name: 'orchestrator', role: 'orchestrator' },
    })
    const scopes = [rootScopeId]
    for (const kind of ['team', 'workspace', 'project'] as const) {
      const body = { organizationId, kind, name: kind, parentId: scopes.at(-1) ?? '' }
      scopes.push((await admin.call('CreateScope', { body })).id)
    }
    for (const [level, scopeId] of scopes.entries()) {
      const own = Array.from({ length: count }, (_, index) => index).filter((n) => n % 4 === level)
      const names = [...own.map((n) => `secret-${n}`), ...(level < 3 ? ['secret-3'] : [])]
      const items = names.map((name) => ({ name, value: `not-a-real-key-${name}-${level}` }))
      await admin.call('ImportSecrets', { body: { organizationId, scopeId, items } })
    }
    const scopeId = scopes.at(-1) ?? ''
    works[`${count} secrets`] = async () => {
      const answer = await post(agent, api.url, '/api/resolve/brief', token, { scopeId })
      const { env } = JSON.parse(answer) as { env: unknown[] }
      if (env.length !== count) throw new Error(`The API answered ${env.length} values.`)
    }
  }
  const ms = await interleaved(60, works)
  return counts.map((count): Figure => ({
    what: `ResolveBrief, four scopes, ${count} secrets`,
    value: ms[`${count} secrets`] ?? NaN,
    unit: 'ms',
  }))
}
