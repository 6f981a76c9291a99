import { isUtf8 } from 'node:buffer'
import type { Answer } from '../../../contract/schemas/index.ts'
import { BackendFailure, type SecretBackend, type StoredSecret } from '../../backends/backend.ts'
import { readJson } from '../../backends/json-members.ts'
import { within } from '../../deadline.ts'
import { notFound, Refused } from '../../errors.ts'
import { asBackendFailure } from '../../resolver/as-backend-failure.ts'
import { openProvider } from '../../resolver/open-provider.ts'
import { ResolutionFailed, toFailure } from '../../resolver/resolution-failed.ts'
import { visibleTo } from '../../scopes/scope-access.ts'
import { operation } from '../operation.ts'
import type { List } from '../paging.ts'
import { audited } from '../resolve/audited.ts'
import type { Services } from '../services.ts'
import { WAITING_MS } from './try-provider.ts'

type Page = Answer<'BrowseSecretProvider'>

/** Shows what is in a store, by name. Who asks is recorded before the answer leaves, as with values. */
export const browseSecretProvider = ({ database, keyring, audit, backends, pages }: Services) =>
  operation('BrowseSecretProvider', async ({ params: { id }, query }, context) => {
    const row = await database.prisma.secretProvider.findFirst({
      where: { id, ...visibleTo(context.principal), deletedAt: null },
    })
    if (!row) throw notFound()
    if (!row.allowBrowse) throw new Refused('forbidden', NOT_ALLOWED)
    const { organizationId, name: providerName } = row
    const { path, prefix, limit, cursor } = query
    const list = pages.of(context.operation, organizationId, JSON.stringify([id, prefix ?? null]))
    const after = list.position(cursor)?.[0] ?? undefined
    const look = async (backend: SecretBackend, signal: AbortSignal): Promise<Page> =>
      path === undefined
        ? pageOf(list, await backend.list({ prefix, after, limit, signal }))
        : { items: [await keysAt(backend, path, signal)], nextCursor: null }

    const resource = { kind: 'secret_provider', id }
    const about = { organizationId, resource, detail: { path, prefix } }
    return await audited(audit, context, about, async () => {
      try {
        const backend = await openProvider({ keyring, backends }, row)
        const answer = await within(WAITING_MS, (inTime) => look(backend, inTime), context.signal)
        return { answer, detail: { shown: answer.items.length } }
      } catch (error) {
        const failure = toFailure(asBackendFailure(error))
        const where = path === undefined ? {} : { path }
        throw new BrowsingFailed([{ providerId: id, providerName, ...where, ...failure }])
      }
    })
  })

const NOT_ALLOWED =
  'This provider does not let itself be browsed. To allow it, change it with { "allowBrowse": true }.'

class BrowsingFailed extends ResolutionFailed {
  protected override sentence(): string {
    return 'The store could not be browsed.'
  }
}

function pageOf(list: List, { items, next }: Awaited<ReturnType<SecretBackend['list']>>): Page {
  return {
    items: items.map(({ path, folder }) => ({ path, ...(folder ? { folder } : {}) })),
    nextCursor: next === undefined ? null : list.cursor([next]),
  }
}

async function keysAt(
  backend: SecretBackend,
  path: string,
  signal: AbortSignal,
): Promise<Page['items'][number]> {
  const stored = await backend.read(path, { signal })
  if (!stored) throw new BackendFailure('path_missing', 'The provider has nothing at this path.')
  const keys = keysOf(stored)
  return { path, ...(keys ? { keys } : {}) }
}

/** The names alone; undefined for what is no JSON object, and has none. */
function keysOf({ value }: StoredSecret): string[] | undefined {
  const bytes = value.reveal()
  const json = isUtf8(bytes) ? readJson(bytes.toString('utf8')) : null
  return json?.kind === 'object' ? [...json.members.keys()] : undefined
}
