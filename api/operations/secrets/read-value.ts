import type { NewValue } from '../../custody/store-value.ts'
import type { Secret } from '../../database/gen/client.ts'
import { invalidField } from '../../errors.ts'
import { secretFinder } from '../../resolver/find-secrets.ts'
import type { Resolved, WantedSecret } from '../../resolver/resolver.ts'
import { audited } from '../resolve/audited.ts'
import type { Context } from '../operation.ts'
import type { Services } from '../services.ts'

type Named = Pick<Secret, 'id' | 'name' | 'organizationId'>

/**
 * The value that a secret has now, wherever it is, to be kept in another place. Rejects with
 * `ResolutionFailed`, and with `provider_deleted` on `storage` when it is out of reach for good.
 */
export async function readValue(
  services: Services,
  context: Context,
  secret: Secret,
): Promise<NewValue> {
  const { id: secretId, organizationId } = secret
  await requireLiving(services, secret)
  const find = secretFinder(services.database)
  const wanted = await find({ organizationId, secretId, forLlmProvider: false })
  if (!wanted) throw new Error('A secret that is there was not found.')
  const { value } = await read(services, context, wanted)
  const bytes = 'writtenAsBytes' in wanted.place && wanted.place.writtenAsBytes
  return { value, encoding: bytes ? 'base64' : value.encode().encoding }
}

/** Reads a place that a secret is to be read from. */
export const readPlace = (
  services: Services,
  context: Context,
  { id, name, organizationId }: Named,
  place: WantedSecret['place'],
): Promise<Resolved> => read(services, context, { id, name, organizationId, deleted: false, place })

const read = (
  { audit, resolver }: Services,
  context: Context,
  secret: WantedSecret,
): Promise<Resolved> => {
  const { id, organizationId, place } = secret
  const about = { organizationId, resource: { kind: 'secret', id } }
  return audited(audit, context, about, async () => {
    const [resolved] = await resolver.resolve([{ secret }], context)
    if (!resolved) throw new Error('The resolver answered nothing.')
    const path = 'path' in place ? { path: place.path } : {}
    return { answer: resolved, detail: { ...path, version: resolved.version } }
  })
}

/** The place to be left behind must still be there to be read. */
async function requireLiving(
  { database }: Services,
  { providerId: id }: Pick<Secret, 'providerId'>,
): Promise<void> {
  if (id === null) return
  if ((await database.prisma.secretProvider.count({ where: { id, deletedAt: null } })) > 0) return
  throw invalidField(
    'storage',
    'provider_deleted',
    'The provider of this secret was deleted, so its value cannot be read any more. Give `value` as well.',
  )
}
