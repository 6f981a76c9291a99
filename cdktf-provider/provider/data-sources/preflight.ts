import type { ConsumerKind } from '../../../contract/consumer-kinds.ts'
import type { Answer } from '../../../contract/schemas/index.ts'
import { dataSource, flag, list, object, text, type Config } from '../../plugin/index.ts'
import type { Subject } from '../api/api-errors.ts'
import { describeFailure, whatFailed } from '../api/resolution-failure.ts'
import type { Session } from '../api/session.ts'
import { given } from '../given.ts'
import { requireOneKey } from './lookup.ts'
import { elseWhichOrganization } from '../organization-id.ts'

const attributes = {
  organization_id: text(`Organization of the consumer. ${elseWhichOrganization}`).optional(),
  consumer: object('Who is to start; or give `scope_id`.', {
    kind: text('`agent`, `mcp_server`, `hook`, `llm_provider` or `image_pull_secret`.').required(),
    id: text('Id of the consumer.').required(),
  }).optional(),
  scope_id: text('The scope in which a brief is to run; or give `consumer`.').optional(),
  secret_refs: list(
    'The secrets that the brief names. All that apply when left out, none when empty.',
    {
      name: text('Name of the secret.').required(),
      env: text('Name of its environment variable; made of its name when left out.').optional(),
    },
  ).optional(),
  fail: flag(
    'With `false` nothing fails, and `ok` and `items` tell. Otherwise every problem is an error.',
  ).optional(),
  ok: flag('Whether all of it would resolve.').computed(),
  items: list('What would be given, and what would not.', {
    env: text('Name of the environment variable.').computed({ nullable: true }),
    ok: flag('Whether it would resolve.').computed(),
    secret_id: text('Id of the secret.').computed({ nullable: true }),
    secret_name: text('Name of the secret.').computed({ nullable: true }),
    provider_id: text('Id of its secret provider.').computed({ nullable: true }),
    provider_name: text('Name of its secret provider.').computed({ nullable: true }),
    path: text('Path in its store.').computed({ nullable: true }),
    version: text('The version that would be given.').computed({ nullable: true }),
    code: text('Kind of the problem, such as `key_missing`.').computed({ nullable: true }),
    detail: text('What the problem is, and what to do.').computed({ nullable: true }),
    available_keys: list(
      'Keys that are there, when the one that is wanted is not.',
      'text',
    ).computed(),
  }).computed(),
}

export const preflight = dataSource<Session>()({
  type: 'agyn_preflight',
  description:
    'Would this workload start? Resolves what it would be given, against the live stores, and fails the plan with every problem. No value is shown.',
  attributes,

  validate({ config, diagnostics }) {
    requireOneKey('workload', config, ['consumer', 'scope_id'], diagnostics)
    if (config.secret_refs === null || config.consumer === null) return
    diagnostics.error({
      summary: 'A consumer has no `secret_refs`: it has envs.',
      detail: 'Leave `secret_refs` out, or give `scope_id` in the place of `consumer`.',
      path: ['secret_refs'],
    })
  },

  async read({ client, config, diagnostics, signal }) {
    const { ok, items } = await ask(client, config, signal)
    if (config.fail !== false) {
      for (const item of items.filter((each) => !each.ok)) {
        diagnostics.error({
          summary: `${whatFailed(item)} of ${whoIs(config)} would not resolve.`,
          detail: describeFailure(item),
          path: [config.consumer === null ? 'scope_id' : 'consumer'],
        })
      }
    }
    return { ...config, ok, items: items.map(toState) }
  },
})

type Preflight = Answer<'PreflightWorkload'>

function ask(
  client: Session,
  config: Config<typeof attributes>,
  signal: AbortSignal,
): Promise<Preflight> {
  const { consumer, scope_id, secret_refs } = config
  const owner = given({ organizationId: config.organization_id ?? client.organizationId })
  const options = { subject: subject(config), signal }
  if (consumer !== null) {
    // The API is the one to refuse another kind.
    const who = { kind: consumer.kind as ConsumerKind, id: consumer.id }
    return client.call('PreflightWorkload', { body: { ...owner, consumer: who } }, options)
  }
  const secretRefs = secret_refs?.map(({ name, env }) => ({ name, ...given({ env }) }))
  const body = { ...owner, scopeId: scope_id ?? '', ...given({ secretRefs }) }
  return client.call('PreflightBrief', { body }, options)
}

const toState = (item: Preflight['items'][number]) => ({
  env: item.env ?? null,
  ok: item.ok,
  secret_id: item.secretId ?? null,
  secret_name: item.secretName ?? null,
  provider_id: item.providerId ?? null,
  provider_name: item.providerName ?? null,
  path: item.path ?? null,
  version: item.version ?? null,
  code: item.code ?? null,
  detail: item.detail ?? null,
  available_keys: item.availableKeys ?? [],
})

interface Workload {
  readonly consumer: { readonly kind: string; readonly id: string } | null
  readonly scope_id: string | null
}

const whoIs = ({ consumer, scope_id }: Workload): string =>
  consumer === null ? `a brief in the scope ${scope_id ?? ''}` : `${consumer.kind} "${consumer.id}"`

const subject = (workload: Workload): Subject => ({
  noun: 'preflight of',
  type: 'agyn_preflight',
  name: whoIs(workload),
  importId: '',
})
