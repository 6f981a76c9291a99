import type { ForeignState } from '../../plugin/index.ts'

/**
 * State of the older provider, in Go, in today's names: `title` is `name`, `remote_name` is
 * `remote_path`, `secret_provider_id` is `provider_id`. Ids are the same, so the refresh that follows
 * completes it; state of this provider's own first version passes through as it is.
 */
export function fromOlderProvider({ state }: Pick<ForeignState, 'state'>): Record<string, unknown> {
  const { title, remote_name, secret_provider_id, ...rest } = state
  return {
    ...rest,
    name: rest['name'] ?? title ?? null,
    ...(remote_name === undefined ? {} : { remote_path: rest['remote_path'] ?? remote_name }),
    ...(secret_provider_id === undefined
      ? {}
      : { provider_id: rest['provider_id'] ?? secret_provider_id }),
  }
}

/** Whether an object of another provider can become ours: it has an id of ours. */
export const isOlder = (
  { type, state }: { readonly type: string } & Pick<ForeignState, 'state'>,
  ours: string,
): boolean => type === ours && typeof state['id'] === 'string'
