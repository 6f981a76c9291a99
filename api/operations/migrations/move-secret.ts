import { v7 as uuidv7 } from 'uuid'
import { isKeptBy, requireFits, requireKeeper, type Keeper } from '../../custody/keeper.ts'
import type { StoredSecret } from '../../backends/backend.ts'
import { choosePath, pathTaken } from '../../custody/managed-path.ts'
import { refusalOf } from '../../custody/write-failed.ts'
import { asBackendFailure } from '../../resolver/as-backend-failure.ts'
import type { Migration, Secret } from '../../database/gen/client.ts'
import { AppError, Invalid } from '../../errors.ts'
import { ResolutionFailed } from '../../resolver/resolution-failed.ts'
import type { Context } from '../operation.ts'
import { changeSecret } from '../secrets/change-secret.ts'
import { readValue } from '../secrets/read-value.ts'
import type { Services } from '../services.ts'

/** How it went with one secret. */
export type Moved =
  | { readonly state: 'moved' | 'skipped' }
  | { readonly state: 'failed'; readonly code: string; readonly detail: string }

/**
 * Moves one secret as an update of it would, or in a dry run does all of that but the writing. What
 * stands against it is its outcome; rejects only when nothing can be said of it, as without database.
 */
export async function moveSecret(
  services: Services,
  migration: Migration,
  secretId: string,
  signal: AbortSignal,
): Promise<Moved> {
  const { organizationId, storage, providerId, dryRun } = migration
  const secret = await services.database.prisma.secret.findFirst({
    where: { id: secretId, organizationId, deletedAt: null },
  })
  if (!secret) return { state: 'skipped' }
  try {
    const keeper =
      storage === 'local' ? undefined : await requireKeeper(services, organizationId, providerId)
    if (isThere(secret, keeper)) {
      return { state: (await isOurs(services, migration, secret)) ? 'moved' : 'skipped' }
    }
    const context = contextOf(migration, signal)
    if (dryRun) await tryToMove(services, context, secret, keeper)
    else {
      const body = storage === 'local' ? { storage } : { storage: 'managed' as const, providerId }
      const moved = await changeSecret(services, context, secretId, body)
      if (!isThere(moved, keeper)) throw new Error('A secret was moved, and is not there.')
    }
    return { state: 'moved' }
  } catch (error) {
    if (error instanceof AppError) return { state: 'failed', ...reasonOf(error) }
    throw error
  }
}

const isThere = (secret: Secret, keeper: Keeper | undefined): boolean =>
  keeper ? isKeptBy(secret, keeper) : secret.storage === 'local'

/** Reads the value where it is, and makes sure that it would fit where it is to go. */
async function tryToMove(
  services: Services,
  context: Context,
  secret: Secret,
  keeper: Keeper | undefined,
): Promise<void> {
  const value = await readValue(services, context, secret)
  if (!keeper) return
  requireFits(keeper, value)
  await requireFree(services, context, secret, keeper)
}

/** Nothing is at the path that it would have. */
async function requireFree(
  { database }: Services,
  { signal }: Context,
  { id, organizationId, name, scopeId }: Secret,
  keeper: Keeper,
): Promise<void> {
  const { parentId } = await database.prisma.scope.findUniqueOrThrow({ where: { id: scopeId } })
  const scope = { id: scopeId, isRoot: parentId === null }
  const path = await choosePath(database, keeper, { id, organizationId, name, scope })
  let found: StoredSecret | null
  try {
    found = await (await keeper.open()).read(path, { signal })
  } catch (error) {
    const failure = asBackendFailure(error)
    const isThere = failure.code === 'version_deleted' || failure.code === 'secret_disabled'
    throw isThere
      ? pathTaken()
      : refusalOf(failure, { secretId: id, secretName: name, path, keeper })
  }
  if (found) throw pathTaken()
}

/** It was moved by this migration, by a process that was gone before it could say so. */
async function isOurs(
  { database }: Services,
  migration: Migration,
  { id: secretId, organizationId, currentVersion }: Secret,
): Promise<boolean> {
  const found = await database.prisma.secretVersion.count({
    where: {
      ...{ organizationId, secretId, number: currentVersion ?? 0 },
      createdBy: nameOf(migration),
      createdAt: { gte: migration.createdAt },
    },
  })
  return found > 0
}

const nameOf = ({ createdBy }: Migration): string => `migration of ${createdBy}`

/** Whoever began it may be gone: it acts for the organization, in the name of who began it. */
const contextOf = (migration: Migration, signal: AbortSignal): Context => ({
  operation: 'MigrateSecrets',
  principal: {
    kind: 'token',
    id: migration.id,
    name: nameOf(migration),
    role: 'owner',
    organizationId: migration.organizationId,
  },
  requestId: uuidv7(),
  signal,
  ifMatch: undefined,
})

function reasonOf(error: AppError): { readonly code: string; readonly detail: string } {
  if (error instanceof ResolutionFailed) {
    const [first] = error.failures
    if (first) return { code: first.code, detail: first.detail }
  }
  if (error instanceof Invalid) {
    const [first] = error.issues
    return { code: 'conflict', detail: first?.detail ?? error.message }
  }
  return { code: error.code === 'path_taken' ? 'path_taken' : 'conflict', detail: error.message }
}
