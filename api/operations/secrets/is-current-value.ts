import type { Database } from '../../database/database.ts'
import type { Secret, SecretVersion } from '../../database/gen/client.ts'

/** Whether a secret has this very value already, written in the same way. */
export async function isCurrentValue(
  { prisma }: Database,
  { id: secretId, organizationId, currentVersion }: Secret,
  { fingerprint, encoding }: Pick<SecretVersion, 'fingerprint' | 'encoding'>,
): Promise<boolean> {
  const where = { organizationId, secretId, number: currentVersion ?? 0, fingerprint, encoding }
  return (await prisma.secretVersion.count({ where })) > 0
}
