import { InvalidReference, parseReference as parse } from '../../../contract/reference.ts'
import { object, providerFunction, TerraformError, text } from '../../plugin/index.ts'

export const parseReference = providerFunction({
  name: 'parse_reference',
  summary: 'Takes a reference apart.',
  description:
    'Takes the reference of a remote secret, `provider://path?version=3#key`, apart into the name of the secret provider, the path, and the key and the version, which are null where the reference has none.',
  parameters: {
    reference: text('A reference, such as `vault-prod://kv/data/prod/db#password`.').required(),
  },
  returns: object('Its parts.', {
    provider: text('Name of the secret provider.').computed(),
    path: text('Path in its store.').computed(),
    key: text('Key within the stored object.').computed({ nullable: true }),
    version: text('Version that is pinned.').computed({ nullable: true }),
  }).computed(),

  call({ reference }) {
    try {
      const { provider, path, key = null, version = null } = parse(reference)
      return { provider, path, key, version }
    } catch (error) {
      if (!(error instanceof InvalidReference)) throw error
      throw new TerraformError({ summary: error.message, path: ['reference'] })
    }
  },
})
