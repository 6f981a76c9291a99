import * as z from 'zod'
import { byId, id, page, paging } from './common.ts'
import { consumer } from './envs.ts'

/** Something that refers to a secret or to a secret provider. */
export const Reference = z
  .strictObject({
    kind: z.enum(['secret', 'env']),
    id,
    name: z.string(),
    consumer: consumer.optional().describe('Of an env.'),
    secretId: id.optional().describe('Of an env of a provider: the secret that leads to it.'),
  })
  .meta({ id: 'Reference' })

export const references = {
  ListSecretReferences: { params: byId, query: z.strictObject(paging), answer: page(Reference) },
  ListSecretProviderReferences: {
    params: byId,
    query: z.strictObject(paging),
    answer: page(Reference),
  },
  ReplaceSecretReferences: {
    params: byId,
    body: z.strictObject({
      secretId: id.describe('The secret to refer to from now on.'),
      dryRun: z.boolean().default(false).describe('Say what would change, and change nothing.'),
    }),
    answer: z.strictObject({
      count: z.int().describe('Envs that refer to the new secret in place of the old one.'),
      references: z.array(Reference).describe('The first 100 of them.'),
      dryRun: z.boolean(),
    }),
  },
}
