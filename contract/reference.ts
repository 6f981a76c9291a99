/** The address of a value as text: `provider://path?version=3#key`. */
export interface SecretReference {
  /** Name of the secret provider. */
  readonly provider: string
  readonly path: string
  readonly key?: string
  readonly version?: string
}

/** The text is not a reference; the message says what is wrong with it. */
export class InvalidReference extends Error {
  override readonly name = 'InvalidReference'
}

/**
 * Writes a reference, each part percent-encoded, the slashes of the path kept. `parseReference`
 * reads it back exactly.
 */
export function formatReference({ provider, path, key, version }: SecretReference): string {
  const encodedPath = path.split('/').map(encodeURIComponent).join('/')
  const query = version === undefined ? '' : `?version=${encodeURIComponent(version)}`
  const fragment = key === undefined ? '' : `#${encodeURIComponent(key)}`
  return `${encodeURIComponent(provider)}://${encodedPath}${query}${fragment}`
}

/** Reads what `formatReference` writes. Throws `InvalidReference`. */
export function parseReference(text: string): SecretReference {
  const [, provider, path, query, key] =
    /^([^:/?#]+):\/\/([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(text) ?? []
  if (!provider || !path) {
    throw new InvalidReference(
      'A reference reads provider://path, with ?version= and #key when they are needed.',
    )
  }
  if (query !== undefined && !/^version=[^&=]+$/.test(query)) {
    throw new InvalidReference('After `?` a reference has `version=` and nothing else.')
  }
  if (key === '') throw new InvalidReference('After `#` a reference has the name of a key.')
  return {
    provider: decode(provider),
    path: path.split('/').map(decode).join('/'),
    ...(query === undefined ? {} : { version: decode(query.slice('version='.length)) }),
    ...(key === undefined ? {} : { key: decode(key) }),
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new InvalidReference(
      'A `%` in a reference begins two hex digits; write `%25` for itself.',
    )
  }
}
