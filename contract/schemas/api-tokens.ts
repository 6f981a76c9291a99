import * as z from 'zod'
import {
  byId,
  id,
  name,
  organizationId,
  ownId,
  page,
  paging,
  rotateEvery,
  searched,
  time,
} from './common.ts'

export const tokenRole = z
  .enum(
    ['owner', 'member', 'orchestrator', 'llm_proxy'],
    'Give owner, member, orchestrator or llm_proxy.',
  )
  .describe(
    'owner: reads and changes everything but values. member: reads. orchestrator: resolves workloads. llm_proxy: resolves what LLM providers use.',
  )

const fields = {
  id,
  organizationId,
  name,
  role: tokenRole,
  scopeId: id.optional().describe('Limits the token to a scope and those below it.'),
  prefix: z.string().describe('How the token begins, to tell it from others.'),
  expiresAt: time,
  rotateEvery: z.string().optional(),
  rotateAt: time.optional().describe('When the next token should have taken over.'),
  lastUsedAt: time.optional().describe('Accurate to a minute.'),
  createdAt: time,
}

export const ApiToken = z.strictObject(fields).meta({ id: 'ApiToken' })

const CreatedApiToken = z
  .strictObject({
    ...fields,
    token: z.string().describe('The token. It is shown this once and kept only as a hash.'),
  })
  .meta({ id: 'CreatedApiToken' })

export const WhoAmI = z
  .strictObject({
    kind: z.enum(['admin', 'token']),
    id,
    name: z.string(),
    role: z.enum(['admin', ...tokenRole.options]),
    organizationId: id.optional().describe('Absent for an admin, who belongs to the deployment.'),
    scopeId: id.optional(),
    expiresAt: time.optional(),
  })
  .meta({ id: 'WhoAmI' })

export const apiTokens = {
  WhoAmI: { answer: WhoAmI },
  CreateApiToken: {
    body: z.strictObject({
      id: ownId,
      organizationId: organizationId.optional(),
      name,
      role: tokenRole,
      scopeId: id
        .optional()
        .describe(
          'Limits the token to a scope and those below it; it reads what is above without values. When left out, it reaches as far as the token that makes it.',
        ),
      expiresAt: time.optional().describe('90 days from now when left out.'),
      rotateEvery: rotateEvery.optional(),
    }),
    answer: CreatedApiToken,
  },
  ListApiTokens: {
    query: z.strictObject({
      ...paging,
      organizationId: organizationId.optional(),
      name: searched,
    }),
    answer: page(ApiToken),
  },
  GetApiToken: { params: byId, answer: ApiToken },
  UpdateApiToken: { params: byId, body: z.strictObject({ name }), answer: ApiToken },
  RevokeApiToken: { params: byId },
}
