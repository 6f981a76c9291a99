import { formatReference as format } from '../../../contract/reference.ts'
import { providerFunction, TerraformError, text, type Path } from '../../plugin/index.ts'

export const formatReference = providerFunction({
  name: 'format_reference',
  summary: 'Writes a reference.',
  description:
    'Writes the reference of a remote secret, `provider://path?version=3#key`, each part percent-encoded. `parse_reference` takes it apart again.',
  parameters: {
    provider: text('Name of the secret provider.').required(),
    path: text('Path in its store, such as `kv/data/prod/db`.').required(),
  },
  rest: text(
    'The key within the stored object, and then the version; either may be null.',
  ).optional(),
  returns: text('The reference.').computed(),

  call({ provider, path }, rest) {
    const [key = null, version = null] = rest
    requireText(provider, 'Give the name of the secret provider.', ['provider'])
    requireText(path, 'Give the path of the secret in its provider.', ['path'])
    requireText(key, 'Give the name of a key, or null.', ['rest', 0])
    requireText(version, 'Give a version, or null for the newest.', ['rest', 1])
    if (rest.length > 2) {
      throw new TerraformError({
        summary: 'Give at most a provider, a path, a key and a version.',
        path: ['rest', 2],
      })
    }
    return format({
      provider,
      path,
      ...(key === null ? {} : { key }),
      ...(version === null ? {} : { version }),
    })
  },
})

/** A part that is there has to have a character: without one it could not be read again. */
function requireText(part: string | null, summary: string, path: Path): void {
  if (part === '') throw new TerraformError({ summary, path })
}
