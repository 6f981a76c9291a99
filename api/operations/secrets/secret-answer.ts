import { MASK } from '../../../contract/masking.ts'
import { formatReference } from '../../../contract/reference.ts'
import type { Answer } from '../../../contract/schemas/index.ts'
import type { Prisma, Secret, SecretVersion } from '../../database/gen/client.ts'
import { isOwner, type Principal } from '../../principals/principal.ts'

/** What an answer needs besides the row itself. The sealed value is not among it. */
export const withCurrent = {
  versions: {
    where: { state: { in: ['current', 'pending'] } },
    select: { number: true, state: true, encoding: true, fingerprint: true },
  },
  provider: { select: { name: true, deletedAt: true } },
  _count: { select: { envs: true } },
} satisfies Prisma.SecretInclude

/** A secret with what `withCurrent` adds. */
export type SecretRow = Secret & {
  readonly provider: { readonly name: string; readonly deletedAt: Date | null } | null
  readonly versions: readonly Pick<SecretVersion, 'number' | 'state' | 'encoding' | 'fingerprint'>[]
  readonly _count: { readonly envs: number }
}

/** A secret as this principal may see it: nobody sees the value, owners see its fingerprint. */
export const toAnswer =
  (principal: Principal) =>
  (row: SecretRow): Answer<'GetSecret'> => {
    const current =
      row.storage === 'remote' ? undefined : row.versions.find(({ state }) => state === 'current')
    const pending = row.versions.some(({ state }) => state === 'pending')
    const fingerprint = isOwner(principal) ? current?.fingerprint : undefined
    return {
      id: row.id,
      organizationId: row.organizationId,
      scopeId: row.scopeId,
      name: row.name,
      category: row.category,
      ...(row.description === null ? {} : { description: row.description }),
      storage: row.storage,
      ...(current ? { value: MASK, version: String(current.number) } : {}),
      ...(pending ? { pending: true as const } : {}),
      ...(current?.encoding ? { encoding: current.encoding } : {}),
      ...(fingerprint ? { fingerprint } : {}),
      ...(row.providerId === null ? {} : { providerId: row.providerId }),
      ...(row.remotePath === null ? {} : { remotePath: row.remotePath }),
      ...(row.remoteKey === null ? {} : { remoteKey: row.remoteKey }),
      ...(row.remoteVersion === null ? {} : { remoteVersion: row.remoteVersion }),
      ...referenceOf(row),
      ...(row.expiresAt === null ? {} : { expiresAt: row.expiresAt.toISOString() }),
      ...rotationOf(row),
      ...(row.provider?.deletedAt ? { broken: true as const } : {}),
      ...(row.deletedAt === null ? {} : { deletedAt: row.deletedAt.toISOString() }),
      referenceCount: row._count.envs,
      revision: row.revision,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    }
  }

/** Shown of what is read from a provider. */
const referenceOf = ({ storage, provider, remotePath, remoteKey, remoteVersion }: SecretRow) =>
  storage !== 'remote' || provider === null || remotePath === null
    ? {}
    : {
        reference: formatReference({
          provider: provider.name,
          path: remotePath,
          ...(remoteKey === null ? {} : { key: remoteKey }),
          ...(remoteVersion === null ? {} : { version: remoteVersion }),
        }),
      }

/** Shown of what is to be rotated. */
const rotationOf = ({ rotateEvery, rotatedAt, rotateAt }: Secret) =>
  rotateEvery === null || rotateAt === null
    ? {}
    : { rotateEvery, rotatedAt: rotatedAt.toISOString(), rotateAt: rotateAt.toISOString() }
