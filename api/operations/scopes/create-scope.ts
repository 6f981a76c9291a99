import { v7 as uuidv7 } from 'uuid'
import type { Transaction } from '../../database/database.ts'
import { visibleScopes } from '../../scopes/scope-access.ts'
import { asNamesake, creating } from '../creating.ts'
import { requireScope, scopeMeant } from '../living.ts'
import { organizationOf } from '../organization-of.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { requireNarrower } from './require-narrower.ts'
import { toAnswer, withParents } from './scope-answer.ts'

export const createScope = (services: Services) =>
  operation('CreateScope', async ({ body }, context) => {
    const { id = uuidv7(), kind, name, parentId } = body
    const { principal } = context
    const organizationId = await organizationOf(services.database, principal, body.organizationId)
    const making = {
      what: 'A scope below the same parent',
      kind: 'scope',
      id,
      organizationId,
      namesake: ({ scope }: Transaction) =>
        scope.findFirst({
          where: {
            ...visibleScopes(principal),
            ...{ organizationId, name, parent: scopeMeant(principal, parentId) },
          },
          select: asNamesake,
        }),
    }
    const row = await creating(services, context, making, async (transaction) => {
      const parent = await requireScope(
        transaction,
        principal,
        organizationId,
        parentId,
        'parentId',
      )
      requireNarrower(kind, parent.kind, 'kind')
      const row = await transaction.scope.create({
        data: { id, organizationId, kind, name, parentId: parent.id },
        include: withParents,
      })
      return { row, detail: { kind, name, parentId: parent.id } }
    })
    return toAnswer(row)
  })
