import { afterEach, describe, expect, it, vi } from 'vitest'
import type { TerraformStack } from 'cdktn'
import { installed, type Installed } from '../../../support/constructs.ts'
import { l1, l2 } from '../../../support/secret-arguments.ts'
import { begin, refusals, textsBelow } from '../../../support/stacks.ts'

const canary = 'sk_live_canary'

interface Place extends Installed {
  readonly stack: TerraformStack
  /** A variable without a default. */
  readonly reference: string
}

/** Ways by which text of a program gets into an argument. */
const ways: Readonly<Record<string, (place: Place) => unknown>> = {
  'as text': () => canary,
  'from the environment of the synth': () => {
    vi.stubEnv('STRIPE_API_KEY', canary)
    return process.env['STRIPE_API_KEY']
  },
  'as JSON that the program wrote': () => JSON.stringify({ key: canary }),
  'as base64 that the program wrote': () => Buffer.from(canary).toString('base64'),
  'as a number': () => 20271131,
  'as a list': () => [canary],
  'by a Lazy': ({ cdk }) => cdk.Lazy.stringValue({ produce: () => canary }),
  'by a Lazy of any value': ({ cdk }) => cdk.Lazy.anyValue({ produce: () => canary }),
  'by a Lazy of any value, as text': ({ cdk }) =>
    cdk.Token.asString(cdk.Lazy.anyValue({ produce: () => canary })),
  'by a Lazy of a Lazy': ({ cdk }) =>
    cdk.Lazy.stringValue({ produce: () => cdk.Lazy.stringValue({ produce: () => canary }) }),
  'by a token of its own': ({ cdk }) =>
    cdk.Token.asString({ creationStack: [], resolve: () => canary }),
  'before a reference': ({ reference }) => `${canary}${reference}`,
  'after a reference': ({ reference }) => `${reference}${canary}`,
  'between references': ({ reference }) => `${reference}-${canary}-${reference}`,
  'as an expression': () => `\${"${canary}"}`,
  'as an expression with a function': () => `\${upper("${canary}")}`,
  'as a heredoc': () => `\${<<EOT\n${canary}\nEOT\n}`,
  'by Fn.join': ({ cdk, reference }) => cdk.Fn.join('', [canary, reference]),
  'by Fn.format': ({ cdk }) => cdk.Fn.format('%s', [canary]),
  'by the format of Fn.format': ({ cdk, reference }) => cdk.Fn.format(`${canary}%s`, [reference]),
  'by Fn.base64encode': ({ cdk }) => cdk.Fn.base64encode(canary),
  'by Fn.jsonencode': ({ cdk }) => cdk.Fn.jsonencode({ key: canary }),
  'by Fn.sensitive': ({ cdk }) => cdk.Token.asString(cdk.Fn.sensitive(canary)),
  'by Fn.coalesce': ({ cdk, reference }) => cdk.Fn.coalesce([reference, canary]),
  'by Fn.try': ({ cdk, reference }) => cdk.Token.asString(cdk.Fn.try([reference, canary])),
  'by Fn.lookup': ({ cdk }) => cdk.Token.asString(cdk.Fn.lookup({ key: canary }, 'key')),
  'by a choice': ({ cdk, reference }) =>
    cdk.Token.asString(cdk.conditional(reference, reference, canary)),
  'by the default of a variable': ({ cdk, stack }) =>
    new cdk.TerraformVariable(stack, 'key', { default: canary, sensitive: true }).stringValue,
  'by a part of the default of a variable': ({ cdk, stack }) => {
    const keys = new cdk.TerraformVariable(stack, 'keys', { default: { stripe: canary } })
    return cdk.Token.asString(cdk.propertyAccess(keys.value, ['stripe']))
  },
  'by a default that a variable is given later': ({ cdk, stack }) => {
    const key = new cdk.TerraformVariable(stack, 'key', {})
    key.addOverride('default', canary)
    return key.stringValue
  },
  'by a default that the stack gives a variable': ({ cdk, stack }) => {
    stack.addOverride('variable.key.default', canary)
    return new cdk.TerraformVariable(stack, 'key', {}).stringValue
  },
  'by a default to which the stack adds': ({ cdk, stack }) => {
    const keys = new cdk.TerraformVariable(stack, 'keys', { default: { stripe: canary } })
    stack.addOverride('variable.keys.default.other', '')
    return cdk.Token.asString(cdk.propertyAccess(keys.value, ['stripe']))
  },
  'by a default that an ephemeral variable is given': ({ agyn, stack }) => {
    const key = new agyn.EphemeralVariable(stack, 'key')
    key.addOverride('default', canary)
    return key.stringValue
  },
  'by the default of a variable of another stack': ({ cdk, stack }) => {
    const shared = new cdk.TerraformStack(stack.node.root, 'shared')
    return new cdk.TerraformVariable(shared, 'key', { default: canary }).stringValue
  },
  'by a local': ({ cdk, stack }) => new cdk.TerraformLocal(stack, 'key', canary).asString,
  'by a chain of locals': ({ cdk, stack }) => {
    const text = new cdk.TerraformLocal(stack, 'text', canary)
    const object = new cdk.TerraformLocal(stack, 'object', { key: text.asString })
    const part = cdk.propertyAccess(object.expression, ['key'])
    return new cdk.TerraformLocal(stack, 'part', part).asString
  },
  'by a local of a variable with a default': ({ cdk, stack }) => {
    const key = new cdk.TerraformVariable(stack, 'key', { default: canary })
    return new cdk.TerraformLocal(stack, 'upper', cdk.Fn.upper(key.stringValue)).asString
  },
  'by a local that the stack writes': ({ stack }) => {
    stack.addOverride('locals.key', canary)
    return '${local.key}'
  },
  'by a local to which the stack adds': ({ cdk, stack, reference }) => {
    const keys = new cdk.TerraformLocal(stack, 'keys', { stripe: canary })
    stack.addOverride('locals.keys.other', reference)
    return cdk.Token.asString(cdk.propertyAccess(keys.expression, ['stripe']))
  },
  'by a local of another stack': ({ cdk, stack }) => {
    const shared = new cdk.TerraformStack(stack.node.root, 'shared')
    return new cdk.TerraformLocal(shared, 'key', canary).asString
  },
  'as a name that nothing has': () => `\${var.${canary}}`,
}

describe.each(installed)('text in a secret argument, with $framework', (packages) => {
  afterEach(() => {
    vi.unstubAllEnvs()
  })

  it.each(Object.entries(ways))('is refused in each of them, given %s', (_, way) => {
    const { app, stack } = begin(packages)
    const reference = new packages.cdk.TerraformVariable(stack, 'reference', {}).stringValue
    const given = way({ ...packages, stack, reference }) as string
    const takers = [...l2, ...l1]
    for (const taker of takers) taker.make(packages.agyn, stack, given)
    const refused = refusals(app)
    const missing = takers.flatMap(({ id, takes }) =>
      takes
        .map((argument) => new RegExp(`\\bstack/${id}\\b.* \`${argument}\` would be written`))
        .filter((expected) => !refused.some((line) => expected.test(line))),
    )
    expect(missing).toEqual([])
    expect(refused.join('\n')).not.toContain(canary)
    expect(textsBelow(app.outdir)).not.toContain(canary)
  })
})
