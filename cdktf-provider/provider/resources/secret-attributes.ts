import { flag, number, text, timeouts } from '../../plugin/index.ts'
import { organizationId } from '../organization-id.ts'

/** The arguments of `agyn_secret`. */
export const attributes = {
  id: text('Id of the secret. It survives renames.').computed({ keeps: true }),
  organization_id: organizationId,
  scope_id: text(
    'Scope it belongs to. When left out of a new one: the one that the token is limited to, else the root of the organization. Another scope moves it in place.',
  ).orComputed({ keeps: true }),
  name: text('Name, unique in its scope.').required(),
  category: text(
    'What kind of credential it is: `provider_credential`, `infrastructure_credential`, `integration_credential`, `agent_secret` or `other`.',
  ).default('other'),
  description: text('What it is for.').optional(),
  storage: text(
    'Where the value lies: `local`, kept by agyn-secrets; `remote`, read from a provider at each start of a workload; `managed`, kept by agyn-secrets in a provider. It follows from the other arguments: with a value, `provider_id` keeps it there. `local` and `managed` without a value keep the one that is there, which moves when the storage changes.',
  ).orComputed({ keeps: true }),
  value: text(
    'The value of a local or managed secret, kept encrypted by the API or in a store. It also stands in the Terraform state, in clear text: `value_wo` does not. Terraform normalizes text (NFC); `value_base64` keeps every byte.',
  ).optional({ sensitive: true }),
  value_base64: text('The same for a binary value, in base64.').optional({ sensitive: true }),
  value_wo: text(
    'The value, which never stands in state or plan. It is sent when the secret is made and when `value_wo_version` changes.',
  ).writeOnly(),
  value_base64_wo: text('The same for a binary value, in base64.').writeOnly(),
  value_wo_version: number(
    'Goes with `value_wo` and `value_base64_wo`: another number sends the value again. When somebody else has changed the value, the next apply sends it again by itself.',
  ).optional(),
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
  rotate_every: text(
    'How often the value should be replaced, such as `90d`, `12h` or `2w`. What is due is listed; nothing is replaced by itself.',
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
  reference: text(
    'Where a remote secret is read from, as text: `provider://path?version=3#key`.',
  ).computed({ keeps: true, nullable: true }),
  timeouts,
}

export type SecretAttributes = typeof attributes
