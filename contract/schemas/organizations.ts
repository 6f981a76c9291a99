import * as z from 'zod'
import { byId, id, name, ownId, page, paging, searched, stamps } from './common.ts'

/** Where a secret goes that is given a value and no provider. */
const defaultStorage = z
  .literal('local', 'This deployment keeps values locally; give "local" or leave it out.')
  .describe('Where the values of new secrets are kept.')

export const Organization = z
  .strictObject({
    id,
    name,
    rootScopeId: id.describe('The scope that holds what belongs to the whole organization.'),
    defaultStorage: z.enum(['local', 'remote', 'managed']),
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
    body: z.strictObject({ name: name.optional(), defaultStorage: defaultStorage.optional() }),
    answer: Organization,
  },
  DeleteOrganization: { params: byId },
}
