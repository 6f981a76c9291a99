import * as z from 'zod'
import { sensitive } from '../masking.ts'
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
    token: z
      .string()
      .optional()
      .describe(
        'The token. It is shown this once and kept only as a hash; absent when you gave it.',
      ),
  })
  .meta({ id: 'CreatedApiToken' })

/**
 * A token that the caller made. Terraform needs it: it can then give a token to the API and to whatever
 * uses it by write-only arguments, and no answer brings one that would have to be kept in state.
 */
const ownToken = sensitive(
  z
    .string()
    .regex(
      /^agyn_[0-9A-Za-z]{49}$/,
      'Give `agyn_`, 43 random letters and digits, and their checksum of 6; or leave it out, and one is made.',
    )
    .refine(
      (token) => new Set(token.slice('agyn_'.length, -6)).size >= LEAST_DIFFERENT_CHARACTERS,
      'This can be guessed. Draw all 43 characters at random; or leave it out, and one is made.',
    ),
).describe(
  'A token that you made yourself, so that you know it before it exists and no answer shows it. `agyn_`, 43 characters of 0-9, A-Z and a-z drawn at random, and a checksum of 6: the first 48 bits of the SHA-256 of the 43, written to the base 62 with these digits in this order, the lowest first. One is made, and shown in the answer, when left out.',
)

/** Of 43 drawn at random some 31 differ, and never so few as this. */
const LEAST_DIFFERENT_CHARACTERS = 16

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
      token: ownToken.optional(),
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
  UpdateApiToken: {
    params: byId,
    body: z.strictObject({
      name: name.optional(),
      expiresAt: time
        .optional()
        .describe(
          'Another end of its life, while it lasts: who may make such a token may prolong it.',
        ),
    }),
    answer: ApiToken,
  },
  RevokeApiToken: { params: byId },
}
