import { describe, expect, it } from 'vitest'
import { installed } from '../../../support/constructs.ts'

describe.each(installed)('a second AgynProvider, with $framework', ({ cdk, agyn }) => {
  it('makes what belongs to an organization of its own, and what refers to that', () => {
    const app = cdk.Testing.app({ context: { targetVersions: { terraform: '>=1.11' } } })
    const stack = new cdk.TerraformStack(app, 'stack')
    new agyn.AgynProvider(stack, 'agyn')
    const terraformProvider = new agyn.AgynProvider(stack, 'eu', { alias: 'eu' })
    const acme = new agyn.Organization(stack, 'acme', { terraformProvider })
    const vault = agyn.SecretProvider.vault(acme, 'vault', {
      address: 'https://vault.internal:8200',
      auth: agyn.VaultAuth.kubernetes({ role: 'agents' }),
    })
    const secret = agyn.Secret.remote(stack, 'stripe', { provider: vault, remotePath: 'kv/stripe' })
    agyn.Agent.named('billing').addEnv('STRIPE_API_KEY', secret)
    agyn.Agent.named('billing').addPlainEnv(acme.team('payments'), 'REGION', 'eu-west-1')
    new agyn.Preflight(stack, 'preflight')

    const { resource, data } = JSON.parse(cdk.Testing.synth(stack, true)) as Rendered
    const made = [resource, data].flatMap(Object.values).flatMap<Block>(Object.values)
    expect(made.map(({ provider }) => provider)).toEqual(Array(7).fill('agyn.eu'))
  })
})

type Block = Readonly<Record<string, unknown>>

interface Rendered {
  readonly resource: Readonly<Record<string, Block>>
  readonly data: Readonly<Record<string, Block>>
}
