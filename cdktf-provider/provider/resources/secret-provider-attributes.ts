import { flag, number, object, text, timeouts } from '../../plugin/index.ts'
import { configAttributes, configBlocks, providerTypes } from '../gen/config-attributes.ts'
import { organizationId } from '../organization-id.ts'

/** The arguments of `agyn_secret_provider`. */
export const attributes = {
  id: text('Id of the secret provider. It survives renames.').computed({ keeps: true }),
  organization_id: organizationId,
  name: text('Name, unique in the organization.').required(),
  type: text(`Kind of store: ${providerTypes.map((type) => `\`${type}\``).join(', ')}.`).required({
    replaces: true,
  }),
  description: text('What it is for.').optional(),
  config: object(
    'Address and credentials. Terraform drops a misspelt field here without a word, so look in the plan for what is set; in the block that is named after the type it refuses one. An imported provider keeps its credentials while none are given.',
    configAttributes,
  ).optional(),
  ...configBlocks,
  config_wo_version: number(
    'Goes with the write-only arguments of `config` or of the block: another number sends them again. When somebody else has changed a credential, the next apply sends them again by itself.',
  ).optional(),
  config_fingerprint: text(
    'Keyed fingerprint of the credentials. Equal when they are the same again; it reveals nothing else.',
  ).computed({ keeps: true, nullable: true }),
  allow_browse: flag(
    'Let owners list the names of what is in the store, and of the keys there. Never values.',
  ).default(false),
  force_destroy: flag(
    'Destroy it although secrets refer to it. They stay and fail to resolve.',
  ).default(false),
  timeouts,
}

export type SecretProviderAttributes = typeof attributes
