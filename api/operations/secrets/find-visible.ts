import type { Database } from '../../database/database.ts'
import { notFound } from '../../errors.ts'
import type { Principal } from '../../principals/principal.ts'
import { visibleSecrets } from '../../scopes/scope-access.ts'

/** Where a secret that the principal sees belongs. Deleted ones too: what is known of them is still asked for. */
export async function findVisible(
  { prisma }: Database,
  id: string,
  principal: Principal,
): Promise<{ readonly organizationId: string; readonly scopeId: string }> {
  const secret = await prisma.secret.findFirst({
    where: { id, ...visibleSecrets(principal) },
    select: { organizationId: true, scopeId: true },
  })
  if (!secret) throw notFound()
  return secret
}
