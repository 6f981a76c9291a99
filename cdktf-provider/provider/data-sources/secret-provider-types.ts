import type { Answer } from '../../../contract/schemas/index.ts'
import { dataSource, flag, list, text } from '../../plugin/index.ts'
import type { Subject } from '../api/api-errors.ts'
import { toSnakeCase } from '../case.ts'
import type { Session } from '../api/session.ts'

export const secretProviderTypes = dataSource<Session>()({
  type: 'agyn_secret_provider_types',
  description: 'The kinds of store that this API knows, and the fields of their `config`.',
  attributes: {
    types: list('Names of the types, such as `vault`.', 'text').computed(),
    items: list('The types.', {
      type: text('Name of the type.').computed(),
      name: text('What people call the store.').computed(),
      description: text('What it does.').computed(),
      fields: list('The fields of its `config`.', {
        name: text('Name of the argument.').computed(),
        label: text('What it is called in the console.').computed(),
        help: text('What to give.').computed({ nullable: true }),
        required: flag('Whether it has to be given, where it is shown at all.').computed(),
        sensitive: flag('Whether it is a credential, which has a write-only twin.').computed(),
        default: text('What it is when it is left out.').computed({ nullable: true }),
        options: list('What it can be, when that is a choice.', 'text').computed(),
      }).computed(),
    }).computed(),
  },

  async read({ client, signal }) {
    const found = await client.call('ListSecretProviderTypes', {}, { subject, signal })
    return { types: found.map(({ type }) => type), items: found.map(toState) }
  },
})

const toState = ({
  type,
  name,
  description,
  configSchema,
}: Answer<'ListSecretProviderTypes'>[number]) => ({
  type,
  name,
  description,
  fields: configSchema.map((field) => ({
    name: toSnakeCase(field.key),
    label: field.label,
    help: field.help ?? null,
    required: field.required,
    sensitive: field.sensitive ?? false,
    default: field.default === undefined ? null : String(field.default),
    options: (field.options ?? []).map(String),
  })),
})

const subject: Subject = {
  noun: 'list of types',
  type: 'agyn_secret_provider_types',
  name: 'all',
  importId: '',
}
