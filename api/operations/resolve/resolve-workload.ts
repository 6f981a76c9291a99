import { findEnvs } from '../../resolver/find-secrets.ts'
import { SecretValue } from '../../keyring/secret-value.ts'
import { organizationOf } from '../organization-of.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { audited } from './audited.ts'

export const resolveWorkload = ({ database, resolver, audit }: Services) =>
  operation('ResolveWorkload', async ({ body }, context) => {
    const { consumer, workloadId } = body
    const organizationId = await organizationOf(database, context.principal, body.organizationId)
    const about = {
      organizationId,
      resource: { kind: consumer.kind, id: consumer.id },
      detail: workloadId === undefined ? {} : { workloadId },
    }
    return await audited(audit, context, about, async () => {
      const envs = await findEnvs(database, organizationId, consumer)
      const wanted = envs.flatMap(({ name, secret }) => (secret ? [{ env: name, secret }] : []))
      const resolved = await resolver.resolve(wanted, context)
      const values = new Map(wanted.map(({ env }, index) => [env, resolved[index]]))
      const env = envs.map(({ name, plain = '', secret }) => {
        const { value, version, fingerprint } = values.get(name) ?? {
          value: SecretValue.fromText(plain),
        }
        return {
          name,
          ...value.encode(),
          ...(secret ? { secretId: secret.id } : {}),
          ...(version === undefined ? {} : { version }),
          ...(fingerprint === undefined ? {} : { fingerprint }),
        }
      })
      const delivered = env.map(({ name, secretId, version }) => ({ name, secretId, version }))
      return { answer: { env }, detail: { env: delivered } }
    })
  })
