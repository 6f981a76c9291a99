import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { problems } from '../../../contract/problems.ts'
import {
  creatingProblems,
  routes,
  sharedProblems,
  type OperationId,
  type Route,
} from '../../../contract/routes.ts'
import { exchanges, type Exchange } from '../../contract/wire/exchanges.ts'
import { startTestApi, type TestApi } from '../../support/test-api.ts'

interface Description {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Json>> }
}

interface Operation {
  readonly operationId: string
  readonly parameters: readonly { readonly name: string; readonly in: string; schema: Json }[]
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
}

type Content = Readonly<Record<string, { readonly schema: Json }>>
type Json = Readonly<Record<string, unknown>>

let api: TestApi
let description: Description
beforeAll(async () => {
  api = await startTestApi()
  description = (await api.as().get('/api/openapi.json').unset('Authorization').expect(200)).body
})
afterAll(() => api.close())

const operations = Object.entries(routes) as [OperationId, Route][]

const described = ({ method, path }: Route): Operation =>
  description.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()] ?? expect.fail(path)

/** Reads a schema back, which refuses what JSON Schema 2020-12 does not know. */
function schemaOf(content: Content | undefined) {
  const schema = content?.['application/json']?.schema ?? expect.fail('no schema')
  const whole = JSON.stringify({ ...schema, $defs: description.components.schemas })
  const local = whole.replaceAll('#/components/schemas/', '#/$defs/')
  return z.fromJSONSchema(JSON.parse(local) as never)
}

describe('the description', () => {
  it('is OpenAPI 3.1, with each operation of the table and no other', () => {
    expect(description.openapi).toBe('3.1.0')
    const found = Object.values(description.paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    )
    expect(found.sort()).toEqual(Object.keys(routes).sort())
  })

  it.each(operations)('of %s has every status that it can answer', (_, route) => {
    const operation = described(route)
    const creating = route.status === 201 ? creatingProblems : []
    const codes = [...sharedProblems, ...route.problems, ...creating]
    const statuses = [route.status, ...codes.map((code) => problems[code].status)]
    expect(Object.keys(operation.responses).map(Number).sort()).toEqual(
      [...new Set(statuses)].sort(),
    )
    const keys = operation.parameters.filter(({ name }) => name === 'Idempotency-Key')
    expect(keys).toHaveLength(route.status === 201 ? 1 : 0)
    const named = operation.parameters.filter((parameter) => parameter.in === 'path')
    expect(named.map(({ name }) => name)).toEqual(
      [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name),
    )
  })

  it.each(operations)('of %s is made of schemas that can be read', (_, route) => {
    const { parameters, requestBody, responses } = described(route)
    for (const { schema } of parameters) z.fromJSONSchema(schema as never)
    if (requestBody) schemaOf(requestBody.content)
    const { content } = responses[route.status] ?? {}
    if (route.status !== 204) schemaOf(content)
  })

  it('names nothing of ours: no mark, no reference that leads nowhere', () => {
    const text = JSON.stringify(description)
    expect(text).not.toMatch(/"(sensitive|destination|providerConfig|multiline)":(true|"patch")/)
    expect(text).not.toContain('$defs')
    const references = [...text.matchAll(/"\$ref":"([^"]*)"/g)].map(([, to]) => to ?? '')
    expect(references.length).toBeGreaterThan(50)
    for (const reference of references) {
      const [, name = ''] = /^#\/components\/schemas\/(\w+)$/.exec(reference) ?? []
      expect(description.components.schemas, reference).toHaveProperty(name)
    }
  })

  it('marks what is sent and never answered', () => {
    const body = described(routes.CreateSecret).requestBody?.content['application/json']?.schema
    expect(body).toMatchObject({ properties: { value: { writeOnly: true } } })
    const config = described(routes.CreateSecretProvider).requestBody
    expect(JSON.stringify(config)).toContain('"writeOnly":true')
  })

  const done = exchanges.filter(({ status }) => status < 300)
  it.each(done)('fits what the wire shows: $title', (exchange) => {
    const { requestBody, responses } = described(routeOf(exchange))
    const { body, answer } = sampleOf({ body: exchange.body, answer: exchange.answer })
    // The words of Provenance are understood, and not described.
    if (body !== undefined && !('secretPath' in body)) {
      expect(schemaOf(requestBody?.content).safeParse(body).error).toBeUndefined()
    }
    if (answer === undefined) return
    expect(schemaOf(responses[exchange.status]?.content).safeParse(answer).error).toBeUndefined()
  })
})

function routeOf({ send }: Exchange): Route {
  const [method, path = ''] = send.replace(/<[^>]*>/g, 'x').split(/ |\?/)
  const found = Object.values(routes as Record<string, Route>).find(
    (route) =>
      route.method === method && new RegExp(`^${route.path.replace(/:\w+/g, '[^/]+')}$`).test(path),
  )
  return found ?? expect.fail(send)
}

const samples: Readonly<Record<string, unknown>> = {
  uuid: '0198c0de-0000-7000-8000-000000000001',
  time: '2027-01-31T12:00:00.000Z',
  number: 12,
  ability: 'unknown',
  vault: 'https://vault.test',
}

/** Something of the right shape for each placeholder. */
const sampleOf = (part: { readonly body?: object | undefined; readonly answer?: unknown }) =>
  JSON.parse(JSON.stringify(part), (_, value: unknown) => {
    const [, shape = '', name = ''] = /^<(\w+)(?: (\w+))?>$/.exec(String(value)) ?? []
    return shape === '' ? value : (samples[name] ?? samples[shape] ?? 'hvs.x')
  }) as { readonly body?: object; readonly answer?: unknown }

describe('the documentation page', () => {
  it('loads nothing from elsewhere, and is told so', async () => {
    const { text, headers } = await api.as().get('/api/docs').unset('Authorization').expect(200)
    expect(text).not.toMatch(/https?:|\/\/[a-z]/i)
    const policy = headers['content-security-policy'] ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval|script-src[^;]*unsafe/)
    const [, script = ''] = /src="([^"]+)"/.exec(text) ?? []
    const loaded = await api.as().get(script).unset('Authorization').expect(200)
    expect(loaded.headers['content-type']).toMatch(/javascript/)
  })
})
