import { isOwner } from '../../principals/principal.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { findVisible } from './find-visible.ts'

/** The versions that are kept, the newest first. A remote secret has those from when it was local. */
export const listSecretVersions = ({ database, pages }: Services) =>
  operation('ListSecretVersions', async ({ params: { id }, query }, { operation, principal }) => {
    const { organizationId } = await findVisible(database, id, principal)
    const list = pages.of(operation, organizationId, id)
    const [after] = list.position(query.cursor) ?? []
    const rows = await database.prisma.secretVersion.findMany({
      where: {
        organizationId,
        secretId: id,
        ...(after === undefined ? {} : { number: { lt: Number(after) } }),
      },
      select: { number: true, state: true, fingerprint: true, createdAt: true, createdBy: true },
      orderBy: { number: 'desc' },
      take: query.limit + 1,
    })
    return list.page(
      rows,
      query.limit,
      ({ number, state, fingerprint, createdAt, createdBy }) => ({
        version: String(number),
        state,
        ...(fingerprint !== null && isOwner(principal) ? { fingerprint } : {}),
        createdAt: createdAt.toISOString(),
        createdBy,
      }),
      ({ number }) => [String(number)],
    )
  })
