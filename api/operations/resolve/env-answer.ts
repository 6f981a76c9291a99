import type { Deliveries, Start } from '../../audit/audit-log.ts'
import type { ResolvedEnv } from '../../resolver/wanted-env.ts'

/** What a template is made of has versions of its own, which say nothing of the whole. */
export function toAnswer(env: ResolvedEnv) {
  const { secretId, version, fingerprint } = (env.kind === 'secret' && env.parts[0]) || {}
  return {
    name: env.name,
    ...env.value.encode(),
    ...(secretId === undefined ? {} : { secretId }),
    ...(version === undefined ? {} : { version }),
    ...(fingerprint === undefined ? {} : { fingerprint }),
  }
}

/** What the audit log says of it. */
export const detailOf = ({ name, parts }: ResolvedEnv) => ({
  name,
  secrets: parts.map(({ secretId, version }) => ({ secretId, version })),
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
          parts.map(({ secretId, version, fingerprint }) => ({
            env: name,
            secretId,
            version,
            fingerprint,
          })),
        ),
      }
