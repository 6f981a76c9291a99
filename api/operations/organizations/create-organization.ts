import { v7 as uuidv7 } from 'uuid'
import { idTaken } from '../../errors.ts'
import type { Transaction } from '../../database/database.ts'
import { asNamesake, creating } from '../creating.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { DEPLOYMENTS_DEFAULT, planDefaultStorage } from './default-storage.ts'
import { toAnswer, withRoot } from './organization-answer.ts'

export const createOrganization = (services: Services) =>
  operation('CreateOrganization', async ({ body: { id = uuidv7(), name, ...body } }, context) => {
    const storage = planDefaultStorage(services, DEPLOYMENTS_DEFAULT, body)
    const made = {
      what: 'An organization',
      kind: 'organization',
      id,
      organizationId: id,
      namesake: ({ organization }: Transaction) =>
        organization.findUnique({ where: { name }, select: asNamesake }),
    }
    const row = await creating(services, context, made, async (transaction) => {
      // Other processes may still hold the keys of one that was deleted, and the audit log speaks of it.
      if (await transaction.auditEvent.findFirst({ where: { organizationId: id } })) {
        throw idTaken()
      }
      await transaction.organization.create({ data: { id, name, ...storage } })
      await transaction.scope.create({
        data: { id: uuidv7(), organizationId: id, kind: 'organization', name },
      })
      await services.keyring.create(transaction, id)
      const row = await transaction.organization.findUniqueOrThrow({
        where: { id },
        include: withRoot,
      })
      return { row, detail: { name, defaultStorage: storage.defaultStorage } }
    })
    return toAnswer(services, row)
  })
