import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { ProviderType } from '../../contract/schemas/provider-types/index.ts'

/**
 * The optional dependencies without which no provider of a type can be used. They are loaded on first
 * use, as are others that one way or another to log in needs, which are missed only then.
 */
export const storePackages: Readonly<Record<ProviderType, readonly string[]>> = {
  vault: ['node-vault'],
  'aws-sm': ['@aws-sdk/client-secrets-manager'],
  'azure-kv': ['@azure/keyvault-secrets', '@azure/core-rest-pipeline'],
  'gcp-sm': ['@google-cloud/secret-manager'],
}

/** The first package of a type that is not installed; undefined when the type can be used. Loads none of them. */
export const missingPackage = (type: ProviderType): string | undefined =>
  storePackages[type].find((name) => !isInstalled(name))

/** By its folder: resolving it would fail for a package that exports nothing to `require`. */
function isInstalled(name: string): boolean {
  const places = createRequire(import.meta.url).resolve.paths(name) ?? []
  return places.some((place) => existsSync(join(place, name, 'package.json')))
}
