import type { ProviderType } from './registry.ts'
import { parseVaultPath } from './vault/vault-path.ts'

/** Throws a `BackendFailure` with `path_invalid` for a path that this type of store could not hold. Nothing is contacted. */
export function checkPath(type: ProviderType, path: string): void {
  checks[type](path)
}

const checks = { vault: parseVaultPath } satisfies Record<ProviderType, (path: string) => unknown>
