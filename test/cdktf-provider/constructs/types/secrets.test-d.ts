import type { TerraformStack } from 'cdktn'
import type * as Agyn from '../../../../cdktf-provider/constructs/index.ts'

/* Checked by tsc alone: what each storage of a secret takes. */

declare const stack: TerraformStack
declare const { EphemeralVariable, Organization, Secret, SecretProvider, VaultAuth }: typeof Agyn

const value = new EphemeralVariable(stack, 'value').stringValue
const payments = new Organization(stack, 'acme').team('payments')
const vault = SecretProvider.vault(stack, 'vault', {
  address: 'https://vault:8200',
  auth: VaultAuth.kubernetes({ role: 'agents' }),
})
const stripe = vault.secret('kv/data/stripe', { key: 'api_key' })

// A local secret has a value, and nothing of a remote one.
Secret.local(stack, 'ok', { value, encoding: 'base64', valueVersion: 2, scope: payments })
// @ts-expect-error: its value is missing
Secret.local(stack, 'no', {})
// @ts-expect-error: a remote key on a local secret
Secret.local(stack, 'no', { value, remoteKey: 'password' })
// @ts-expect-error: a path on a local secret
Secret.local(stack, 'no', { value, remotePath: 'kv/data/x' })
// @ts-expect-error: a provider on a local secret
Secret.local(stack, 'no', { value, provider: vault })
// @ts-expect-error: an encoding that is none
Secret.local(stack, 'no', { value, encoding: 'hex' })
// @ts-expect-error: a category that is none
Secret.local(stack, 'no', { value, category: 'password' })
// @ts-expect-error: a value that may be missing, as an environment variable is
Secret.local(stack, 'no', { value: process.env['STRIPE_API_KEY'] })
// @ts-expect-error: a number is no reference
Secret.local(stack, 'no', { value: 1234 })
// @ts-expect-error: the scope is given by itself, and not by its name
Secret.local(stack, 'no', { value, scope: 'payments' })
// @ts-expect-error: secrets are made by what they are
new Secret(stack, 'no', { value })

// A remote secret is only read.
Secret.remote(stack, 'ok', { provider: vault, remotePath: 'kv/data/x', remoteVersion: '3' })
// @ts-expect-error: its provider is missing
Secret.remote(stack, 'no', { remotePath: 'kv/data/x' })
// @ts-expect-error: its path is missing
Secret.remote(stack, 'no', { provider: vault })
// @ts-expect-error: a value, which it only reads
Secret.remote(stack, 'no', { provider: vault, remotePath: 'kv/data/x', value })
// @ts-expect-error: versions are texts
Secret.remote(stack, 'no', { provider: vault, remotePath: 'kv/data/x', remoteVersion: 3 })
// @ts-expect-error: the provider by its name
Secret.remote(stack, 'no', { provider: 'vault', remotePath: 'kv/data/x' })
// @ts-expect-error: a secret in the place of a provider
Secret.remote(stack, 'no', { provider: stripe, remotePath: 'kv/data/x' })
// @ts-expect-error: the words of the long form
vault.secret('kv/data/x', { remoteKey: 'api_key' })
// @ts-expect-error: its path is missing
vault.secret()

// A managed secret has a value and a place for it.
Secret.managed(stack, 'ok', { provider: vault, value, valueInState: true })
// @ts-expect-error: its value is missing
Secret.managed(stack, 'no', { provider: vault })
// @ts-expect-error: its provider is missing
Secret.managed(stack, 'no', { value })
// @ts-expect-error: where it is kept is not chosen
Secret.managed(stack, 'no', { provider: vault, value, remotePath: 'kv/data/x' })

// Nobody reads a value back.
type Readable<Secret> = 'value' extends keyof Secret ? true : false
const made: Readable<Agyn.Secret> = false
const found: Readable<Agyn.ISecret> = false
