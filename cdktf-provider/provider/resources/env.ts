import { consumerKinds, type ConsumerKind } from '../../../contract/consumer-kinds.ts'
import type { Answer } from '../../../contract/schemas/index.ts'
import { isUnknown, object, resource, TerraformError, text, timeouts } from '../../plugin/index.ts'
import type { Subject } from '../api/api-errors.ts'
import { badImport, findOrganizationId, isUuid } from '../import-id.ts'
import { newId } from '../new-id.ts'
import { organizationId, organizationIdIn, planOrganizationId } from '../organization-id.ts'
import { expectedRevision, rememberRevision } from '../revision.ts'
import type { Session } from '../api/session.ts'
import { validateBody } from '../validate-body.ts'

export const env = resource<Session>()({
  type: 'agyn_env',
  description:
    'Gives a consumer, such as an agent, a secret, a plain value or a text made of secrets, under a name.',
  identity: ['id'],
  attributes: {
    id: text('Id of the env.').computed({ keeps: true }),
    organization_id: organizationId,
    consumer: object('Who receives it.', {
      kind: text(
        '`agent`, `mcp_server`, `hook`, `llm_provider` or `image_pull_secret`.',
      ).required(),
      id: text('Id of the consumer: any text that the platform knows it by.').required(),
    }).required({ replaces: true }),
    name: text('Name of the environment variable.').required(),
    value: text('A plain value. It is not a secret, and is shown.').optional(),
    secret_id: text('The secret whose value it carries.').optional(),
    template: text(
      'A text made of secrets, such as `postgres://$${secret:db-user}:$${secret:payments/db-password}@db/app` in HCL. A name alone is one of the root scope; the path of another scope stands before it.',
    ).optional(),
    timeouts,
  },

  async validate({ config, diagnostics }) {
    const { consumer, name, value, template, secret_id, organization_id } = config
    const fields = {
      organizationId: organization_id,
      consumer: isUnknown(consumer) ? consumer : { ...consumer },
      name,
      value,
      secretId: secret_id,
      template,
    }
    await validateBody('CreateEnv', fields, diagnostics, { summary: 'The env is not valid.' })
  },

  plan: ({ client, prior, config }) => ({
    set: planOrganizationId(client, prior, config.organization_id),
  }),

  newId,

  async create({ client, planned, id, privateState, signal }) {
    const { consumer, name, value, secret_id, template } = planned
    const owner = organizationIdIn(planned)
    const made = await client.call(
      'CreateEnv',
      {
        body: {
          id,
          ...owner,
          consumer: { kind: consumer.kind as ConsumerKind, id: consumer.id },
          name,
          ...(value === null ? {} : { value }),
          ...(secret_id === null ? {} : { secretId: secret_id }),
          ...(template === null ? {} : { template }),
        },
      },
      { subject: subject(planned, owner.organizationId), signal },
    )
    rememberRevision(privateState, made)
    return { ...planned, id: made.id, organization_id: made.organizationId }
  },

  async read({ client, state, privateState, signal }) {
    const found = await client.find(
      'GetEnv',
      { params: { id: state.id } },
      { subject: subject(state), signal, organizationId: state.organization_id },
    )
    if (!found) return null
    rememberRevision(privateState, found)
    return {
      id: found.id,
      organization_id: found.organizationId,
      consumer: found.consumer,
      name: found.name,
      value: found.value ?? null,
      secret_id: found.secretId ?? null,
      template: found.template ?? null,
      timeouts: state.timeouts ?? null,
    }
  },

  async update({ client, prior, planned, privateState, signal }) {
    const { id, organization_id } = prior
    const body = changesBetween(prior, planned)
    if (Object.keys(body).length === 0) return { ...planned, id, organization_id }
    const changed = await client.call(
      'UpdateEnv',
      { params: { id }, body },
      {
        subject: subject(planned, organization_id),
        signal,
        ifMatch: expectedRevision(privateState),
      },
    )
    rememberRevision(privateState, changed)
    return { ...planned, id, organization_id }
  },

  async delete({ client, prior, signal }) {
    const { id, organization_id } = prior
    await client.remove(
      'DeleteEnv',
      { params: { id } },
      { subject: subject(prior), signal, organizationId: organization_id },
    )
  },

  async import({ client, id: typed, signal }) {
    const forms = 'its id or by `organization/kind/consumer id/NAME`, each part percent-encoded'
    if (isUuid(typed)) {
      const id = typed.toLowerCase()
      const options = { subject: subject({ name: id }), signal, organizationId: undefined }
      const found = await client.find('GetEnv', { params: { id } }, options)
      if (!found) throw badImport('env', typed, forms)
      return partialState(found)
    }
    const parts = typed.split('/').map(decode)
    const [organization, consumerKind, consumerId, name] = parts
    if (!organization || !consumerKind || !consumerId || !name || parts.length !== 4) {
      throw badImport('env', typed, forms)
    }
    if (!isConsumerKind(consumerKind)) {
      const wrong = `Its kind, "${consumerKind}", is none of ${consumerKinds.join(', ')}. `
      throw badImport('env', typed, forms, wrong)
    }
    const organizationId = await findOrganizationId(client, organization, signal)
    if (organizationId === undefined) throw badImport('env', typed, forms)
    const { items } = await client.call(
      'ListEnvs',
      { query: { organizationId, consumerKind, consumerId, name } },
      { subject: subject({ name }, organizationId), signal },
    )
    if (!items[0]) throw badImport('env', typed, forms)
    return partialState(items[0])
  },
})

/** An env has one of three contents, so that of one that changes the two others are told to go. */
function changesBetween(prior: Content, { name, value, secret_id, template }: Content) {
  const isSame =
    value === prior.value && secret_id === prior.secret_id && template === prior.template
  return {
    ...(name === prior.name ? {} : { name }),
    ...(isSame ? {} : { value, secretId: secret_id, template }),
  }
}

interface Content {
  readonly name: string
  readonly value: string | null
  readonly secret_id: string | null
  readonly template: string | null
}

const isConsumerKind = (text: string): text is ConsumerKind =>
  (consumerKinds as readonly string[]).includes(text)

/** As much as `read` needs. */
const partialState = ({ id, organizationId, name, consumer }: Answer<'GetEnv'>) => ({
  id,
  organization_id: organizationId,
  name,
  consumer,
})

interface Named {
  readonly name: string
  readonly consumer?: { readonly kind: string; readonly id: string }
}

const subject = (
  { name, consumer = { kind: 'KIND', id: 'CONSUMER' } }: Named,
  organizationId = 'ORGANIZATION',
): Subject => ({
  noun: 'env',
  type: 'agyn_env',
  name,
  importId: [organizationId, consumer.kind, consumer.id, name].map(encodeURIComponent).join('/'),
})

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new TerraformError({
      summary: 'The import id is not percent-encoded.',
      detail: 'A `%` begins two hex digits; write `%25` for itself.',
    })
  }
}
