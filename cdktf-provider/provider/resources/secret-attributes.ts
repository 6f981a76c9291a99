import { flag, text } from '../../plugin/index.ts'
import { organizationId } from '../organization-id.ts'

/** The arguments of `agyn_secret`. */
export const attributes = {
  id: text('Id of the secret. It survives renames.').computed({ keeps: true }),
  organization_id: organizationId,
  name: text('Name, unique in its scope.').required(),
  category: text(
    'What kind of credential it is: `provider_credential`, `infrastructure_credential`, `integration_credential`, `agent_secret` or `other`.',
  ).default('other'),
  description: text('What it is for.').optional(),
  storage: text(
    'Where the value lies: `local`, kept by agyn-secrets; `remote`, read from a provider at each start of a workload; `managed`, kept by agyn-secrets in a provider. It follows from the other arguments: with `value`, `provider_id` keeps it there. `local` and `managed` without a value keep the one that is there, which moves when the storage changes.',
  ).orComputed({ keeps: true }),
  value: text(
    'The value of a local or managed secret, kept encrypted by the API or in a store. It also stands in the Terraform state, in clear text. Terraform normalizes text (NFC); `value_base64` keeps every byte.',
  ).optional({ sensitive: true }),
  value_base64: text('The same for a binary value, in base64.').optional({ sensitive: true }),
  provider_id: text(
    'The secret provider that a remote secret is read from, or that keeps the value of a managed one.',
  ).optional(),
  remote_path: text(
    'Path of a remote secret in its provider, such as `kv/data/prod/db`.',
  ).optional(),
  remote_key: text(
    'Key within the stored object: its name, or else a JSON Pointer such as `/db/password`.',
  ).optional(),
  remote_version: text('Version to read; the newest when left out.').optional(),
  expires_at: text(
    'When the value should have been replaced, such as `2027-01-31T12:00:00Z`.',
  ).optional(),
  force_destroy: flag(
    'Destroy it although envs refer to it. They stay and fail to resolve.',
  ).default(false),
  value_fingerprint: text(
    'Keyed fingerprint of a value that is kept. Equal when the value is the same again; it reveals nothing else.',
  ).computed({ keeps: true, nullable: true }),
  version: text('Number of the current version of a value that is kept.').computed({
    keeps: true,
    nullable: true,
  }),
}

export type SecretAttributes = typeof attributes
