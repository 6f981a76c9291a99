import { processKinds } from '../../contract/consumer-kinds.ts'
import type { FieldIssue } from '../../contract/field-errors.ts'
import { MAX_ENV_BYTES, utf8Length } from '../../contract/schemas/value-size.ts'
import { parseTemplate } from '../../contract/template.ts'
import type { Transaction } from '../database/database.ts'
import type { Prisma } from '../database/gen/client.ts'
import { Invalid, Refused } from '../errors.ts'

/** What has changed: values of secrets, or one env. */
export type Changed = { readonly secretIds: readonly string[] } | { readonly envId: string }

/**
 * Makes sure that what is made of these secrets, or this env, goes into the environment of a process:
 * no NUL, and not longer than Linux takes. What a provider holds is not known here, and is checked when
 * it is resolved. Call it last, when all is written.
 *
 * @param placeOf - where the body has what made an env unfit, given the ids of its secrets; left out for a request without a body
 */
export async function requireEnvsFit(
  transaction: Transaction,
  organizationId: string,
  changed: Changed,
  placeOf?: (secretIds: readonly string[]) => readonly PropertyKey[],
): Promise<void> {
  const which = whichOf(organizationId, changed)
  // Held, so that two values that are fit each and unfit together do not pass side by side.
  await transaction.$executeRaw`
    SELECT 1 FROM "Env" e WHERE "organizationId" = ${organizationId}::uuid AND template IS NOT NULL
      AND EXISTS (SELECT 1 FROM "EnvSecret" x
        WHERE (x."organizationId", x."envId") = (e."organizationId", e.id)
          AND x."secretId" = ANY(${'secretIds' in changed ? [...changed.secretIds] : []}::uuid[]))
    ORDER BY id FOR NO KEY UPDATE`
  const envs = await transaction.env.findMany({ where: which, select: withSizes })
  const issues = envs.flatMap((env) => {
    const issue = issueOf(env)
    return issue
      ? [{ ...issue, path: placeOf?.(env.secrets.map((each) => each.secretId)) ?? [] }]
      : []
  })
  if (issues.length === 0) return
  if (!placeOf) throw new Refused('invalid', issues[0]?.detail)
  throw new Invalid(issues)
}

/** Templates, all of them, and of what is a secret as a whole only what may not be. */
function whichOf(organizationId: string, changed: Changed): Prisma.EnvWhereInput {
  // What was written in base64 travels so, and nobody takes it for the text of a variable.
  const hasNul = {
    secret: { versions: { some: { state: 'current', hasNul: true, encoding: 'utf8' } } },
  } as const
  const mayNotBe: Prisma.EnvWhereInput = {
    consumerKind: { in: [...processKinds] },
    value: null,
    secrets: { some: hasNul },
  }
  const unfit: Prisma.EnvWhereInput = { OR: [{ template: { not: null } }, mayNotBe] }
  return 'envId' in changed
    ? { organizationId, id: changed.envId, AND: [unfit] }
    : {
        organizationId,
        secrets: { some: { organizationId, secretId: { in: [...changed.secretIds] } } },
        AND: [unfit],
      }
}

const withSizes = {
  name: true,
  template: true,
  consumerKind: true,
  consumerId: true,
  secrets: {
    select: {
      secretId: true,
      positions: true,
      secret: {
        select: {
          name: true,
          versions: {
            where: { state: 'current' },
            select: { size: true, hasNul: true, encoding: true },
          },
        },
      },
    },
  },
} as const satisfies Prisma.EnvSelect

type SizedEnv = Prisma.EnvGetPayload<{ select: typeof withSizes }>

function issueOf({
  name,
  template,
  secrets,
  ...env
}: SizedEnv): Omit<FieldIssue, 'path'> | undefined {
  const called = `The env ${name} of ${env.consumerKind} ${env.consumerId}`
  const binary = secrets.find(
    ({
      secret: {
        versions: [current],
      },
    }) => current?.hasNul && (template !== null || current.encoding === 'utf8'),
  )
  if (binary) {
    const instead =
      template === null
        ? 'Give the value as bytes, with `"encoding": "base64"`: it then arrives in base64.'
        : 'Keep that value in base64 as text, and decode it where it is used.'
    const detail = `${called} cannot hold NUL, and the value of ${binary.secret.name} has it. ${instead}`
    return { code: 'not_text', detail }
  }
  const texts = parseTemplate(template ?? '').filter((part) => typeof part === 'string')
  const values = secrets.map(
    ({ positions, secret }) => positions.length * (secret.versions[0]?.size ?? 0),
  )
  const bytes = [...texts.map(utf8Length), ...values].reduce((sum, each) => sum + each, 0)
  const whole = utf8Length(name) + '='.length + bytes + '\0'.length
  if (whole <= MAX_ENV_BYTES) return undefined
  const detail = `${called} would have ${whole} bytes with its name and the NUL at its end, and Linux takes at most ${MAX_ENV_BYTES} for one.`
  return { code: 'too_big', detail }
}
