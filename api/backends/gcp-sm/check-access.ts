import type { CallOptions, CheckReport } from '../backend.ts'
import { isRefused } from './google-refusal.ts'
import type { SecretManager } from './secret-manager.ts'

/**
 * Asks Google what these credentials may do in a project. There is no value-free way to ask about all
 * of it at once, so one secret is asked about: a yes is a yes, at least there, and a no says nothing.
 */
export async function checkAccess(
  manager: SecretManager,
  parent: string,
  options: CallOptions,
): Promise<CheckReport['can']> {
  const listing = await manager
    .call('listSecrets', { parent, pageSize: 1 }, options)
    .catch((error: unknown) => {
      if (isRefused(error, 'PERMISSION_DENIED')) return null
      throw error
    })
  const resource = listing?.secrets?.[0]?.name
  const granted = resource ? await permissionsOn(manager, resource, options) : []
  return {
    read: granted.includes(access) || 'unknown',
    write: granted.includes(add) || 'unknown',
    list: listing !== null,
  }
}

const access = 'secretmanager.versions.access'
const add = 'secretmanager.versions.add'

async function permissionsOn(
  manager: SecretManager,
  resource: string,
  options: CallOptions,
): Promise<readonly string[]> {
  const request = { resource, permissions: [access, add] }
  try {
    return (await manager.call('testIamPermissions', request, options)).permissions ?? []
  } catch (error) {
    // Others that speak its API have no such call.
    if (isRefused(error, 'NOT_FOUND', 'PERMISSION_DENIED', 'UNIMPLEMENTED')) return []
    throw error
  }
}
