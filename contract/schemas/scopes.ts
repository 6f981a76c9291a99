import * as z from 'zod'
import {
  byId,
  id,
  name,
  organizationId,
  ownId,
  page,
  paging,
  searched,
  stamps,
  wellFormed,
} from './common.ts'
import { scopeKinds } from '../scope-kinds.ts'
import { storages } from './secrets.ts'

const scopeKind = z.enum(scopeKinds)

export const Scope = z
  .strictObject({
    id,
    organizationId,
    kind: scopeKind,
    name,
    parentId: id.optional().describe('Absent for the root, which is the organization.'),
    path: z
      .array(z.string())
      .describe('Names of the scopes from below the root down to this one; empty for the root.'),
    ...stamps,
  })
  .meta({ id: 'Scope' })

const place = { secretId: id, scopeId: id, scopeKind }

/** What one name means in a scope, and why. */
export const EffectiveSecret = z
  .strictObject({
    name: z.string(),
    ...place,
    storage: z.enum(storages),
    passedOver: z
      .array(z.strictObject(place))
      .describe('Secrets of the same name in wider scopes, the nearest first.'),
  })
  .meta({ id: 'EffectiveSecret' })

export const scopes = {
  CreateScope: {
    body: z.strictObject({
      id: ownId,
      organizationId: organizationId.optional(),
      kind: z
        .enum(['team', 'workspace', 'project'], 'Give team, workspace or project.')
        .describe(
          'How wide it is. It must be narrower than its parent: organization > team > workspace > project.',
        ),
      name,
      parentId: id
        .optional()
        .describe(
          'The scope it lies in. When left out: the one that the token is limited to, else the root.',
        ),
    }),
    answer: Scope,
  },
  ListScopes: {
    query: z.strictObject({
      ...paging,
      organizationId: organizationId.optional(),
      kind: z.enum(scopeKinds, 'Give organization, team, workspace or project.').optional(),
      parentId: id.optional(),
      name: searched,
      q: searched.describe('Part of the name.'),
      path: wellFormed(1000)
        .optional()
        .describe('Names from below the root, such as `payments/eu`: finds that one scope.'),
    }),
    answer: page(Scope),
  },
  GetScope: { params: byId, answer: Scope },
  UpdateScope: {
    params: byId,
    body: z.strictObject({
      name: name.optional(),
      parentId: id.optional().describe('Moves it below another scope, which must be wider.'),
    }),
    answer: Scope,
  },
  DeleteScope: { params: byId },
  ExplainScope: {
    params: byId,
    query: z.strictObject({ ...paging, name: searched }),
    answer: page(EffectiveSecret),
  },
}
