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
  wellFormed,
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
    configFingerprint: z
      .string()
      .optional()
      .describe(
        'Equal when all sensitive fields of the config are the same again; shown to owners. It reveals nothing else.',
      ),
    secretCount: z.int().describe('Secrets that refer to it.'),
    allowBrowse: z.boolean().describe('Whether owners may list what is in the store, by name.'),
    health: z
      .strictObject({
        status: z.enum(['unknown', 'ok', 'failing']).describe('Outcome of the last test.'),
        code: z.string().optional(),
        checkedAt: time.optional(),
        lastSuccessAt: time.optional().describe('When the store last gave or took what was asked.'),
        lastFailureAt: time.optional(),
        lastFailureCode: z.string().optional(),
        lastHour: z
          .strictObject({
            calls: z.int().describe('Requests sent to the store.'),
            throttles: z.int().describe('Those it refused because there were too many.'),
            failures: z.int().describe('Those that brought no answer, or one of no use.'),
          })
          .optional()
          .describe('What was asked of the store in the last hour; not shown in lists.'),
      })
      .describe('How it goes with the store, as far as it is known here.'),
    ...stamps,
  })
  .meta({ id: 'SecretProvider' })

/** Something in a store, by name. */
export const ProviderPath = z
  .strictObject({
    path: z.string().describe('As a secret refers to it: its `remotePath`.'),
    folder: z.literal(true).optional().describe('There is more below it.'),
    keys: z
      .array(z.string())
      .optional()
      .describe('Names of its keys, when one path was asked for.'),
  })
  .meta({ id: 'SecretProviderPath' })

const allowBrowse = z
  .boolean()
  .describe(
    'Lets owners list the names of what is in the store, and of the keys there. Never values.',
  )

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
        when: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
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
        allowBrowse: allowBrowse.optional(),
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
        allowBrowse: allowBrowse.default(false),
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
      allowBrowse: allowBrowse.optional(),
    }),
    answer: SecretProvider,
  },
  DeleteSecretProvider: { params: byId, query: z.strictObject({ force }) },
  TestSecretProvider: { params: byId, answer: ProviderTest },
  BrowseSecretProvider: {
    params: byId,
    query: withRules(
      z.strictObject({
        ...paging,
        prefix: wellFormed(1000)
          .optional()
          .describe('Only what begins with it; in Vault a mount or a folder, such as `kv/prod`.'),
        path: wellFormed(1000).optional().describe('One path, to see the names of its keys.'),
      }),
      ({ prefix, path }) =>
        prefix === undefined || path === undefined
          ? []
          : [
              {
                path: ['path'],
                code: 'conflict',
                detail: 'Give `prefix` to list names, or `path` to see the keys of one: not both.',
              },
            ],
    ),
    answer: page(ProviderPath),
  },
}
