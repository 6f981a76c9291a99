import type { TerraformStack } from 'cdktn'
import type * as Agyn from '../../../../cdktf-provider/constructs/index.ts'

/* Checked by tsc alone: what can be made in what. */

declare const stack: TerraformStack
declare const {
  AgynProvider,
  EphemeralApiToken,
  EphemeralVariable,
  Organization,
  Scope,
  Secret,
}: typeof Agyn

const value = new EphemeralVariable(stack, 'value').stringValue
const acme = new Organization(stack, 'acme')
const payments = acme.team('payments')

// What belongs to something is given that, and not its name.
Scope.fromPath(stack, 'ok', ['payments', 'eu'], { organization: acme })
// @ts-expect-error: a path in one text
Scope.fromPath(stack, 'no', 'payments/eu')
// @ts-expect-error: an organization is no kind of scope
new Scope(stack, 'no', { kind: 'organization' })
// @ts-expect-error: its kind is missing
new Scope(stack, 'no', {})
// @ts-expect-error: teams lie in the organization
payments.team('eu')
// @ts-expect-error: a project holds no scopes that are wider
acme.project('p').team('x')
// @ts-expect-error: an organization by its name
new Scope(stack, 'no', { kind: 'team', organization: 'acme' })
// @ts-expect-error: a scope is no organization
Secret.local(stack, 'no', { value, organization: payments })
// @ts-expect-error: an organization is no scope
Secret.local(stack, 'no', { value, scope: acme })

new EphemeralApiToken(stack, 'ok', { role: 'member', scope: payments })
// @ts-expect-error: the role is missing
new EphemeralApiToken(stack, 'no', {})
// @ts-expect-error: a role that is none
new EphemeralApiToken(stack, 'no', { role: 'admin' })

new AgynProvider(stack, 'ok', { apiToken: value, alias: 'staging' })
// @ts-expect-error: an argument that the provider does not have
new AgynProvider(stack, 'no', { token: value })
