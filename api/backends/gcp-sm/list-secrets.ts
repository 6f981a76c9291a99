import { gcpName } from '../../../contract/store-paths.ts'
import type { Listing, ListOptions } from '../backend.ts'
import type { SecretManager } from './secret-manager.ts'

/** The names of the secrets of a project, in the order in which Google lists them. */
export async function listSecrets(
  manager: SecretManager,
  parent: string,
  { prefix = '', after = '', limit, signal }: ListOptions,
): Promise<Listing> {
  if (prefix !== '' && !gcpName.test(prefix)) return { items: [] }
  const request = { parent, pageSize: limit, pageToken: after, filter: filterFor(prefix) }
  const { secrets, nextPageToken } = await manager.call('listSecrets', request, { signal })
  const names = (secrets ?? []).map(({ name }) => name?.split('/').at(-1) ?? '')
  return {
    items: names
      .filter((name) => gcpName.test(name) && name.startsWith(prefix))
      .map((path) => ({ path })),
    next: nextPageToken || undefined,
  }
}

/**
 * Google finds names that have something in them anywhere, in any case: this spares pages, and the
 * names are looked at again. https://cloud.google.com/secret-manager/docs/filtering
 */
const filterFor = (prefix: string): string =>
  /^[A-Za-z\d]/.test(prefix) && !/^(and|or|not)$/i.test(prefix) ? `name:${prefix}` : ''
