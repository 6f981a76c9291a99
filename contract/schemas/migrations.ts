import * as z from 'zod'
import { failures, type FailureCode } from '../problems.ts'
import { byId, id, organizationId, page, paging, time } from './common.ts'
import { category, storages } from './secrets.ts'

const destination = z
  .strictObject({
    storage: z.enum(
      ['local', 'managed'],
      'Give local or managed: values come here, or go to a store.',
    ),
    providerId: id
      .optional()
      .describe('Provider that is to keep them; the default store when left out with `managed`.'),
  })
  .describe('Where the values are to be kept.')

const item = z.strictObject({
  secretId: id,
  name: z.string(),
  state: z
    .enum(['waiting', 'moved', 'failed', 'skipped'])
    .describe('skipped: it was there already, or deleted in the meantime.'),
  code: z
    .enum([...(Object.keys(failures) as [FailureCode]), 'conflict'])
    .optional()
    .describe('Why it failed.'),
  detail: z.string().optional(),
})

/** Many secrets on their way to another storage. */
export const Migration = z
  .strictObject({
    id,
    organizationId,
    to: destination,
    dryRun: z.boolean().describe('Everything is read and checked, and nothing is moved.'),
    state: z.enum(['running', 'stopped', 'finished']),
    total: z.int(),
    moved: z.int().describe('In a dry run: those that would be.'),
    skipped: z.int(),
    failed: z.int(),
    waiting: z.int(),
    failures: z.array(item).describe('The first fifty that failed.'),
    createdBy: z.string(),
    createdAt: time,
    finishedAt: time.optional(),
  })
  .meta({ id: 'SecretMigration' })

export const migrations = {
  MigrateSecrets: {
    body: z.strictObject({
      organizationId: organizationId.optional(),
      to: destination,
      from: z
        .strictObject({
          storage: z.enum(storages).optional(),
          providerId: id.optional(),
          scopeId: id.optional(),
          category: category.optional(),
        })
        .optional()
        .describe(
          'Which secrets: all that are so. Without it and `secretIds`: all local and managed ones.',
        ),
      secretIds: z.array(id).min(1).max(1000).optional().describe('These secrets alone.'),
      dryRun: z.boolean().default(false).describe('Try everything, and move nothing.'),
    }),
    answer: Migration,
  },
  ListSecretMigrations: {
    query: z.strictObject({ ...paging, organizationId: organizationId.optional() }),
    answer: page(Migration.omit({ failures: true })),
  },
  GetSecretMigration: { params: byId, answer: Migration },
  ListSecretMigrationItems: {
    params: byId,
    query: z.strictObject({ ...paging, state: item.shape.state.optional() }),
    answer: page(item),
  },
  StopSecretMigration: { params: byId, answer: Migration },
  ContinueSecretMigration: { params: byId, answer: Migration },
}
