import { storePathComplaint } from '../../../contract/store-paths.ts'
import type { CallOptions, Listing, ListOptions } from '../backend.ts'
import type { Places } from './places.ts'
import { notKv1, saysVersioned } from './read-kv.ts'
import { type SecretPlace, spellPath } from './secret-place.ts'
import { type Members, objectMember, readAnswer, textMember, textsMember } from './vault-answer.ts'
import type { VaultClient } from './vault-client.ts'

/**
 * What is in one folder. Without a prefix, that is the mount of the settings; where they name none, the
 * mounts that the token may see. Vault answers all at once, the pages are ours.
 */
export async function list(
  client: VaultClient,
  places: Places,
  { prefix, after, limit, ...options }: ListOptions,
): Promise<Listing> {
  const folder = prefix || places.mount?.join('/')
  const items =
    folder === undefined
      ? await listMounts(client, options)
      : await places.folder(folder, options, (place) => listFolder(place, options))
  // A slash at the end tells a folder from a secret of its name: both may be there.
  const named = items.map((item) => ({ item, name: `${item.path}${item.folder ? '/' : ''}` }))
  const left = named
    .filter(({ name }) => after === undefined || name > after)
    .sort((one, other) => (one.name < other.name ? -1 : 1))
  const page = left.slice(0, limit)
  return {
    items: page.map(({ item }) => item),
    ...(left.length > limit && { next: page.at(-1)?.name }),
  }
}

type Items = Listing['items']

async function listFolder(place: SecretPlace, options: CallOptions): Promise<Items> {
  const { client, metadata, mount, name } = place
  const request = { method: 'GET', segments: metadata, query: { list: 'true' } } as const
  const { found, members } = readAnswer(await client.request(request, options))
  if (!found && mount.kvVersion === 1 && saysVersioned(members)) throw notKv1(mount)
  return textsMember(objectMember(members, 'data'), 'keys').flatMap((key) => {
    const path = spellPath({ ...place, name: [...name, key.replace(/\/$/, '')] })
    // A name that we would not take as a path is not offered.
    if (storePathComplaint('vault', path) !== undefined) return []
    return [key.endsWith('/') ? { path, folder: true } : { path }]
  })
}

async function listMounts(client: VaultClient, options: CallOptions): Promise<Items> {
  const segments = ['sys', 'internal', 'ui', 'mounts']
  const { members } = readAnswer(await client.request({ method: 'GET', segments }, options))
  const mounts: Members = objectMember(objectMember(members, 'data'), 'secret') ?? new Map()
  return [...mounts.keys()]
    .filter((name) => listedTypes.has(textMember(objectMember(mounts, name), 'type') ?? ''))
    .map((name) => ({ path: name.replace(/\/$/, ''), folder: true }))
}

/** Not a cubbyhole, which is another for each token. */
const listedTypes: ReadonlySet<string> = new Set(['kv', 'generic'])
