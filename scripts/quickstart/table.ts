import type { Client } from '../../contract/client.ts'
import type { Answer } from '../../contract/schemas/index.ts'

type Envs = Answer<'ResolveWorkload'>['env']

/** Shows what an agent received: everything about its values but the values. */
export async function printEnvs(client: Pick<Client, 'call'>, envs: Envs): Promise<void> {
  const rows = await Promise.all(
    envs.map(async ({ name, value, encoding, secretId, version = '', fingerprint = '' }) => [
      name,
      await sourceOf(client, secretId),
      version,
      `${Buffer.byteLength(value, encoding)} bytes`,
      fingerprint,
    ]),
  )
  const table = [['ENV', 'SOURCE', 'VERSION', 'LENGTH', 'FINGERPRINT'], ...rows]
  const widths = table[0]?.map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  )
  console.log()
  for (const row of table) {
    console.log(
      `    ${row
        .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
        .join('  ')
        .trimEnd()}`,
    )
  }
  console.log()
}

async function sourceOf(
  client: Pick<Client, 'call'>,
  secretId: string | undefined,
): Promise<string> {
  if (secretId === undefined) return 'plain value'
  const secret = await client.call('GetSecret', { params: { id: secretId } })
  if (secret.storage !== 'remote' || secret.providerId === undefined) return secret.storage
  const { name } = await client.call('GetSecretProvider', { params: { id: secret.providerId } })
  return `${name}: ${secret.remotePath}${secret.remoteKey === undefined ? '' : `#${secret.remoteKey}`}`
}
