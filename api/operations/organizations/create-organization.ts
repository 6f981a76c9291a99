import { v7 as uuidv7 } from 'uuid'
import { idTaken } from '../../errors.ts'
import type { Services } from '../services.ts'
import { refuseTaken } from '../taken.ts'
import { change, operation } from '../operation.ts'
import { toAnswer, withRoot } from './organization-answer.ts'

export const createOrganization = ({ database, keyring, audit }: Services) =>
  operation('CreateOrganization', async ({ body }, context) => {
    const id = body.id ?? uuidv7()
    return await refuseTaken('An organization', () =>
      database.transaction(async (transaction) => {
        // Other processes may still hold the keys of one that was deleted, and the audit log speaks of it.
        if (await transaction.auditEvent.findFirst({ where: { organizationId: id } })) {
          throw idTaken()
        }
        await transaction.organization.create({ data: { id, name: body.name } })
        await transaction.scope.create({
          data: { id: uuidv7(), organizationId: id, kind: 'organization', name: body.name },
        })
        await keyring.create(transaction, id)
        await audit.recordIn(
          transaction,
          change(context, id, { kind: 'organization', id }, { name: body.name }),
        )
        return toAnswer(
          await transaction.organization.findUniqueOrThrow({ where: { id }, include: withRoot }),
        )
      }),
    )
  })
