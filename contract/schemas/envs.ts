import * as z from 'zod'
import { consumerKinds } from '../consumer-kinds.ts'
import {
  byId,
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
import { MAX_VALUE_BYTES, TOO_BIG, utf8Length } from './value-size.ts'

const consumerKind = z.enum(consumerKinds, `Give one of ${consumerKinds.join(', ')}.`)

export const consumer = z
  .strictObject({
    kind: consumerKind,
    id: wellFormed(200).min(1, 'Give the id of the consumer.'),
  })
  .describe('Who receives it. The id belongs to the platform: any text up to 200 characters.')

export const envName = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_]*$/,
    'A name begins with a letter or `_` and goes on with letters, digits and `_`: anything else splits or hides the variable.',
  )
  .max(200, 'At most 200 characters.')
  .describe('Name of the environment variable.')

const plainValue = z
  .string()
  .refine((text) => !text.includes('\0'), 'An environment variable cannot hold NUL.')
  .refine((text) => text.isWellFormed(), 'Unpaired surrogates cannot be kept.')
  .refine((text) => utf8Length(text) <= MAX_VALUE_BYTES, TOO_BIG)
  .describe('A plain value. It is not a secret and is shown.')

export const Env = z
  .strictObject({
    id,
    organizationId,
    consumer,
    name: z.string(),
    value: z.string().optional(),
    secretId: id.optional(),
    broken: z.boolean().describe('It refers to a secret that is deleted, and fails to resolve.'),
    ...stamps,
  })
  .meta({ id: 'Env' })

const oneOf = 'Give either `value` or `secretId`.'

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
      }),
      ({ value, secretId }) => {
        if (value === undefined && secretId === undefined) {
          return [{ path: ['secretId'], code: 'required', detail: oneOf }]
        }
        const both = value !== undefined && secretId !== undefined
        return both ? [{ path: ['value'], code: 'conflict', detail: oneOf }] : []
      },
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
      }),
      ({ value, secretId }) =>
        typeof value === 'string' && typeof secretId === 'string'
          ? [{ path: ['value'], code: 'conflict', detail: oneOf }]
          : [],
    ),
    answer: Env,
  },
  DeleteEnv: { params: byId },
}
