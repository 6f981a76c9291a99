import type { Call } from '../../../contract/schemas/index.ts'
import {
  durationMs,
  ephemeralResource,
  isUnknown,
  OutcomeUnknown,
  TerraformError,
  text,
} from '../../plugin/index.ts'
import type { Subject } from '../api/api-errors.ts'
import { newId } from '../new-id.ts'
import type { Session } from '../api/session.ts'
import { given } from '../given.ts'
import { elseWhichOrganization } from '../organization-id.ts'

/** A run that is killed cannot revoke its token; then this is how long it lasts. */
const EXPIRES_IN = '15m'

export const apiToken = ephemeralResource<Session>()({
  type: 'agyn_api_token',
  description:
    'A token for this run alone, in no state and no plan. It is made when it is needed, prolonged while the run lasts, and revoked at its end.',
  attributes: {
    organization_id: text(`Organization it belongs to. ${elseWhichOrganization}`).optional(),
    name: text(
      'Name, by which people tell it from others; `terraform` when left out.',
    ).orComputed(),
    role: text('What it may do: `owner`, `member`, `orchestrator` or `llm_proxy`.').required(),
    scope_id: text(
      'Limits it to a scope and those below. When left out, it reaches as far as the token that makes it.',
    ).optional(),
    expires_in: text(
      `How long it lasts without being prolonged, such as \`30s\`, \`15m\` or \`1h\`; ${EXPIRES_IN} when left out.`,
    ).orComputed(),
    id: text('Id of the token, which is no secret.').computed(),
    token: text('The token.').computed({ sensitive: true }),
  },

  validate({ config: { expires_in }, diagnostics }) {
    if (expires_in === null || isUnknown(expires_in)) return
    if (durationMs(expires_in) !== undefined) return
    diagnostics.error({
      summary: 'The API token is not valid.',
      detail: 'Give a number and its unit, `s`, `m` or `h`: `30s`, `15m`, `1h30m`.',
      path: ['expires_in'],
    })
  },

  async open({ client, config, signal }) {
    const { role, scope_id, expires_in } = config
    const name = config.name ?? 'terraform'
    const expiresIn = expires_in ?? EXPIRES_IN
    const id = newId()
    const body = {
      id,
      ...given({
        organizationId: config.organization_id ?? client.organizationId,
        scopeId: scope_id,
      }),
      name,
      role: role as Role, // the API is the one to refuse another
      expiresAt: fromNow(expiresIn).toISOString(),
    }
    const lease: Lease = { id, name, expiresIn }
    try {
      const options = { subject: subject(name), signal }
      const { token = '' } = await client.call('CreateApiToken', { body }, options)
      const result = { ...config, name, expires_in: expiresIn, id, token }
      return { result, renewAt: whenToRenew(expiresIn), lease }
    } catch (error) {
      const isRefused = error instanceof TerraformError && !(error instanceof OutcomeUnknown)
      // Else it may have been made, and nobody has it. The signal may be why.
      if (!isRefused) await revoke(client, lease, new AbortController().signal).catch(() => {})
      throw error
    }
  },

  async renew({ client, lease, signal }) {
    const { id, name, expiresIn } = lease as Lease
    const body = { expiresAt: fromNow(expiresIn).toISOString() }
    const options = { subject: subject(name), signal }
    await client.call('UpdateApiToken', { params: { id }, body }, options)
    return { renewAt: whenToRenew(expiresIn) }
  },

  async close({ client, lease, signal }) {
    await revoke(client, lease as Lease, signal)
  },
})

type Role = Call<'CreateApiToken'>['body']['role']

interface Lease {
  readonly id: string
  readonly name: string
  readonly expiresIn: string
}

const revoke = (client: Session, { id, name }: Lease, signal: AbortSignal): Promise<void> =>
  client.remove(
    'RevokeApiToken',
    { params: { id } },
    { subject: subject(name), signal, organizationId: client.tokenOrganizationId ?? '' },
  )

const fromNow = (duration: string): Date => new Date(Date.now() + (durationMs(duration) ?? 0))

/** At two thirds of its life, so that one renewal may fail and be tried again. */
const whenToRenew = (duration: string): Date =>
  new Date(Date.now() + ((durationMs(duration) ?? 0) * 2) / 3)

const subject = (name: string): Subject => ({
  noun: 'API token',
  type: 'agyn_api_token',
  name,
  importId: 'ID',
  pathOf: (path) => (path[0] === 'expires_at' ? ['expires_in'] : path),
})
