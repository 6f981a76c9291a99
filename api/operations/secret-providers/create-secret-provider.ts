import { v7 as uuidv7 } from 'uuid'
import { parseConfig } from '../../../contract/schemas/provider-types/index.ts'
import { organizationOf } from '../organization-of.ts'
import { change, operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { refuseTaken } from '../taken.ts'
import { checkDestination } from './check-destination.ts'
import { toAnswer, withSecretCount } from './provider-answer.ts'
import { storeConfig } from '../../resolver/provider-config.ts'

export const createSecretProvider = ({ database, keyring, audit, outbound }: Services) =>
  operation('CreateSecretProvider', async ({ body }, context) => {
    const organizationId = await organizationOf(database, context.principal, body.organizationId)
    const config = parseConfig(body.type, body.config)
    checkDestination(outbound, body.type, config)
    const id = body.id ?? uuidv7()
    const stored = storeConfig(await keyring.of(organizationId), id, body.type, config)
    const row = await refuseTaken('A secret provider', () =>
      database.transaction(async (transaction) => {
        const made = await transaction.secretProvider.create({
          data: {
            id,
            organizationId,
            name: body.name,
            type: body.type,
            description: body.description ?? null,
            ...stored,
          },
          include: withSecretCount,
        })
        await audit.recordIn(
          transaction,
          change(
            context,
            organizationId,
            { kind: 'secret_provider', id },
            { name: made.name, type: made.type },
          ),
        )
        return made
      }),
    )
    return toAnswer(row)
  })
