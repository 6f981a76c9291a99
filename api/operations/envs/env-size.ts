import type { FieldIssue } from '../../../contract/field-errors.ts'
import { MAX_ENV_BYTES, utf8Length } from '../../../contract/schemas/value-size.ts'
import { parseTemplate } from '../../../contract/template.ts'
import type { Transaction } from '../../database/database.ts'
import type { Prisma } from '../../database/gen/client.ts'
import { Invalid } from '../../errors.ts'

/**
 * Makes sure that the templates made of these secrets, or of these envs, go into the environment of a
 * process: not longer than Linux takes, and text. What a provider holds is not known here, and checked
 * when it is resolved. Call it last, when all is written.
 *
 * @param field - of the body, which made them what they are
 */
export async function requireEnvsFit(
  transaction: Transaction,
  organizationId: string,
  of: { readonly secretIds: readonly string[] } | { readonly envId: string },
  field: string,
): Promise<void> {
  const which: Prisma.EnvWhereInput =
    'envId' in of
      ? { id: of.envId }
      : { secrets: { some: { organizationId, secretId: { in: [...of.secretIds] } } } }
  const envs = await transaction.env.findMany({
    where: { organizationId, template: { not: null }, ...which },
    select: withSizes,
  })
  const issues = envs.flatMap((env) => issuesOf(env).map((issue) => ({ path: [field], ...issue })))
  if (issues.length > 0) throw new Invalid(issues)
}

const withSizes = {
  name: true,
  template: true,
  consumerKind: true,
  consumerId: true,
  secrets: {
    select: {
      positions: true,
      secret: {
        select: {
          name: true,
          versions: { where: { state: 'current' }, select: { size: true, isText: true } },
        },
      },
    },
  },
} as const satisfies Prisma.EnvSelect

type SizedEnv = Prisma.EnvGetPayload<{ select: typeof withSizes }>

function issuesOf({ name, template, secrets, ...env }: SizedEnv): Omit<FieldIssue, 'path'>[] {
  const called = `The env ${name} of ${env.consumerKind} ${env.consumerId}`
  const binary = secrets.find(({ secret }) => secret.versions[0]?.isText === false)
  if (binary) {
    const detail = `${called} is a text, and the value of ${binary.secret.name} is none: it has bytes that are not UTF-8, or NUL.`
    return [{ code: 'not_text', detail }]
  }
  const texts = parseTemplate(template ?? '').filter((part) => typeof part === 'string')
  const values = secrets.map(
    ({ positions, secret }) => positions.length * (secret.versions[0]?.size ?? 0),
  )
  const bytes = [...texts.map(utf8Length), ...values].reduce((sum, each) => sum + each, 0)
  const whole = utf8Length(name) + '='.length + bytes + '\0'.length
  if (whole <= MAX_ENV_BYTES) return []
  const detail = `${called} would have ${whole} bytes with its name, and Linux takes at most ${MAX_ENV_BYTES} for one.`
  return [{ code: 'too_big', detail }]
}
