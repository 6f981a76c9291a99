import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { routes, type OperationId, type Route } from '../../../contract/routes.ts'
import { schemas, type OperationSchema } from '../../../contract/schemas/index.ts'
import { requests } from './requests.ts'
import { noSuchId, startWorld, vaultProvider, type Tenant, type World } from './world.ts'

/** Where an operation takes an id: `body.secretId`, `query.organizationId`, `path.id`. */
type Position = readonly [OperationId, 'path' | 'query' | 'body', string]

/** Read off the schemas, so that a new position is tested from the day it exists. */
const positions = (Object.entries(schemas) as [OperationId, OperationSchema][]).flatMap(
  ([operation, { params, query, body }]): Position[] => [
    ...idsOf(params).map((key): Position => [operation, 'path', key]),
    ...idsOf(query).map((key): Position => [operation, 'query', key]),
    ...idsOf(body).map((key): Position => [operation, 'body', key]),
  ],
)

function idsOf(schema: z.ZodType | undefined): string[] {
  if (!schema) return []
  const json = JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))
  return idsIn(JSON.parse(json) as JsonSchema)
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>
}

/** Keys of ids, with those of the objects that they are in: `to/providerId`. */
function idsIn({ properties = {} }: JsonSchema): string[] {
  return Object.entries(properties)
    .filter(([, property]) => JSON.stringify(property).includes('"format":"uuid"'))
    .flatMap(([key, property]) =>
      property.properties ? idsIn(property).map((inner) => `${key}/${inner}`) : [key],
    )
}

let world: World
beforeAll(async () => void (world = await startWorld()))
afterAll(() => world.close())

/** An id of the kind that the position takes. */
const idFor = (operation: OperationId, key: string, tenant: Tenant): string => {
  const things: Record<string, string> = {
    organizationId: tenant.id,
    scopeId: tenant.rootScopeId,
    parentId: tenant.rootScopeId,
    providerId: tenant.providerId,
    secretId: tenant.secretId,
    secretIds: tenant.secretId,
    defaultProviderId: tenant.providerId,
    SecretMigration: tenant.migrationId,
    Organization: tenant.id,
    ApiToken: tenant.tokenId,
    SecretProvider: tenant.providerId,
    Secret: tenant.secretId,
    Env: tenant.envId,
    Scope: tenant.scopeId,
  }
  const noun = operation
    .replace(/^[A-Z][a-z]+(New)?/, '')
    .replace(/(References|Versions?|Deliveries|Items|s)$/, '')
  return things[key === 'id' ? noun : (key.split('/').at(-1) ?? '')] ?? ''
}

it('knows where operations take ids', () => {
  expect(positions.length).toBeGreaterThan(40)
  expect(positions).toContainEqual(['UpdateEnv', 'body', 'secretId'])
})

describe.each(positions)('%s, an id in the %s, %s', (operation, where, key) => {
  const route: Route = routes[operation]
  const method = route.method.toLowerCase() as 'get' | 'post' | 'patch' | 'delete'

  it('tells nothing of what belongs to another organization', async () => {
    const { api, acme, globex, vault } = world
    const runtime = route.roles.includes('orchestrator')
    const token = route.roles.includes('admin')
      ? undefined
      : runtime
        ? globex.orchestrator
        : globex.owner
    const send = async (id: string) => {
      const own = await requests[operation].make({ ...world, acme: globex, globex: acme })
      const path =
        where === 'path'
          ? route.path.replace(':id', id)
          : where === 'query'
            ? `${own.path}?${key}=${id}`
            : own.path
      const body = where === 'body' ? { ...own.body, ...bodyWith(key, id) } : own.body
      return await api.as(token)[method](path, body ?? {})
    }
    const bodyWith = (key: string, id: string) =>
      operation === 'UpdateSecret' && key === 'providerId'
        ? { storage: 'remote', providerId: id, remotePath: 'secret/app' }
        : operation === 'CreateSecret' && key === 'providerId'
          ? { value: undefined, providerId: id, remotePath: 'secret/app' }
          : operation === 'MigrateSecrets'
            ? migrating(key, id)
            : { [key]: id }
    const before = vault.requests.length

    // An admin sees every organization; for one, only what does not exist is foreign.
    const foreign = token === undefined && key === 'id' && where === 'path'
    const id = foreign ? noSuchId : idFor(operation, key, acme)
    const answer = await send(id)
    const { body } = answer
    if (where === 'path') {
      expect(answer.status).toBe(404)
    } else if (where === 'body' && key === 'id') {
      expect(answer.status).toBe(409)
      expect(body.code).toBe('id_taken')
    } else if (route.method === 'GET' && key !== 'organizationId') {
      expect(body).toEqual({ items: [], nextCursor: null })
    } else if (operation === 'ResolveSecret' && key === 'secretId') {
      expect(body.errors).toMatchObject([{ code: 'secret_missing', secretId: id }])
    } else {
      expect(answer.status).toBe(422)
      const pointer = where === 'query' ? `?${key}` : `#/${key}`
      expect(body.errors).toMatchObject([{ pointer, code: 'unknown_id' }])
    }
    const nothing = where === 'body' && key === 'id' ? answer : await send(noSuchId)
    const shown = (of: object) => JSON.stringify(of).replaceAll(id, '').replaceAll(noSuchId, '')
    const { requestId: _, ...told } = body
    const { requestId: __, ...toldOfNothing } = nothing.body
    expect(shown(told)).toBe(shown(toldOfNothing))
    if (operation !== 'TestNewSecretProvider') expect(vault.requests.length).toBe(before)
  })
})

/** A migration with an id at this place. */
function migrating(key: string, id: string): object {
  const [outer = '', inner] = key.split('/')
  if (inner === undefined) return { [outer]: outer === 'secretIds' ? [id] : id }
  return { [outer]: { ...(outer === 'to' ? { storage: 'managed' } : {}), [inner]: id } }
}

it('keeps lists to the organization of the token', async () => {
  const { api, acme, globex, vault } = world
  await api.as(acme.owner).post('/api/secret-providers', vaultProvider(vault, 'second')).expect(201)
  for (const noun of ['organizations', 'api-tokens', 'secret-providers', 'secrets', 'envs']) {
    const { body } = await api.as(globex.owner).get(`/api/${noun}`).expect(200)
    expect(JSON.stringify(body)).not.toContain(acme.id)
    expect(body.items.length).toBeGreaterThan(0)
  }
})
