import type { Deliveries, Start } from '../../audit/audit-log.ts'
import type { ResolvedEnv } from '../../resolver/resolve-envs.ts'

/** What a template is made of has versions of its own, which say nothing of the whole. */
export function toAnswer(env: ResolvedEnv) {
  const [only] = env.kind === 'secret' ? env.parts : []
  return {
    name: env.name,
    ...env.value.encode(env.encoding),
    ...(only ? { secretId: only.secret.id } : {}),
    ...(only?.version === undefined ? {} : { version: only.version }),
    ...(only ? { fingerprint: only.fingerprint } : {}),
  }
}

/** What the audit log says of it. */
export const detailOf = ({ name, parts }: ResolvedEnv) => ({
  name,
  secrets: parts.map(({ secret, version }) => ({ secretId: secret.id, version })),
})

/** What a workload that has an id was given: each secret under the env that it went into. */
export const deliveriesOf = (
  envs: readonly ResolvedEnv[],
  workloadId: string | undefined,
  started: Omit<Start, 'workloadId'>,
): Deliveries | undefined =>
  workloadId === undefined
    ? undefined
    : {
        workloadId,
        ...started,
        values: envs.flatMap(({ name, parts }) =>
          parts.map(({ secret, version, fingerprint }) => ({
            env: name,
            secretId: secret.id,
            version,
            fingerprint,
          })),
        ),
      }
