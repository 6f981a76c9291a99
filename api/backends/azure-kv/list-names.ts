import { BackendFailure, type Listing, type ListOptions } from '../backend.ts'
import type { KeyVaultClient } from './key-vault-client.ts'

/** Pages of Azure's that one of ours is made from at most: 500 names. */
const maxPages = 20

/**
 * Names of secrets. Azure cannot look for a prefix, so its pages are read until one of ours is full; in
 * a large vault where little matches one may be short, and even empty, and yet not the last.
 */
export async function listNames(
  client: KeyVaultClient,
  { prefix = '', after, limit, signal }: ListOptions,
): Promise<Listing> {
  const items: { path: string }[] = []
  let place: Place | undefined = after === undefined ? { index: 0 } : parsePlace(after)
  for (let pages = 0; place && items.length < limit && pages < maxPages; pages += 1) {
    const { page, index }: Place = place
    const { names, next } = await client.listNames({ after: page, signal })
    for (const [at, path] of names.entries()) {
      if (at < index || !path.toLowerCase().startsWith(prefix.toLowerCase())) continue
      if (items.length === limit) return { items, next: formatPlace({ page, index: at }) }
      items.push({ path })
    }
    place = next === undefined ? undefined : { page: next, index: 0 }
  }
  return { items, next: place && formatPlace(place) }
}

/** Where in the vault a page of ours begins: on which of Azure's, and so many names into it. */
interface Place {
  readonly page?: string | undefined
  readonly index: number
}

const formatPlace = ({ page = '', index }: Place): string =>
  `${index}.${Buffer.from(page).toString('base64url')}`

function parsePlace(text: string): Place {
  const [, index, page = ''] = /^(\d{1,3})\.([\w-]*)$/.exec(text) ?? []
  if (index === undefined) {
    throw new BackendFailure('path_invalid', 'No page of a listing begins there.', {
      notSent: true,
    })
  }
  const token = Buffer.from(page, 'base64url').toString('utf8')
  return { index: Number(index), page: token === '' ? undefined : token }
}
