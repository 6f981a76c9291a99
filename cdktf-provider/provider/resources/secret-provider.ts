import type { ProviderType } from '../../../contract/schemas/provider-types/index.ts'
import { flag, isUnknown, object, resource, text } from '../../plugin/index.ts'
import type { Subject } from '../api-errors.ts'
import { configAttributes, providerTypes } from '../gen/config-attributes.ts'
import { locate } from '../import-id.ts'
import { newId } from '../new-id.ts'
import { organizationId, organizationIdIn, planOrganizationId } from '../organization-id.ts'
import type { Session } from '../session.ts'
import { validateBody } from '../validate-body.ts'
import { changesBetween, fromApi, toApi, toApiProposed } from './provider-config.ts'

const subject = ({ name, organizationId = 'ORGANIZATION' }: Named): Subject => ({
  noun: 'secret provider',
  type: 'agyn_secret_provider',
  name,
  importId: `${organizationId}/${name}`,
  forcible: true,
})

interface Named {
  readonly name: string
  readonly organizationId?: string
}

export const secretProvider = resource<Session>()({
  type: 'agyn_secret_provider',
  description:
    'An external store of secrets, such as HashiCorp Vault or AWS Secrets Manager, from which secrets are read when a workload starts, or in which they are kept.',
  attributes: {
    id: text('Id of the secret provider. It survives renames.').computed({ keeps: true }),
    organization_id: organizationId,
    name: text('Name, unique in the organization.').required(),
    type: text(`Kind of store: ${providerTypes.map((type) => `\`${type}\``).join(', ')}.`).required(
      { replaces: true },
    ),
    description: text('What it is for.').optional(),
    config: object(
      'Address and credentials. Terraform drops a misspelt field here without a word, so look in the plan for what is set.',
      configAttributes,
    ).required(),
    allow_browse: flag(
      'Let owners list the names of what is in the store, and of the keys there. Never values.',
    ).default(false),
    force_destroy: flag(
      'Destroy it although secrets refer to it. They stay and fail to resolve.',
    ).default(false),
  },

  async validate({ config, diagnostics }) {
    const { name, type, description, allow_browse: allowBrowse } = config
    const organizationId = config.organization_id
    await validateBody(
      'CreateSecretProvider',
      {
        organizationId,
        name,
        type,
        description,
        allowBrowse,
        config: isUnknown(config.config) ? config.config : toApiProposed(config.config),
      },
      diagnostics,
      { summary: 'The secret provider is not valid.' },
    )
  },

  plan: ({ client, prior, config }) => ({
    set: planOrganizationId(client, prior, config.organization_id),
  }),

  newId,

  async create({ client, planned, id, signal }) {
    const { name, type, description, allow_browse: allowBrowse } = planned
    const owner = organizationIdIn(planned)
    const made = await client.call(
      'CreateSecretProvider',
      {
        body: {
          id,
          ...owner,
          name,
          type: type as ProviderType, // the API is the one to refuse another
          ...(description === null ? {} : { description }),
          config: toApi(planned.config),
          allowBrowse,
        },
      },
      { subject: subject({ name, ...owner }), signal },
    )
    return { ...planned, id: made.id, organization_id: made.organizationId }
  },

  async read({ client, state, signal }) {
    const { id, organization_id, name } = state
    const found = await client.find(
      'GetSecretProvider',
      { params: { id } },
      { subject: subject({ name }), signal, organizationId: organization_id },
    )
    return (
      found && {
        ...state,
        organization_id: found.organizationId,
        name: found.name,
        type: found.type,
        description: found.description ?? null,
        config: fromApi(found.config, state.config),
        allow_browse: found.allowBrowse,
        force_destroy: state.force_destroy ?? false,
      }
    )
  },

  async update({ client, prior, planned, signal }) {
    const { id, organization_id } = prior
    const { name, description, allow_browse: allowBrowse } = planned
    const config = changesBetween(prior.config, planned.config)
    const body = {
      ...(name === prior.name ? {} : { name }),
      ...(description === prior.description ? {} : { description }),
      ...(Object.keys(config).length === 0 ? {} : { config }),
      ...(allowBrowse === prior.allow_browse ? {} : { allowBrowse }),
    }
    const options = { subject: subject({ name, organizationId: organization_id }), signal }
    if (Object.keys(body).length > 0) {
      await client.call('UpdateSecretProvider', { params: { id }, body }, options)
    }
    return { ...planned, id, organization_id }
  },

  async delete({ client, prior, signal }) {
    const { id, organization_id, name, force_destroy } = prior
    await client.remove(
      'DeleteSecretProvider',
      { params: { id }, query: { force: force_destroy ? 'true' : 'false' } },
      { subject: subject({ name }), signal, organizationId: organization_id },
    )
  },

  import: ({ client, id: typed, signal }) =>
    locate(
      client,
      typed,
      'secret provider',
      {
        byId: (id) =>
          client.find(
            'GetSecretProvider',
            { params: { id } },
            { subject: subject({ name: id }), signal, organizationId: undefined },
          ),
        byName: async (organizationId, name) => {
          const query = { organizationId, name }
          const options = { subject: subject({ name, organizationId }), signal }
          return (await client.call('ListSecretProviders', { query }, options)).items
        },
      },
      signal,
    ),
})
