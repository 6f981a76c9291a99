import type { ConsumerKind } from '../../../contract/consumer-kinds.ts'
import type { Answer } from '../../../contract/schemas/index.ts'
import { dataSource, flag, isUnknown, list, object, text, type Path } from '../../plugin/index.ts'
import type { Subject } from '../api/api-errors.ts'
import type { Session } from '../api/session.ts'
import { given } from '../given.ts'
import { allPages } from './all-pages.ts'
import { listed, listedOrganizationId, nameFilter, listSubject } from './listed.ts'
import { inOrganization, lookupOrganizationId, onlyOne, requireOneKey } from './lookup.ts'

const facts = {
  id: text('Id of the env.').computed(),
  organization_id: text('Organization it belongs to.').computed(),
  consumer: object('Who receives it.', {
    kind: text('Kind of the consumer, such as `agent`.').computed(),
    id: text('Id of the consumer.').computed(),
  }).computed(),
  name: text('Name of the environment variable.').computed(),
  value: text('The plain value, which is no secret.').computed({ nullable: true }),
  secret_id: text('The secret whose value it carries.').computed({ nullable: true }),
  template: text('The text made of secrets.').computed({ nullable: true }),
  secret_ids: list('The secrets of a template, in the order of their places.', 'text').computed(),
  broken: flag('Whether it fails to resolve, for what it refers to is deleted.').computed(),
}

const toState = (found: Answer<'GetEnv'>) => ({
  id: found.id,
  organization_id: found.organizationId,
  consumer: found.consumer,
  name: found.name,
  value: found.value ?? null,
  secret_id: found.secretId ?? null,
  template: found.template ?? null,
  secret_ids: found.secretIds ?? [],
  broken: found.broken,
})

export const env = dataSource<Session>()({
  type: 'agyn_env',
  description: 'An env, found by its id, or by its consumer and name. Never the value of a secret.',
  attributes: {
    ...facts,
    id: text('Id of the env; or give its `consumer` and `name`.').orComputed(),
    organization_id: lookupOrganizationId,
    consumer: object('Who receives it.', {
      kind: text(
        '`agent`, `mcp_server`, `hook`, `llm_provider` or `image_pull_secret`.',
      ).required(),
      id: text('Id of the consumer.').required(),
    }).orComputed(),
    name: text('Name of the environment variable; goes with `consumer`.').orComputed(),
  },

  validate({ config, diagnostics }) {
    requireOneKey(noun, config, ['id', 'name'], diagnostics)
    const { id, consumer, name } = config
    if (name !== null && !isUnknown(name) && consumer === null) {
      diagnostics.error({
        summary: 'The consumer of the env is missing.',
        detail: 'Give `consumer` with it: many consumers can have an env of one name.',
        path: ['name'],
      })
    }
    if (id !== null && !isUnknown(id) && consumer !== null) {
      diagnostics.error({
        summary: 'It is said twice which env is meant.',
        detail: 'Leave `consumer` out, or give it with `name` in the place of `id`.',
        path: ['consumer'],
      })
    }
  },

  async read({ client, config: { id, organization_id, consumer, name }, signal }) {
    if (id !== null) {
      const options = { subject: subject(id), signal, organizationId: undefined }
      const found = await client.find('GetEnv', { params: { id } }, options)
      return { ...toState(inOrganization(noun, id, found, organization_id)), id }
    }
    const query = given({
      organizationId: organization_id ?? client.organizationId,
      consumerKind: consumer?.kind as ConsumerKind | undefined, // the API refuses another
      consumerId: consumer?.id,
      name,
    })
    const options = { subject: subject(name ?? ''), signal }
    const found = await allPages(client, 'ListEnvs', { query }, options)
    const words = `named "${name}" of ${consumer?.kind} "${consumer?.id}"`
    return toState(onlyOne(noun, found, { words, path: ['name'] }))
  },
})

export const envs = dataSource<Session>()({
  type: 'agyn_envs',
  description: 'The envs of an organization, or of one consumer. Never the values of secrets.',
  attributes: {
    organization_id: listedOrganizationId,
    consumer: object('Only those of this consumer, or of these consumers.', {
      kind: text('Only those of this kind of consumer.').optional(),
      id: text('Only those of the consumer with this id.').optional(),
    }).optional(),
    secret_id: text('Only those that carry the value of this secret.').optional(),
    name: nameFilter,
    broken: flag('With `true` only those that fail to resolve.').optional(),
    ...listed('envs', facts),
  },

  async read({ client, config, signal }) {
    const { consumer } = config
    const query = given({
      organizationId: config.organization_id ?? client.organizationId,
      consumerKind: consumer?.kind as ConsumerKind | null | undefined, // the API refuses another
      consumerId: consumer?.id,
      secretId: config.secret_id,
      name: config.name,
      broken: config.broken === true ? ('true' as const) : null,
    })
    const options = { subject: { ...listSubject('envs'), pathOf }, signal }
    const found = await allPages(client, 'ListEnvs', { query }, options)
    return { ...config, ids: found.map(({ id }) => id), items: found.map(toState) }
  },
})

const noun = 'env'

const subject = (name: string): Subject => ({
  noun,
  type: 'agyn_env',
  name,
  importId: name,
  pathOf,
})

const pathOf = (path: Path): Path => (String(path[0]).startsWith('consumer_') ? ['consumer'] : path)
