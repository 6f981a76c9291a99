import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { installed, type Installed } from '../../../support/constructs.ts'
import { newApp, refusals } from '../../../support/stacks.ts'

describe.each(installed)('L1 by the paths of a prebuilt provider, with $framework', (packages) => {
  const { cdk, agyn, framework, directory } = packages
  const load = createRequire(join(directory, 'package.json'))
  const lib = <Name extends 'provider' | 'secret'>(name: Name) =>
    load(`@agyn/${framework}-provider/lib/${name}`) as Installed['agyn'][Name]

  it('refuses text in a secret argument as well', () => {
    const app = newApp(packages)
    const stack = new cdk.TerraformStack(app, 'stack')
    const { AgynProvider } = lib('provider')
    const { Secret } = lib('secret')
    new AgynProvider(stack, 'agyn', {})
    new Secret(stack, 'stripe', { name: 'stripe', value: 'sk_live_canary' })
    expect(refusals(app)).toEqual([expect.stringContaining('[stack/stripe] `value` would be')])
  })

  it('has the classes of the entry', () => {
    const { AgynProvider } = lib('provider')
    expect(AgynProvider).toBe(agyn.AgynProvider)
    expect(agyn.provider.AgynProvider).toBe(agyn.AgynProvider)
    expect(lib('secret').Secret).toBe(agyn.secret.Secret)
  })
})
