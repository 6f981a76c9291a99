import type { ConsumerKind } from '../../../contract/consumer-kinds.ts'
import { ephemeralResource, map, object, text } from '../../plugin/index.ts'
import type { Subject } from '../api/api-errors.ts'
import { given } from '../given.ts'
import type { Session } from '../api/session.ts'
import { elseWhichOrganization } from '../organization-id.ts'

export const workloadEnv = ephemeralResource<Session>()({
  type: 'agyn_workload_env',
  description:
    'All envs of a consumer with their values, for this run alone, in no state and no plan. It takes a provider whose token has the role orchestrator or llm_proxy.',
  attributes: {
    organization_id: text(`Organization of the consumer. ${elseWhichOrganization}`).optional(),
    consumer: object('Who receives them.', {
      kind: text(
        '`agent`, `mcp_server`, `hook`, `llm_provider` or `image_pull_secret`.',
      ).required(),
      id: text('Id of the consumer.').required(),
    }).required(),
    workload_id: text(
      'The workload that starts, as the platform calls it, so that it is known which values it holds.',
    ).optional(),
    env: map('The values that are text, by the names of their variables.', 'text').computed({
      sensitive: true,
    }),
    env_base64: map('All values in base64, byte for byte, by the same names.', 'text').computed({
      sensitive: true,
    }),
  },

  async open({ client, config, signal }) {
    const { consumer, workload_id } = config
    const body = {
      ...given({
        organizationId: config.organization_id ?? client.organizationId,
        workloadId: workload_id,
      }),
      consumer: { kind: consumer.kind as ConsumerKind, id: consumer.id }, // the API refuses others
    }
    const { env } = await client.call(
      'ResolveWorkload',
      { body },
      { subject: subject(consumer.id), signal },
    )
    const texts = env.filter(({ encoding }) => encoding === 'utf8')
    return {
      result: {
        ...config,
        env: Object.fromEntries(texts.map(({ name, value }) => [name, value])),
        env_base64: Object.fromEntries(
          env.map(({ name, value, encoding }) => [
            name,
            encoding === 'base64' ? value : Buffer.from(value, 'utf8').toString('base64'),
          ]),
        ),
      },
    }
  },
})

const subject = (name: string): Subject => ({
  noun: 'envs of',
  type: 'agyn_workload_env',
  name,
  importId: '',
})
