import * as z from 'zod'
import { description, id, name, organizationId } from './common.ts'
import { withRules } from './rule.ts'
import { encoding, value, valueIssues } from './secret-value.ts'
import { category } from './secrets.ts'

/** Secrets in one import: with their values they fit into a body. */
const MOST_IMPORTED = 500

/** Many secrets at once, all of them or none. */
export const secretImport = {
  ImportSecrets: {
    body: z.strictObject({
      organizationId: organizationId.optional(),
      storage: z
        .literal('local', 'An import keeps values here: give local.')
        .optional()
        .describe('Needed where new values go to a store by default: an import keeps them here.'),
      scopeId: id
        .optional()
        .describe(
          'Scope they belong to. When left out: the one that the token is limited to, else the root.',
        ),
      dryRun: z.boolean().default(false).describe('Say what would happen, and change nothing.'),
      items: z
        .array(
          withRules(
            z.strictObject({
              name,
              value,
              encoding: encoding.optional(),
              category: category.optional(),
              description: description.optional(),
            }),
            valueIssues,
          ),
        )
        .min(1, 'Give at least one secret.')
        .max(MOST_IMPORTED, `At most ${MOST_IMPORTED} secrets at once.`),
    }),
    answer: z.strictObject({
      items: z
        .array(
          z.strictObject({
            name: z.string(),
            outcome: z.enum(['created', 'changed', 'unchanged', 'refused']),
            secretId: id.optional().describe('Absent for what a dry run would create.'),
            code: z.string().optional(),
            detail: z.string().optional().describe('Why it is refused.'),
          }),
        )
        .describe('One for each that was sent, in the same order.'),
      applied: z.boolean().describe('False for a dry run, and when one was refused.'),
    }),
  },
}
