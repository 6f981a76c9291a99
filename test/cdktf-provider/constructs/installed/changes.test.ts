import { describe, expect, it } from 'vitest'
import { installed } from '../../../support/constructs.ts'
import { begin, refusals, rendered, textsBelow } from '../../../support/stacks.ts'

const canary = 'sk_live_canary'

describe.each(installed)('text that comes late, with $framework', (packages) => {
  const { cdk, agyn } = packages

  function inStack() {
    const { app, stack } = begin(packages)
    const value = new agyn.EphemeralVariable(stack, 'key').stringValue
    return { app, stack, secret: agyn.Secret.local(stack, 'stripe', { value }) }
  }

  it('is refused after validations that found nothing', () => {
    const { stack, secret } = inStack()
    stack.runAllValidations()
    secret.resource.addOverride('value_wo', canary)
    expect(() => cdk.Testing.synth(stack)).toThrow('would be written in clear text')
  })

  it('is refused when a validation writes it', () => {
    const { app, stack, secret } = inStack()
    const last = new cdk.TerraformOutput(stack, 'zz', { value: 'x' })
    const validate = () => {
      secret.resource.addOverride('value_wo', canary)
      return []
    }
    last.node.addValidation({ validate })
    expect(() => app.synth()).toThrow('would be written in clear text')
    expect(textsBelow(app.outdir)).not.toContain(canary)
  })

  it('is refused where it is laid over a provider by its index', () => {
    const { app, stack } = inStack()
    stack.addOverride('provider.agyn.0.api_token', canary)
    expect(refusals(app).join()).toContain('`apiToken`')
  })
})

describe.each(installed)('an env, with $framework', (packages) => {
  const { agyn } = packages

  it('has the address that it had when it is given another secret', () => {
    const addresses = ['one', 'two'].map((given) => {
      const { stack } = begin(packages)
      const value = new agyn.EphemeralVariable(stack, 'key').stringValue
      const one = agyn.Secret.local(stack, 'one', { value })
      const two = agyn.Secret.local(stack, 'two', { value })
      agyn.Agent.named('billing').addEnv('KEY', given === 'one' ? one : two)
      return Object.keys(rendered(packages, stack).resource['agyn_env'] ?? {})
    })
    expect(addresses[0]).toEqual(addresses[1])
  })
})
