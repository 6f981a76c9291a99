import type { TerraformResource } from 'cdktn'
import { describe, expect, it } from 'vitest'
import { installed } from '../../../support/constructs.ts'
import { begin } from '../../../support/stacks.ts'

describe.each(installed)('a reference, with $framework', (packages) => {
  const { agyn, cdk } = packages

  /** What the outputs of a stack come to: one that was made of our attribute, and one of the L1's. */
  const outputs = (
    made: (id: string) => string,
    change?: (resource: TerraformResource) => void,
  ) => {
    const { stack } = begin(packages)
    const value = new agyn.EphemeralVariable(stack, 'value').stringValue
    const secret = agyn.Secret.local(stack, 'stripe', { value })
    new cdk.TerraformOutput(stack, 'ours', { value: made(secret.secretId) })
    secret.resource.overrideLogicalId('named')
    change?.(secret.resource)
    new cdk.TerraformOutput(stack, 'l1', { value: made(secret.resource.id) })
    return (JSON.parse(cdk.Testing.synth(stack)) as { readonly output: unknown }).output
  }

  it.each([
    ['alone', (id: string) => id, '${agyn_secret.named.id}'],
    ['in text', (id: string) => `id ${id}`, 'id ${agyn_secret.named.id}'],
    ['in a function', (id: string) => cdk.Fn.upper(id), '${upper(agyn_secret.named.id)}'],
    [
      'in the text of a function',
      (id: string) => cdk.Fn.upper(`id ${id}`),
      '${upper("id ${agyn_secret.named.id}")}',
    ],
  ])('stands %s as that of the L1 does, under its last name', (_, made, value) => {
    expect(outputs(made)).toEqual({ ours: { value }, l1: { value } })
  })

  it('is a list where the resource has a for_each, as that of the L1 is', () => {
    const forEach = cdk.TerraformIterator.fromList(['a', 'b'])
    const value = '${agyn_secret.named.*.id}'
    expect(
      outputs(
        (id) => id,
        (resource) => (resource.forEach = forEach),
      ),
    ).toEqual({ ours: { value }, l1: { value } })
  })

  it.each([
    ['alone', (value: string) => value, '${var.named}'],
    [
      'in the text of a function',
      (value: string) => cdk.Fn.upper(`x${value}`),
      '${upper("x${var.named}")}',
    ],
  ])('stands %s as a variable does, when it is the value of one', (_, made, value) => {
    const { stack } = begin(packages)
    const variable = new agyn.EphemeralVariable(stack, 'value')
    const { stringValue } = variable
    variable.overrideLogicalId('named')
    new cdk.TerraformOutput(stack, 'ours', { value: made(stringValue) })
    new cdk.TerraformOutput(stack, 'framework', { value: made(variable.value) })
    const { output } = JSON.parse(cdk.Testing.synth(stack)) as { readonly output: unknown }
    expect(output).toEqual({ ours: { value }, framework: { value } })
  })
})
