import { notFound } from '../../errors.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { toAnswer, withRoot } from './organization-answer.ts'

export const getOrganization = (services: Services) =>
  operation('GetOrganization', async ({ params: { id } }, { principal }) => {
    const mine = principal.organizationId === undefined || principal.organizationId === id
    const row =
      mine &&
      (await services.database.prisma.organization.findUnique({ where: { id }, include: withRoot }))
    if (!row) throw notFound()
    return toAnswer(services, row)
  })
