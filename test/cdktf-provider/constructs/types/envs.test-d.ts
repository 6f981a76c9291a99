import type { TerraformStack } from 'cdktn'
import type * as Agyn from '../../../../cdktf-provider/constructs/index.ts'

/* Checked by tsc alone: what a consumer can be given. */

declare const stack: TerraformStack
declare const text: string
declare const {
  Agent,
  Env,
  McpServer,
  Preflight,
  Secret,
  SecretProvider,
  VaultAuth,
  WorkloadEnv,
  secretTemplate,
}: typeof Agyn

const vault = SecretProvider.vault(stack, 'vault', {
  address: 'https://vault:8200',
  auth: VaultAuth.kubernetes({ role: 'agents' }),
})
const stripe = vault.secret('kv/data/stripe', { key: 'api_key' })

// An env carries one thing.
const consumer = Agent.named('billing')
const name = 'STRIPE_API_KEY'
new Env(stack, 'ok', { consumer, name, secret: stripe })
new Env(stack, 'ok', { consumer, name, template: secretTemplate`key=${stripe}` })
new Env(stack, 'ok', { consumer, name, value: 'eu-west-1' })
// @ts-expect-error: it carries nothing
new Env(stack, 'no', { consumer, name })
// @ts-expect-error: both a secret and a value
new Env(stack, 'no', { consumer, name, secret: stripe, value: 'eu-west-1' })
// @ts-expect-error: both a secret and a template
new Env(stack, 'no', { consumer, name, secret: stripe, template: secretTemplate`${stripe}` })
// @ts-expect-error: its name is missing
new Env(stack, 'no', { consumer, secret: stripe })
// @ts-expect-error: the consumer by its id
new Env(stack, 'no', { consumer: 'billing', name, secret: stripe })
// @ts-expect-error: a secret provider in the place of a secret
new Env(stack, 'no', { consumer, name, secret: vault })
// @ts-expect-error: a secret by its id
new Env(stack, 'no', { consumer, name, secret: stripe.secretId })

consumer.addEnv(name, stripe).addEnv('URL', secretTemplate`${stripe}`, { scope: stack })
McpServer.named('github').addEnv('TOKEN', Secret.fromName(stack, 'ok', 'token'))
// @ts-expect-error: text is no secret
consumer.addEnv('REGION', 'eu-west-1')
// @ts-expect-error: a secret provider is no secret
consumer.addEnv(name, vault)
// @ts-expect-error: text in the place of a secret
consumer.addEnv('URL', secretTemplate`postgres://app:${text}@db`)
// @ts-expect-error: a secret is no plain value
consumer.addPlainEnv(stack, name, stripe)
// @ts-expect-error: consumers are named
new Agent('billing')

new Preflight(stack, 'ok', { consumers: [consumer, McpServer.named('github')], fail: false })
// @ts-expect-error: consumers by their ids
new Preflight(stack, 'no', { consumers: ['billing'] })

new WorkloadEnv(stack, 'ok', { consumer })
// @ts-expect-error: the consumer is missing
new WorkloadEnv(stack, 'no', {})
