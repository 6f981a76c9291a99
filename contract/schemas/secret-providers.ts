import * as z from 'zod'
import type { FieldIssue } from '../field-errors.ts'
import {
  byId,
  description,
  force,
  id,
  name,
  organizationId,
  ownId,
  page,
  paging,
  searched,
  stamps,
  time,
} from './common.ts'
import { configIssues, isProviderType, providerTypeNames } from './provider-types/index.ts'
import { isObject, withRules } from './rule.ts'
import { failures, type FailureCode } from '../problems.ts'

const type = z
  .enum(providerTypeNames, `Give one of these: ${providerTypeNames.join(', ')}.`)
  .describe('Kind of store.')

const config = z
  .record(z.string(), z.unknown())
  .describe('Fields of the type, as `GET /api/secret-providers/types` lists them.')
  .meta({ providerConfig: true })

export const SecretProvider = z
  .strictObject({
    id,
    organizationId,
    name,
    type,
    description: z.string().optional(),
    config: config.describe('The config, with a mask for each sensitive field that is set.'),
    secretCount: z.int().describe('Secrets that refer to it.'),
    health: z
      .strictObject({
        status: z.enum(['unknown', 'ok', 'failing']),
        code: z.string().optional(),
        checkedAt: time.optional(),
      })
      .describe('Outcome of the last test.'),
    ...stamps,
  })
  .meta({ id: 'SecretProvider' })

const ability = z.union([z.boolean(), z.literal('unknown')])

/** Outcome of trying a provider. */
export const ProviderTest = z
  .strictObject({
    ok: z.boolean(),
    latencyMs: z.int().optional(),
    identity: z
      .strictObject({
        displayName: z.string().optional(),
        expiresAt: time.optional(),
        renewable: z.boolean().optional(),
      })
      .optional(),
    can: z.strictObject({ read: ability, write: ability, list: ability }).optional(),
    code: z.enum(Object.keys(failures) as [FailureCode]).optional(),
    detail: z.string().optional(),
    hint: z.string().optional(),
  })
  .meta({ id: 'ProviderTest' })

export const ProviderTypeAnswer = z
  .strictObject({
    type: z.string(),
    name: z.string(),
    description: z.string(),
    configSchema: z.array(
      z.strictObject({
        key: z.string(),
        label: z.string(),
        type: z.enum(['text', 'password', 'select', 'multiline']),
        required: z.boolean(),
        sensitive: z.literal(true).optional(),
        help: z.string().optional(),
        options: z.array(z.union([z.string(), z.number()])).optional(),
        default: z.union([z.string(), z.number()]).optional(),
        when: z.record(z.string(), z.string()).optional(),
        destination: z.literal(true).optional(),
      }),
    ),
  })
  .meta({ id: 'SecretProviderType' })

const owner = { organizationId: organizationId.optional() }

/** Checks the config against its type; a type that is wrong itself is reported on its own field. */
const rightConfig = ({ type, config }: Readonly<Record<string, unknown>>): FieldIssue[] =>
  isProviderType(type) && isObject(config)
    ? configIssues(type, config).map((issue) => ({ ...issue, path: ['config', ...issue.path] }))
    : []

export const secretProviders = {
  ListSecretProviderTypes: { answer: z.array(ProviderTypeAnswer) },
  TestNewSecretProvider: {
    body: withRules(
      z.strictObject({
        ...owner,
        type,
        config,
        name: name.optional(),
        description: description.optional(),
      }),
      rightConfig,
    ),
    answer: ProviderTest,
  },
  CreateSecretProvider: {
    body: withRules(
      z.strictObject({
        id: ownId,
        ...owner,
        name,
        type,
        description: description.optional(),
        config,
      }),
      rightConfig,
    ),
    answer: SecretProvider,
  },
  ListSecretProviders: {
    query: z.strictObject({
      ...paging,
      ...owner,
      name: searched,
      type: searched,
      q: searched.describe('Part of the name.'),
    }),
    answer: page(SecretProvider),
  },
  GetSecretProvider: { params: byId, answer: SecretProvider },
  UpdateSecretProvider: {
    params: byId,
    body: z.strictObject({
      name: name.optional(),
      description: description.nullable().optional(),
      config: config
        .describe('Fields to change: absent keeps, `null` clears, a mask keeps what is set.')
        .meta({ providerConfig: 'patch' })
        .optional(),
    }),
    answer: SecretProvider,
  },
  DeleteSecretProvider: { params: byId, query: z.strictObject({ force }) },
  TestSecretProvider: { params: byId, answer: ProviderTest },
}
