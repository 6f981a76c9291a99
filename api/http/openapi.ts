import * as z from 'zod'
import { problems, problemType, type ProblemCode } from '../../contract/problems.ts'
import {
  creatingProblems,
  routes,
  sharedProblems,
  type OperationId,
  type Route,
} from '../../contract/routes.ts'
import { schemas as operationSchemas, type OperationSchema } from '../../contract/schemas/index.ts'
import { ResolutionFailure } from '../../contract/schemas/resolving.ts'
import { providerTypeNames, providerTypes } from '../../contract/schemas/provider-types/index.ts'

type Json = Record<string, unknown>

/** The API described in OpenAPI 3.1, from the same table and schemas that serve it. */
export function openApi(version: string): Json {
  const paths: Record<string, Json> = {}
  for (const [id, route] of Object.entries(routes) as [OperationId, Route][]) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    const operation = describe(id, route, operationSchemas[id])
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation }
  }
  const schemas: Record<string, unknown> = {}
  schemas['Problem'] = shareDefinitions(problemSchema(), schemas)
  const shared = shareDefinitions(paths, schemas)
  return {
    openapi: '3.1.0',
    info: {
      title: 'agyn-secrets',
      version,
      description:
        'Registers secret providers and secrets, and resolves their values when a workload of an agent starts. Only runtime tokens ever read a value.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    security: [{ token: [] }],
    paths: shared,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token that begins with `agyn_`.' },
      },
      schemas,
    },
  }
}

function describe(id: OperationId, route: Route, schema: OperationSchema): Json {
  const creates = route.status === 201
  return {
    operationId: id,
    summary: route.summary.split(/(?<=\.) /)[0],
    description: `${route.summary}\n\n${whoMay(route)}`,
    tags: [tagOf(route.path)],
    parameters: [
      ...parameters(schema.params, 'path'),
      ...parameters(schema.query, 'query'),
      ...(route.problems.includes('precondition_failed') ? [ifMatch] : []),
      ...(creates ? [idempotencyKey] : []),
    ],
    ...(schema.body
      ? {
          requestBody: {
            required: !schema.body.safeParse(undefined).success,
            content: { 'application/json': { schema: jsonSchema(schema.body, 'input') } },
          },
        }
      : {}),
    responses: {
      [route.status]: {
        description: 'Done.',
        ...(schema.answer
          ? { content: { 'application/json': { schema: jsonSchema(schema.answer, 'output') } } }
          : {}),
      },
      ...problemResponses([
        ...sharedProblems,
        ...route.problems,
        ...(creates ? creatingProblems : []),
      ]),
    },
  }
}

/** An admin may what an owner may, who may what a member may; none of them reads values. */
function whoMay({ roles }: Route): string {
  if (roles.includes('any')) return 'With any token.'
  const more = { admin: '', owner: ', or of an admin', member: ', an owner or an admin' }
  const [least = 'admin'] = roles
  const others = least in more ? more[least as keyof typeof more] : ''
  return `With the token of ${roles.map((role) => `\`${role}\``).join(' or ')}${others}.`
}

/** `/api/secret-providers/:id/test` is about secret providers. */
const tagOf = (path: string): string => (path.split('/')[2] ?? '').replaceAll('-', ' ')

function parameters(schema: z.ZodType | undefined, where: 'path' | 'query'): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }))
}

const ifMatch = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description: 'Only if the revision is still this one, such as `"r7"`.',
  schema: { type: 'string' },
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'A text of your choice, new for each thing to be made. The same request with the same key, sent again within 24 hours, makes nothing anew: it answers what was made, as it is now, with the header `Idempotent-Replayed: true`.',
  schema: { type: 'string', pattern: '^[ -~]{1,255}$' },
}

function problemResponses(codes: readonly ProblemCode[]): Json {
  const responses: Record<string, Json> = {}
  for (const status of new Set(codes.map((code) => problems[code].status))) {
    const same = [...new Set(codes)].filter((code) => problems[code].status === status)
    responses[status] = {
      description: same.map((code) => `\`${code}\`: ${problems[code].title}.`).join(' '),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    }
  }
  return responses
}

const fieldErrorSchema = {
  type: 'object',
  required: ['pointer', 'code', 'detail'],
  properties: {
    pointer: { type: 'string', examples: ['#/config/address', '?limit'] },
    code: { type: 'string' },
    detail: { type: 'string' },
  },
}

const doerSchema = {
  type: 'object',
  description: 'A token by its id and name, an admin, or the API itself.',
  required: ['kind'],
  properties: {
    kind: { type: 'string', enum: ['token', 'admin', 'system'] },
    id: { type: 'string', format: 'uuid' },
    name: { type: 'string' },
  },
}

const problemSchema = () => ({
  type: 'object',
  description: 'Why a request was refused (RFC 9457).',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string', examples: [problemType('invalid')] },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(problems) },
    detail: { type: 'string', description: 'What happened, and what to do.' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      description: 'Fields that need attention, or the reasons why values could not be resolved.',
      items: { anyOf: [fieldErrorSchema, jsonSchema(ResolutionFailure, 'output')] },
    },
    count: { type: 'integer' },
    references: { type: 'array', items: { type: 'object' } },
    lastChange: {
      type: 'object',
      description: 'Of `precondition_failed`: the change that made the thing what it is now.',
      required: ['at', 'revision'],
      properties: {
        at: { type: 'string', format: 'date-time' },
        revision: { type: 'integer' },
        by: doerSchema,
      },
    },
    existing: {
      type: 'object',
      description:
        'Of `name_taken`: what has the name, to who was to make another and may read it.',
      required: ['id', 'createdAt'],
      properties: {
        id: { type: 'string', format: 'uuid' },
        createdAt: { type: 'string', format: 'date-time' },
        createdBy: doerSchema,
      },
    },
  },
})

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...json } = z.toJSONSchema(inputOf(schema), {
    io,
    unrepresentable: 'any',
    reused: 'inline',
    override: ({ jsonSchema }) => translateMarks(jsonSchema as Json, io),
  })
  return json
}

/** zod copies the contract's own marks into the JSON Schema; here they become words that OpenAPI knows. */
function translateMarks(json: Json, io: 'input' | 'output'): void {
  if (json['sensitive'] && io === 'input') json['writeOnly'] = true
  if (json['sensitive'] && io === 'output') delete json['pattern'] // a mask follows none
  if (json['providerConfig'] === 'patch') Object.assign(json, asPatch(configSchema(io)))
  else if (json['providerConfig']) Object.assign(json, configSchema(io))
  for (const mark of ['sensitive', 'providerConfig', 'destination', 'label', 'multiline', 'id']) {
    Reflect.deleteProperty(json, mark)
  }
}

/** What a client writes is what stands behind a preprocessing step. */
const inputOf = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodPipe && schema.def.in instanceof z.ZodTransform
    ? (schema.def.out as z.ZodType)
    : schema

function configSchema(io: 'input' | 'output'): Json {
  return {
    anyOf: providerTypeNames.map((type) => ({
      title: type,
      ...jsonSchema(providerTypes[type].config, io),
    })),
  }
}

/** A merge patch of a config: no field is required, and each may be cleared. */
function asPatch(json: Json): Json {
  const variants = json['anyOf'] ?? json['oneOf']
  if (Array.isArray(variants)) {
    const { anyOf: _, oneOf: __, ...rest } = json
    return { ...rest, anyOf: variants.map((variant) => asPatch(variant as Json)) }
  }
  const { required: _, properties = {}, ...rest } = json
  const clearable = Object.entries(properties as Json).map(([key, property]) => [
    key,
    { anyOf: [property, { type: 'null' }] },
  ])
  return { ...rest, properties: Object.fromEntries(clearable) as Json }
}

/** Moves what zod puts into `$defs` of each schema to where references of a whole document lead. */
function shareDefinitions<T>(json: T, shared: Record<string, unknown>): T {
  if (Array.isArray(json)) return json.map((each: unknown) => shareDefinitions(each, shared)) as T
  if (typeof json !== 'object' || json === null) return json
  const { $defs = {}, ...rest } = json as { readonly $defs?: Json; readonly $ref?: string }
  for (const [name, definition] of Object.entries($defs)) {
    shared[name] = shareDefinitions(definition, shared)
  }
  return Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [
      key,
      key === '$ref'
        ? String(value).replace('#/$defs/', '#/components/schemas/')
        : shareDefinitions(value, shared),
    ]),
  ) as T
}
