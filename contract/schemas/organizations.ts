import * as z from 'zod'
import { byId, id, name, ownId, page, paging, searched, stamps } from './common.ts'
import { withRules } from './rule.ts'

/** Where a secret goes that is given a value and no provider. */
const defaultStorage = z
  .enum(['local', 'managed'], 'Give local or managed: new values are kept here, or in a store.')
  .describe(
    "Where the values of new secrets are kept: here, or in a store: that of `defaultProviderId`, else the deployment's. The deployment's default when left out or null.",
  )

const defaultProviderId = id.describe(
  'Secret provider of the organization that keeps the values of new secrets.',
)

export const Organization = z
  .strictObject({
    id,
    name,
    rootScopeId: id.describe('The scope that holds what belongs to the whole organization.'),
    defaultStorage: z.enum(['local', 'managed']).describe('Where new values go now.'),
    defaultProviderId: id.optional(),
    ...stamps,
  })
  .meta({ id: 'Organization' })

export const organizations = {
  CreateOrganization: {
    body: z.strictObject({ id: ownId, name, defaultStorage: defaultStorage.optional() }),
    answer: Organization,
  },
  ListOrganizations: {
    query: z.strictObject({ ...paging, name: searched }),
    answer: page(Organization),
  },
  GetOrganization: { params: byId, answer: Organization },
  UpdateOrganization: {
    params: byId,
    body: withRules(
      z.strictObject({
        name: name.optional(),
        defaultStorage: defaultStorage.nullable().optional(),
        defaultProviderId: defaultProviderId.nullable().optional(),
      }),
      ({ defaultStorage, defaultProviderId }) =>
        defaultStorage !== undefined &&
        defaultStorage !== 'managed' &&
        typeof defaultProviderId === 'string'
          ? [
              {
                path: ['defaultProviderId'],
                code: 'conflict',
                detail:
                  'A provider keeps new values with `managed` alone: leave one of the two out.',
              },
            ]
          : [],
    ),
    answer: Organization,
  },
  DeleteOrganization: { params: byId },
}
