import * as z from 'zod'
import { consumerKinds } from '../consumer-kinds.ts'
import { envNameComplaint, envNamePattern, MAX_ENV_NAME } from '../env-name.ts'
import type { FieldIssue } from '../field-errors.ts'
import { InvalidTemplate, parseTemplate } from '../template.ts'
import {
  byId,
  flag,
  id,
  organizationId,
  ownId,
  page,
  paging,
  searched,
  stamps,
  wellFormed,
} from './common.ts'
import { withRules } from './rule.ts'
import { MAX_ENV_BYTES, MAX_VALUE_BYTES, TOO_BIG, utf8Length } from './value-size.ts'

const consumerKind = z.enum(consumerKinds, `Give one of ${consumerKinds.join(', ')}.`)

export const consumer = z
  .strictObject({
    kind: consumerKind,
    id: wellFormed(200).min(1, 'Give the id of the consumer.'),
  })
  .describe('Who receives it. The id belongs to the platform: any text up to 200 characters.')

const complaint = { error: ({ input }: { input?: unknown }) => envNameComplaint(String(input)) }

export const envName = z
  .string()
  .regex(envNamePattern, complaint)
  .max(MAX_ENV_NAME, complaint)
  .describe('Name of the environment variable.')

const plainValue = z
  .string()
  .refine((text) => !text.includes('\0'), 'An environment variable cannot hold NUL.')
  .refine((text) => text.isWellFormed(), 'Unpaired surrogates cannot be kept.')
  .refine((text) => utf8Length(text) <= MAX_VALUE_BYTES, TOO_BIG)
  .describe('A plain value. It is not a secret and is shown.')

const template = wellFormed(MAX_ENV_BYTES).describe(
  'A text made of secrets: `postgres://${secret:db-user}:${secret:payments/db-password}@db/app`. A name is one of the root scope, or of the scope whose path stands before it. `$$` stands for `$`, and `%7D` in a name for `}`.',
)

export const Env = z
  .strictObject({
    id,
    organizationId,
    consumer,
    name: z.string(),
    value: z.string().optional(),
    secretId: id.optional(),
    template: z.string().optional(),
    secretIds: z
      .array(id)
      .optional()
      .describe('The secrets of a template, in the order of their places.'),
    broken: z
      .boolean()
      .describe(
        'It refers to a secret that is deleted, or whose provider is, and fails to resolve.',
      ),
    ...stamps,
  })
  .meta({ id: 'Env' })

const oneOf = 'Give either `value`, `secretId` or `template`.'

type Fields = Readonly<Record<string, unknown>>

/** An env is made in one way. */
function contentIssues(fields: Fields): FieldIssue[] {
  const given = ['value', 'secretId', 'template'].filter((key) => typeof fields[key] === 'string')
  return given.slice(0, -1).map((key) => ({ path: [key], code: 'conflict', detail: oneOf }))
}

const missingContent = ({ value, secretId, template }: Fields): FieldIssue[] =>
  value === undefined && secretId === undefined && template === undefined
    ? [{ path: ['secretId'], code: 'required', detail: oneOf }]
    : []

function templateIssues({ template }: Fields): FieldIssue[] {
  if (typeof template !== 'string') return []
  const refuse = (detail: string): FieldIssue[] => [
    { path: ['template'], code: 'invalid_template', detail },
  ]
  try {
    const places = parseTemplate(template).filter((part) => typeof part !== 'string')
    return places.length > MOST_PLACES ? refuse(`It has more than ${MOST_PLACES} places.`) : []
  } catch (error) {
    if (error instanceof InvalidTemplate) return refuse(error.message)
    throw error
  }
}

const MOST_PLACES = 100

export const envs = {
  CreateEnv: {
    body: withRules(
      z.strictObject({
        id: ownId,
        organizationId: organizationId.optional(),
        consumer,
        name: envName,
        value: plainValue.optional(),
        secretId: id.optional().describe('The secret whose value it carries.'),
        template: template.optional(),
      }),
      (fields) => [...missingContent(fields), ...contentIssues(fields), ...templateIssues(fields)],
    ),
    answer: Env,
  },
  ListEnvs: {
    query: z.strictObject({
      ...paging,
      organizationId: organizationId.optional(),
      consumerKind: consumerKind.optional(),
      consumerId: searched,
      secretId: id.optional(),
      name: searched,
      broken: flag.describe(
        'Only those that fail to resolve, because what they refer to is deleted.',
      ),
    }),
    answer: page(Env),
  },
  GetEnv: { params: byId, answer: Env },
  UpdateEnv: {
    params: byId,
    body: withRules(
      z.strictObject({
        name: envName.optional(),
        value: plainValue.nullable().optional(),
        secretId: id.nullable().optional(),
        template: template.nullable().optional(),
      }),
      (fields) => [...contentIssues(fields), ...templateIssues(fields)],
    ),
    answer: Env,
  },
  DeleteEnv: { params: byId },
}
