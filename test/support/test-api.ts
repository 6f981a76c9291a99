import { createServer, type Server } from 'node:http'
import { pino } from 'pino'
import supertest from 'supertest'
import { buildApp, type App, type AppOptions } from '../../api/app.ts'
import type { Database } from '../../api/database/database.ts'
import { parseAllowList } from '../../api/backends/outbound/allow-list.ts'
import { Keyring } from '../../api/keyring/keyring.ts'
import { parseMasterKey } from '../../api/keyring/master-key.ts'
import { openTestDatabase } from './open-test-database.ts'

export const ADMIN_TOKEN = 'an-admin-token-of-the-tests-0123456789'

export interface TestApi {
  readonly app: App
  readonly database: Database
  /** Every line that was logged. */
  readonly logged: string[]
  /** Sends requests as the holder of a token; as the admin when none is named. */
  as(token?: string): Caller
  /** Makes an organization and a token of each role. */
  organization(name: string): Promise<Organization>
  close(): Promise<void>
}

export interface Caller {
  get(path: string): supertest.Test
  post(path: string, body?: object): supertest.Test
  patch(path: string, body?: object): supertest.Test
  delete(path: string): supertest.Test
}

export interface Organization {
  readonly id: string
  readonly rootScopeId: string
  readonly owner: string
  readonly member: string
  readonly orchestrator: string
  readonly llmProxy: string
}

/** The API in this process, on a database of its own. Providers on loopback are allowed unless `outbound` says otherwise. */
export async function startTestApi(options: Partial<AppOptions> = {}): Promise<TestApi> {
  const { database, remove } = await openTestDatabase()
  const key = parseMasterKey(`hex:${'42'.repeat(32)}`, 'the key of the tests')
  const logged: string[] = []
  const app = buildApp({
    database,
    keyring: await Keyring.open(database, [key]),
    log: pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) }),
    version: '0.0.0-test',
    adminToken: ADMIN_TOKEN,
    outbound: { allow: parseAllowList('127.0.0.1') },
    ...options,
  })
  const server = await listen(app)
  const as = (token = ADMIN_TOKEN): Caller => {
    const send = (method: 'get' | 'post' | 'patch' | 'delete', path: string) =>
      supertest(server)[method](path).set('Authorization', `Bearer ${token}`)
    return {
      get: (path) => send('get', path),
      post: (path, body) => send('post', path).send(body),
      patch: (path, body) => send('patch', path).send(body),
      delete: (path) => send('delete', path),
    }
  }
  return {
    app,
    database,
    logged,
    as,
    organization: async (name) => {
      const { body } = await as().post('/api/organizations', { name }).expect(201)
      const tokenOf = async (role: string): Promise<string> => {
        const token = { organizationId: body.id, name: role, role }
        return (await as().post('/api/api-tokens', token).expect(201)).body.token
      }
      return {
        id: body.id,
        rootScopeId: body.rootScopeId,
        owner: await tokenOf('owner'),
        member: await tokenOf('member'),
        orchestrator: await tokenOf('orchestrator'),
        llmProxy: await tokenOf('llm_proxy'),
      }
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await app.close()
      await remove()
    },
  }
}

/** One server for all requests; supertest would otherwise start one for each. */
async function listen({ express }: App): Promise<Server> {
  const server = createServer(express)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}
