import * as z from 'zod'
import { id, organizationId, wellFormed } from './common.ts'
import { consumer } from './envs.ts'
import { sensitive } from '../masking.ts'
import { failures, type FailureCode } from '../problems.ts'

const resolved = {
  value: sensitive(z.string()),
  encoding: z.enum(['utf8', 'base64']).describe('base64 when the bytes are not UTF-8 text.'),
  version: z.string().optional().describe('Version of the value; absent where the store has none.'),
  fingerprint: z.string().optional(),
}

/** One reason why a resolution failed. */
export const ResolutionFailure = z
  .strictObject({
    env: z.string().optional(),
    secretId: id.optional(),
    secretName: z.string().optional(),
    providerId: id.optional(),
    providerName: z.string().optional(),
    path: z.string().optional(),
    code: z.enum(Object.keys(failures) as [FailureCode]),
    detail: z.string(),
    availableKeys: z.array(z.string()).optional(),
  })
  .meta({ id: 'ResolutionFailure' })

const owner = { organizationId: organizationId.optional() }

export const resolving = {
  ResolveSecret: {
    body: z.strictObject({ ...owner, secretId: id }),
    answer: z.strictObject(resolved).meta({ id: 'ResolvedSecret' }),
  },
  ResolveWorkload: {
    body: z.strictObject({
      ...owner,
      consumer,
      workloadId: wellFormed(200)
        .min(1, 'Give the id of the workload, or leave it out.')
        .optional()
        .describe('The workload that starts, as the platform calls it; kept in the audit log.'),
    }),
    answer: z
      .strictObject({
        env: z.array(
          z.strictObject({
            name: z.string(),
            ...resolved,
            secretId: id.optional().describe('Absent for a plain value.'),
          }),
        ),
      })
      .meta({ id: 'ResolvedWorkload' }),
  },
}
