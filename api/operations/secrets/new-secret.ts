import type { Input } from '../../../contract/schemas/index.ts'
import { nextRotation } from '../../custody/next-rotation.ts'
import type { Transaction } from '../../database/database.ts'
import { visibleScopes } from '../../scopes/scope-access.ts'
import { asNamesake, type Making } from '../creating.ts'
import { scopeMeant } from '../living.ts'
import type { Context } from '../operation.ts'

/** A secret that is to be made: in the database alone, or also in a store. */
export interface NewSecret {
  readonly id: string
  readonly organizationId: string
  readonly body: Input<'CreateSecret'>['body']
}

/** What is to be made, for who makes it. */
export const announced = (
  { principal }: Context,
  { id, organizationId, body }: NewSecret,
): Making => ({
  what: 'A secret',
  kind: 'secret',
  id,
  organizationId,
  namesake: ({ secret }: Transaction) =>
    secret.findFirst({
      where: {
        ...{ organizationId, name: body.name, deletedAt: null },
        scope: { AND: [visibleScopes(principal), scopeMeant(principal, body.scopeId)] },
      },
      select: asNamesake,
    }),
})

/** Columns that do not depend on where the value is. */
export function columnsOfNew({ id, organizationId, body }: NewSecret, scopeId: string) {
  const { name, category, description = null, rotateEvery = null, expiresAt } = body
  const now = new Date()
  return {
    ...{ id, organizationId, scopeId, name, category, description },
    expiresAt: expiresAt === undefined ? null : new Date(expiresAt),
    rotateEvery,
    rotatedAt: now,
    rotateAt: nextRotation(now, rotateEvery),
  }
}
