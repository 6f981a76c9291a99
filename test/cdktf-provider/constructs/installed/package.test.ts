import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { installed } from '../../../support/constructs.ts'
import { VERSION } from '../../../../cdktf-provider/provider/gen/version.ts'

describe.each(installed)('@agyn/$framework-provider', ({ framework, directory, cdk, agyn }) => {
  const manifest = JSON.parse(
    readFileSync(join(directory, `node_modules/@agyn/${framework}-provider/package.json`), 'utf8'),
  ) as Readonly<Record<string, unknown>>

  it('has the version of the Terraform provider, and says which it needs', () => {
    expect(manifest).toMatchObject({
      version: VERSION,
      [framework]: {
        provider: { name: 'registry.terraform.io/agynio/agyn', version: `~> ${VERSION}` },
      },
    })
  })

  it('tells a registry what it is, and which Node.js it runs on', () => {
    expect(manifest).toMatchObject({
      description: expect.stringContaining('agyn-secrets') as string,
      keywords: expect.arrayContaining(['cdk', framework, 'provider', 'terraform']) as string[],
      license: 'Apache-2.0',
      engines: { node: '>=20.19' },
    })
  })

  it('asks for its framework as a peer, and brings nothing along', () => {
    const { peerDependencies, dependencies } = manifest
    expect(Object.keys(peerDependencies as object)).toEqual([framework, 'constructs'])
    expect(dependencies).toBeUndefined()
  })

  it('renders what a stack declares', () => {
    const app = cdk.Testing.app({ context: { targetVersions: { terraform: '>=1.11' } } })
    const stack = new cdk.TerraformStack(app, 'stack')
    new agyn.AgynProvider(stack, 'agyn')
    const value = new agyn.EphemeralVariable(stack, 'stripe').stringValue
    const secret = agyn.Secret.local(stack, 'key', { value })
    agyn.Agent.named('billing').addEnv('STRIPE_API_KEY', secret)
    const rendered = JSON.parse(cdk.Testing.synth(stack, true)) as object
    expect(rendered).toMatchObject({
      terraform: { required_providers: { agyn: { source: 'agynio/agyn' } } },
      variable: { stripe: { ephemeral: true, default: null } },
    })
    expect(JSON.stringify(rendered)).toContain('"value_wo":"${var.stripe}"')
  })
})
