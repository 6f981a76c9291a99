import * as z from 'zod'
import { byId, flag, id, page, paging, time } from './common.ts'
import { consumer } from './envs.ts'
import { Secret } from './secrets.ts'

/** One version of a value. */
const Version = z
  .strictObject({
    version: z.string(),
    state: z.enum(['pending', 'current', 'past', 'failed']),
    fingerprint: z.string().optional().describe('Shown to owners.'),
    createdAt: time,
    createdBy: z.string().describe('Name of the token that set it.'),
  })
  .meta({ id: 'SecretVersion' })

/** What a running workload was given last. */
const Delivery = z
  .strictObject({
    workloadId: z.string(),
    env: z.string(),
    consumer: consumer.optional().describe('Who it started as; absent for a brief.'),
    scopeId: id.optional().describe('The scope of its brief.'),
    version: z.string().optional(),
    outdated: z
      .boolean()
      .describe(
        'It holds another value than the newest that is known here; of a remote secret, the last one delivered.',
      ),
    deliveredAt: time,
  })
  .meta({ id: 'Delivery' })

/** What a secret was, and who still holds it. */
export const secretHistory = {
  ListSecretVersions: { params: byId, query: z.strictObject(paging), answer: page(Version) },
  RestoreSecretVersion: {
    params: z.strictObject({ id, version: z.string() }),
    answer: Secret,
  },
  ListSecretDeliveries: {
    params: byId,
    query: z.strictObject({
      ...paging,
      outdated: flag.describe('Only workloads that hold an older value.'),
    }),
    answer: page(Delivery),
  },
}
