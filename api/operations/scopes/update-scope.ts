import type { FieldIssue } from '../../../contract/field-errors.ts'
import type { Transaction } from '../../database/database.ts'
import type { Scope } from '../../database/gen/client.ts'
import { Invalid, invalidField } from '../../errors.ts'
import { withinScope } from '../../scopes/scope-access.ts'
import { changing } from '../changing.ts'
import { requireScope } from '../living.ts'
import { operation, type Context } from '../operation.ts'
import type { Services } from '../services.ts'
import { refuseTaken } from '../taken.ts'
import { requireNarrower } from './require-narrower.ts'
import { toAnswer, withParents } from './scope-answer.ts'

export const updateScope = (services: Services) =>
  operation('UpdateScope', async ({ params: { id }, body }, context) =>
    refuseTaken('A scope below the same parent', () =>
      changing(services, context, ['Scope', id], async (transaction, row) => {
        const { name, parentId } = body
        if (row.parentId === null) refuseForRoot(body)
        const moved = parentId !== undefined && parentId !== row.parentId
        if (moved) await requireParent(transaction, context, row, parentId)
        const result = await transaction.scope.update({
          where: { id },
          data: {
            ...(name === undefined ? {} : { name }),
            ...(moved ? { parentId } : {}),
            revision: { increment: 1 },
          },
          include: withParents,
        })
        return {
          result: toAnswer(result),
          detail: { name, ...(moved ? { from: row.parentId, to: parentId } : {}) },
        }
      }),
    ),
  )

/** Where a scope is moved to: it must exist, be in reach of the caller, and not lie in what is moved. */
async function requireParent(
  transaction: Transaction,
  { principal }: Context,
  row: Scope,
  parentId: string,
): Promise<void> {
  const { organizationId } = row
  const within = { id: parentId, organizationId, AND: [withinScope(row.id)] }
  if ((await transaction.scope.count({ where: within })) > 0) {
    throw invalidField(
      'parentId',
      'cycle',
      'A scope cannot be moved under itself or under a scope that lies in it.',
    )
  }
  const parent = await requireScope(transaction, principal, organizationId, parentId, 'parentId')
  requireNarrower(row.kind, parent.kind, 'parentId')
}

function refuseForRoot(body: object): void {
  const details = {
    name: 'The root carries the name of its organization. Rename that, with PATCH /api/organizations/{id}.',
    parentId: 'The root is the organization itself and cannot be moved.',
  }
  const issues = Object.entries(details).flatMap(([key, detail]): FieldIssue[] =>
    key in body ? [{ path: [key], code: 'root_scope', detail }] : [],
  )
  if (issues.length > 0) throw new Invalid(issues)
}
