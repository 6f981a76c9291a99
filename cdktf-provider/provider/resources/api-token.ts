import type { Call } from '../../../contract/schemas/index.ts'
import {
  isUnknown,
  number,
  resource,
  TerraformError,
  text,
  timeouts,
  unknownValue,
  type Diagnostics,
  type Draft,
  type Path,
  type Proposed,
  type State,
} from '../../plugin/index.ts'
import type { Subject } from '../api/api-errors.ts'
import { badImport, isUuid } from '../import-id.ts'
import { newId } from '../new-id.ts'
import { organizationId, organizationIdIn, planOrganizationId } from '../organization-id.ts'
import { sameInstant } from '../same-instant.ts'
import type { Session } from '../api/session.ts'
import { validateBody } from '../validate-body.ts'

const attributes = {
  id: text('Id of the token. It is not the token, and no secret.').computed({ keeps: true }),
  organization_id: organizationId,
  name: text('Name, by which people tell it from others.').required(),
  role: text(
    '`owner` reads and changes everything but values; `member` reads; `orchestrator` resolves workloads; `llm_proxy` resolves what LLM providers use. The last two take an admin.',
  ).required({ replaces: true }),
  scope_id: text(
    'Limits it to a scope and those below. When left out of a new one, it reaches as far as the token that makes it.',
  ).orComputed({ keeps: true, nullable: true, replaces: true }),
  expires_at: text(
    'When it ends, such as `2027-01-31T12:00:00Z`; 90 days after it was made when left out. It stays here when it has ended: `terraform apply -replace` makes a new one.',
  ).orComputed({ keeps: true }), // `plan` says whether a change of it is another time
  rotate_every: text(
    'How often another should take over, such as `90d`; `GET /api/due` lists what is due.',
  ).optional({ replaces: true }),
  token_wo: text(
    'The token itself: `provider::agyn::api_token` of 43 random characters. It goes to the API, which keeps a hash of it, and is in no state and no plan.',
  ).writeOnly(),
  token_wo_version: number(
    'Goes with `token_wo`: another number is another token, and replaces this one. While it stays, `token_wo` may be null.',
  ).optional(), // `plan` says when it is another
  prefix: text('How the token begins, to tell it from others.').computed({ keeps: true }),
  timeouts,
}

export const apiToken = resource<Session>()({
  type: 'agyn_api_token',
  description:
    'A token for the API. It is in no state: give one that you made in `token_wo`. For the run itself there is the ephemeral resource of the same name.',
  identity: ['id'],
  attributes,

  async validate({ config, diagnostics }) {
    requireVersion(config, diagnostics)
    const fields = {
      organizationId: config.organization_id,
      name: config.name,
      role: config.role,
      scopeId: config.scope_id,
      expiresAt: config.expires_at,
      rotateEvery: config.rotate_every,
      token: config.token_wo,
    }
    await validateBody('CreateApiToken', fields, diagnostics, { summary: notValid, pathOf })
  },

  plan({ client, prior, planned, config, diagnostics }) {
    const isSent = isAnotherToken(planned, prior)
    if (isSent && config.token_wo === null) requireToken(prior)
    if (prior === null && config.token_wo === null) diagnostics.warn(nobodyKnows)
    const limit = prior ? prior.scope_id : client ? (client.tokenScopeId ?? null) : unknownValue
    const set = {
      ...planOrganizationId(client, prior, config.organization_id),
      ...(config.scope_id === null ? { scope_id: limit } : {}),
    }
    if (prior === null) return { set }
    const next = { ...planned, ...set }
    if (config.token_wo !== null && isReplaced(next, prior)) requireAnother(next, prior)
    const replace: Path[] = [
      ...(endsAnotherTime(next, prior) ? [['expires_at']] : []),
      ...(isSent ? [['token_wo_version']] : []),
    ]
    return { set, replace }
  },

  newId,

  async create({ client, planned, config, id, signal }) {
    const { name, role, scope_id, expires_at, rotate_every } = planned
    const made = await client.call(
      'CreateApiToken',
      {
        body: {
          id,
          ...organizationIdIn(planned),
          name,
          role: role as Role, // the API is the one to refuse another
          ...(scope_id === null || isUnknown(scope_id) ? {} : { scopeId: scope_id }),
          ...(isUnknown(expires_at) ? {} : { expiresAt: expires_at }),
          ...(rotate_every === null ? {} : { rotateEvery: rotate_every }),
          ...(config.token_wo === null ? {} : { token: config.token_wo }),
        },
      },
      { subject: subject(name), signal },
    )
    return {
      ...planned,
      id: made.id,
      organization_id: made.organizationId,
      scope_id: made.scopeId ?? null,
      expires_at: isUnknown(expires_at) ? made.expiresAt : expires_at,
      prefix: made.prefix,
    }
  },

  async read({ client, state, diagnostics, signal }) {
    const { id, organization_id, scope_id, name } = state
    const found = await client.find(
      'GetApiToken',
      { params: { id } },
      { subject: subject(name), signal, organizationId: organization_id, scopeId: scope_id },
    )
    if (!found) return null
    if (Date.parse(found.expiresAt) <= Date.now()) diagnostics.warn(hasExpired(found))
    return {
      ...state,
      organization_id: found.organizationId,
      name: found.name,
      role: found.role,
      scope_id: found.scopeId ?? null,
      expires_at: sameInstant(found.expiresAt, state.expires_at),
      rotate_every: found.rotateEvery ?? null,
      prefix: found.prefix,
      timeouts: state.timeouts ?? null,
    }
  },

  async update({ client, prior, planned, signal }) {
    const { id, organization_id, scope_id, prefix } = prior
    const { name } = planned
    // Another spelling of the same time.
    const expires_at = isUnknown(planned.expires_at) ? prior.expires_at : planned.expires_at
    if (name !== prior.name) {
      const call = { params: { id }, body: { name } }
      await client.call('UpdateApiToken', call, { subject: subject(name), signal })
    }
    return { ...planned, id, organization_id, scope_id, expires_at, prefix }
  },

  async delete({ client, prior, signal }) {
    const { id, organization_id, scope_id, name } = prior
    await client.remove(
      'RevokeApiToken',
      { params: { id } },
      { subject: subject(name), signal, organizationId: organization_id, scopeId: scope_id },
    )
  },

  async import({ client, id: typed, signal }) {
    const id = typed.toLowerCase()
    const options = { subject: subject(id), signal, organizationId: undefined }
    const found = isUuid(id) ? await client.find('GetApiToken', { params: { id } }, options) : null
    if (!found) throw badImport('API token', typed, 'its id, which is not the token')
    return { id, organization_id: found.organizationId, name: found.name }
  },
})

type Attributes = typeof attributes
type Role = Call<'CreateApiToken'>['body']['role']

const notValid = 'The API token is not valid.'

const nobodyKnows = {
  summary: 'Nobody will ever know this token.',
  detail:
    'The API makes it, and it is shown to nobody, for it would stand in the state. Give one that you made in `token_wo`, with `token_wo_version = 1`; or, for use in this run alone, take `ephemeral "agyn_api_token"`.',
  path: ['token_wo'],
}

function requireVersion(
  { token_wo, token_wo_version: version }: Proposed<Attributes>,
  diagnostics: Diagnostics,
): void {
  if (token_wo !== null && version === null) {
    diagnostics.error({
      summary: notValid,
      detail:
        'Give `token_wo_version` with it, such as 1. Terraform cannot see that a write-only token changes; another version says so.',
      path: ['token_wo'],
    })
  }
}

/** Another version is another token. Without one, or without a version, the token that is there stays. */
const isAnotherToken = (next: Draft<Attributes>, prior: State<Attributes> | null): boolean =>
  next.token_wo_version !== null && next.token_wo_version !== prior?.token_wo_version

/** The token is asked for when it is sent, and may be left out while its version stays. */
function requireToken(prior: State<Attributes> | null): never {
  throw new TerraformError({
    summary: notValid,
    detail: `Give \`token_wo\`, for the apply sends it: ${prior === null ? 'the API token is new' : 'its version changes'}. It may be left out while \`token_wo_version\` stays.`,
    path: ['token_wo_version'],
  })
}

function isReplaced(next: Draft<Attributes>, prior: State<Attributes>): boolean {
  const names = ['organization_id', 'role', 'scope_id', 'rotate_every'] as const
  return endsAnotherTime(next, prior) || names.some((name) => next[name] !== prior[name])
}

function endsAnotherTime(
  { expires_at: next }: Pick<Draft<Attributes>, 'expires_at'>,
  { expires_at: prior }: State<Attributes>,
): boolean {
  return isUnknown(next) || sameInstant(prior, next) !== next
}

/** Said at plan: at apply, the one that is there would be revoked before the other is refused. */
function requireAnother(
  { token_wo_version: next }: Draft<Attributes>,
  { name, token_wo_version: version }: State<Attributes>,
): void {
  if (next !== version) return
  throw new TerraformError({
    summary: `The API token "${name}" is replaced and cannot be the same token again.`,
    detail:
      'The token that is there is revoked for good before the new one is made. Give another token in `token_wo` and raise `token_wo_version`.',
    path: ['token_wo_version'],
  })
}

const hasExpired = ({
  name,
  expiresAt,
}: {
  readonly name: string
  readonly expiresAt: string
}) => ({
  summary: `The API token "${name}" has expired.`,
  detail: `It ended at ${expiresAt}, and the API refuses it. Make another with \`terraform apply -replace\` and its address, or with a later \`expires_at\`.`,
  path: ['expires_at'],
})

const subject = (name: string): Subject => ({
  noun: 'API token',
  type: 'agyn_api_token',
  name,
  importId: 'ID',
  pathOf,
})

const pathOf = (path: Path): Path => (path[0] === 'token' ? ['token_wo'] : path)
