import * as z from 'zod'
import { id, organizationId, page, paging, time } from './common.ts'

/** A secret or a token that is to be replaced. */
const Due = z
  .strictObject({
    kind: z.enum(['secret', 'api_token']),
    id,
    organizationId,
    name: z.string(),
    scopeId: id.optional(),
    reason: z
      .enum(['expires', 'rotation'])
      .describe(
        'expires: at its `expiresAt`. rotation: `rotateEvery` has gone by since it was last set.',
      ),
    at: time,
    overdue: z.boolean(),
  })
  .meta({ id: 'Due' })

export const due = {
  ListDue: {
    query: z.strictObject({
      ...paging,
      organizationId: organizationId.optional(),
      before: time.optional().describe('Due before this time; 30 days from now when left out.'),
    }),
    answer: page(Due),
  },
}
