import * as z from 'zod'
import { id, name, organizationId, wellFormed } from './common.ts'
import { consumer, envName } from './envs.ts'
import { EffectiveSecret } from './scopes.ts'
import { sensitive } from '../masking.ts'
import { failures, type FailureCode } from '../problems.ts'

const resolved = {
  value: sensitive(z.string()),
  encoding: z.enum(['utf8', 'base64']).describe('base64 when the bytes are not UTF-8 text.'),
  version: z.string().optional().describe('Version of the value; absent where the store has none.'),
  fingerprint: z.string().optional(),
}

/** What a secret is called, and where it is. */
const place = z.strictObject({
  secretId: id.optional(),
  secretName: z.string().optional(),
  providerId: id.optional(),
  providerName: z.string().optional(),
  path: z.string().optional(),
})

/** One reason why a resolution failed. */
export const ResolutionFailure = z
  .strictObject({
    env: z.string().optional(),
    ...place.shape,
    code: z.enum(Object.keys(failures) as [FailureCode]),
    detail: z.string(),
    availableKeys: z.array(z.string()).optional(),
    nearest: z
      .array(z.string())
      .optional()
      .describe('Names that are there and look like the one that is missing.'),
  })
  .meta({ id: 'ResolutionFailure' })

const owner = { organizationId: organizationId.optional() }

export const workloadId = wellFormed(200)
  .min(1, 'Give the id of the workload, or leave it out.')
  .describe(
    'The workload that starts, as the platform calls it. With it, `GET /api/secrets/{id}/deliveries` knows which value it holds.',
  )

const ResolvedEnv = z
  .strictObject({
    name: z.string(),
    ...resolved,
    fingerprint: resolved.fingerprint.describe('Absent for a plain value and a template.'),
    secretId: id.optional().describe('Absent for a plain value and a template.'),
  })
  .meta({ id: 'ResolvedEnv' })

/** Which secrets, out of which scope. */
const brief = {
  ...owner,
  scopeId: id.describe('Where the task runs: a team, a workspace, a project, or the root.'),
  secretRefs: z
    .array(
      z.union(
        [name, z.strictObject({ name, env: envName.optional() })],
        'Give the name of a secret, or `{ "name": "db", "env": "DB_PASSWORD" }`.',
      ),
    )
    .max(1000, 'At most 1,000 secrets.')
    .optional()
    .describe(
      'The secrets it needs, by name. Without an `env`, a secret arrives under its own name in upper case, every other character than letters and digits as `_`. When left out, all that apply are given; `[]` gives none.',
    ),
}

const preflight = z
  .strictObject({
    ok: z.boolean().describe('All of them would resolve.'),
    items: z.array(
      ResolutionFailure.partial({ code: true, detail: true }).extend({
        ok: z.boolean(),
        version: z.string().optional().describe('The version that would be given.'),
        secrets: z
          .array(place.extend({ version: z.string().optional() }))
          .optional()
          .describe('Of a template: what it would be made of.'),
        latencyMs: z
          .int()
          .optional()
          .describe('How long its store took to answer, in milliseconds.'),
      }),
    ),
  })
  .meta({ id: 'Preflight' })

export const resolving = {
  ResolveSecret: {
    body: z.strictObject({ ...owner, secretId: id }),
    answer: z.strictObject(resolved).meta({ id: 'ResolvedSecret' }),
  },
  ResolveWorkload: {
    body: z.strictObject({ ...owner, consumer, workloadId: workloadId.optional() }),
    answer: z.strictObject({ env: z.array(ResolvedEnv) }).meta({ id: 'ResolvedWorkload' }),
  },
  ResolveBrief: {
    body: z.strictObject({
      ...brief,
      workloadId: workloadId.optional(),
      explain: z
        .boolean()
        .default(false)
        .describe('Say of each secret which scope it comes from, and what it was preferred to.'),
    }),
    answer: z
      .strictObject({
        env: z.array(ResolvedEnv),
        explanation: z
          .array(EffectiveSecret.extend({ env: z.string() }))
          .optional()
          .describe('With `explain`: one for each env, in the same order.'),
      })
      .meta({ id: 'ResolvedBrief' }),
  },
  PreflightWorkload: { body: z.strictObject({ ...owner, consumer }), answer: preflight },
  PreflightBrief: { body: z.strictObject(brief), answer: preflight },
}
