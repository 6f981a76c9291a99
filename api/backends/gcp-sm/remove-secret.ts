import type { OwnOptions, RemoveOptions } from '../backend.ts'
import type { Secret } from './calls.ts'
import { isRefused } from './google-refusal.ts'
import { ownSecret } from './own-secret.ts'
import type { SecretManager } from './secret-manager.ts'
import { formatRanges, parseRanges } from './version-ranges.ts'

/**
 * Google has no soft delete, but versions can be disabled. An annotation remembers which ones we have,
 * so that restoring enables those, and none that somebody had disabled before.
 */
export async function removeSecret(
  manager: SecretManager,
  name: string,
  options: RemoveOptions,
): Promise<void> {
  const secret = await ownSecret(manager, name, options)
  if (!secret) return
  if (options.forGood) return deleteSecret(manager, name, options)

  const enabled = await enabledVersions(manager, name, options)
  if (enabled.length === 0) return
  // Written down before it is done, and added to what a removal that was cut short has done.
  const disabled = [...disabledByUs(secret), ...enabled]
  await annotate(manager, secret, name, formatRanges(disabled), options)
  await forEachVersion(manager, 'disableSecretVersion', name, enabled, options)
}

export async function restoreSecret(
  manager: SecretManager,
  name: string,
  options: OwnOptions,
): Promise<void> {
  const secret = await ownSecret(manager, name, options)
  const disabled = secret ? disabledByUs(secret) : []
  if (!secret || disabled.length === 0) return
  await forEachVersion(manager, 'enableSecretVersion', name, disabled, options)
  await annotate(manager, secret, name, undefined, options)
}

const annotation = 'agyn-disabled-versions'

const disabledByUs = ({ annotations }: Secret): readonly number[] =>
  parseRanges(annotations?.[annotation] ?? '')

async function deleteSecret(
  manager: SecretManager,
  name: string,
  options: OwnOptions,
): Promise<void> {
  try {
    await manager.call('deleteSecret', { name }, options)
  } catch (error) {
    if (!isRefused(error, 'NOT_FOUND')) throw error
  }
}

async function annotate(
  manager: SecretManager,
  { labels, annotations = {} }: Secret,
  name: string,
  value: string | undefined,
  options: OwnOptions,
): Promise<void> {
  const others = Object.entries(annotations ?? {}).filter(([key]) => key !== annotation)
  const changed = Object.fromEntries(
    value === undefined ? others : [...others, [annotation, value]],
  )
  // The mask says that only the annotations are meant; not every server of this API heeds it.
  const secret = { name, labels: labels ?? {}, annotations: changed }
  await manager.call('updateSecret', { secret, updateMask: { paths: ['annotations'] } }, options)
}

async function enabledVersions(
  manager: SecretManager,
  parent: string,
  options: OwnOptions,
): Promise<readonly number[]> {
  const found: number[] = []
  let pageToken = ''
  do {
    const request = { parent, pageToken, pageSize: 1000, filter: 'state:ENABLED' }
    const answer = await manager.call('listSecretVersions', request, options)
    for (const { name, state } of answer.versions ?? []) {
      const number = Number(/\/versions\/(\d+)$/.exec(name ?? '')?.[1])
      if (state === 'ENABLED' && number > 0) found.push(number)
    }
    pageToken = answer.nextPageToken ?? ''
  } while (pageToken !== '')
  return found
}

async function forEachVersion(
  manager: SecretManager,
  method: 'enableSecretVersion' | 'disableSecretVersion',
  name: string,
  versions: readonly number[],
  options: OwnOptions,
): Promise<void> {
  const each = async (version: number) => {
    try {
      await manager.call(method, { name: `${name}/versions/${version}` }, options)
    } catch (error) {
      // Destroyed in the meantime: there is nothing left to disable, or to have back.
      if (!isRefused(error, 'FAILED_PRECONDITION', 'NOT_FOUND')) throw error
    }
  }
  await Promise.all(versions.map(each))
}
