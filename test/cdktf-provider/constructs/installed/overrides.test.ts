import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { installed } from '../../../support/constructs.ts'
import { begin, refusals, textsBelow } from '../../../support/stacks.ts'
import { sensitiveArguments } from '../../../../cdktf-provider/constructs/gen/sensitive-arguments.ts'

const canary = 'sk_live_canary'

describe.each(installed)('text that is laid over an element, with $framework', (packages) => {
  const { cdk, agyn } = packages

  const inStack = () => {
    const { app, stack } = begin(packages)
    const key = new agyn.EphemeralVariable(stack, 'key').stringValue
    const auth = agyn.VaultAuth.token({ token: key })
    return {
      app,
      stack,
      secret: agyn.Secret.local(stack, 'stripe', { value: key }).resource,
      provider: agyn.SecretProvider.vault(stack, 'vault', { address: 'https://vault:8200', auth })
        .resource,
      apiToken: new agyn.apiToken.ApiToken(stack, 'deploy', { name: 'deploy', role: 'member' }),
      agynProvider: new agyn.AgynProvider(stack, 'other', { alias: 'other' }),
    }
  }
  type InStack = ReturnType<typeof inStack>

  const elements: Readonly<Record<string, keyof InStack>> = {
    'resource agyn_secret': 'secret',
    'resource agyn_secret_provider': 'provider',
    'resource agyn_api_token': 'apiToken',
    'provider agyn': 'agynProvider',
  }
  const paths = Object.entries(sensitiveArguments)
    .filter(([kind]) => kind !== 'ephemeral')
    .flatMap(([kind, types]) =>
      Object.entries(types).flatMap(([type, all]) =>
        all.map((path) => [`${kind} ${type}`, path] as const),
      ),
    )

  it.each(paths)('is refused in every secret argument: of a %s, %s', (type, path) => {
    const place = inStack()
    const element = place[elements[type] ?? 'secret'] as InStack['secret']
    element.addOverride(path, canary)
    const argument = path.replace(/^.*\.|(_base64)?(_wo)?$/g, '').replace(/_\w/g, upper)
    expect(refusals(place.app)).toContainEqual(
      expect.stringMatching(new RegExp(`^\\[stack/.*\`${argument}\` would be written`)),
    )
    expect(textsBelow(place.app.outdir)).not.toContain(canary)
  })

  const upper = (sign: string) => sign.slice(1).toUpperCase()

  it('is refused of the construct that made the resource, when the stack lays it over', () => {
    const { app, stack, secret } = inStack()
    stack.addOverride(`resource.agyn_secret.${secret.friendlyUniqueId}.value`, canary)
    expect(refusals(app)).toEqual([expect.stringContaining('[stack/stripe] `value` would be')])
    expect(textsBelow(app.outdir)).not.toContain(canary)
  })

  it.each([
    ['the whole block', 'vault', { token: canary }],
    ['a Lazy', 'vault.token', cdk.Lazy.anyValue({ produce: () => canary })],
    ['a Lazy of the block', 'vault', cdk.Lazy.anyValue({ produce: () => ({ token: canary }) })],
    ['an expression for the block', 'vault', `\${{ token = "${canary}" }}`],
    ['an index of the block', 'vault.0.token', canary],
    ['what makes blocks', 'dynamic.vault', { for_each: [1], content: { token: canary } }],
    ['a list of what makes them', 'dynamic', [{ vault: [{ content: [{ token: canary }] }] }]],
  ])('is refused in a block: %s', (_, path, value) => {
    const { app, provider } = inStack()
    provider.addOverride(path, value)
    expect(refusals(app).join()).toContain('[stack/vault] `token` would be written')
  })

  it.each([
    ['a resource', 'resource.agyn_secret.other', { name: 'other', value: canary }],
    ['a list of it', 'resource.agyn_secret.other', [{ name: 'other', value: canary }]],
    ['a list of its type', 'resource.agyn_secret', [{ other: { value: canary } }]],
    ['a list of resources', 'resource', [{ agyn_secret: { other: { value: canary } } }]],
  ])('is refused where nothing else has it: in %s', (_, path, value) => {
    const { app, stack } = begin(packages)
    stack.addOverride(path, value)
    expect(refusals(app)).toEqual([
      expect.stringContaining('`value` of resource.agyn_secret.other would be written'),
    ])
  })

  it('is refused of the stack, beside what else is wrong', () => {
    const { app, stack } = begin(packages)
    const value = new agyn.EphemeralVariable(stack, 'key').stringValue
    agyn.Secret.local(stack, 'unnamed', { name: '', value })
    stack.addOverride('resource.agyn_secret.other.value', canary)
    expect(refusals(app)).toEqual([
      expect.stringContaining('[stack] `value` of resource.agyn_secret.other would be written'),
      '[stack/unnamed] `name`: Give a name.',
    ])
  })

  it('is refused in the configuration of a provider that only the stack writes', () => {
    const { app, stack } = begin(packages)
    stack.addOverride('provider.agyn', [{ alias: 'third', api_token: canary }])
    expect(refusals(app).join()).toContain(
      '[stack] `apiToken` of provider.agyn.third would be written',
    )
  })

  it('is refused in a `for_each` that the stack writes', () => {
    const { app, stack } = begin(packages)
    const keys = new cdk.TerraformVariable(stack, 'keys', { type: 'map(string)' })
    const iterator = cdk.TerraformIterator.fromMap(keys.value as never)
    new agyn.secret.Secret(stack, 'each', {
      name: 'each',
      forEach: iterator,
      valueWo: cdk.Token.asString(iterator.value),
    })
    expect(refusals(app)).toEqual([])
    stack.addOverride('resource.agyn_secret.each.for_each', { stripe: canary })
    expect(refusals(app).join()).toContain('[stack/each] `value` would be written')
  })

  it('is refused in an element of a class that the stack brings along', () => {
    const { app, stack } = begin(packages)
    class Own extends cdk.TerraformElement {
      override toTerraform() {
        return { resource: { agyn_secret: { own: { name: 'own', value_wo: canary } } } }
      }
    }
    new Own(stack, 'own')
    expect(refusals(app)).toEqual([
      expect.stringContaining('[stack] `value` of resource.agyn_secret.own would be written'),
    ])
    expect(textsBelow(app.outdir)).not.toContain(canary)
  })

  it.each([
    ['another resource keeps', 'terraform_data', 'input', 'output'],
    ['another resource is given', 'aws_ssm_parameter', 'value', 'value'],
  ])('is refused when it is read back: text that %s', (_, type, argument, attribute) => {
    const { app, stack } = begin(packages)
    const other = new cdk.TerraformResource(stack, 'other', { terraformResourceType: type })
    other.addOverride(argument, canary)
    agyn.Secret.local(stack, 'stripe', { value: other.getStringAttribute(attribute) })
    expect(refusals(app)).toEqual([
      expect.stringContaining(`in clear text, by an argument of ${type}.other. Give`),
    ])
  })

  it('is refused in a file that the stack takes along', () => {
    const { app, stack } = begin(packages)
    const path = join(app.outdir, 'key.txt')
    writeFileSync(path, canary)
    const asset = new cdk.TerraformAsset(stack, 'key', { path, type: cdk.AssetType.FILE })
    agyn.Secret.local(stack, 'stripe', { value: cdk.Fn.file(asset.path) })
    expect(refusals(app)).toEqual([
      expect.stringContaining('in clear text, in a file that the stack takes along. Give'),
    ])
  })

  it.each([
    ['an override', (url: string) => url],
    ['a Lazy', (url: string) => cdk.Lazy.stringValue({ produce: () => url })],
  ])('is refused as the password of an address: by %s', (_, given) => {
    const { app, provider } = inStack()
    provider.addOverride('vault.address', given(`https://root:${canary}@vault:8200`))
    expect(refusals(app)).toEqual([
      expect.stringContaining('[stack/vault] `address` holds a user or a password'),
    ])
  })

  it('is no password of an address that only refers to others', () => {
    const { app, provider } = inStack()
    provider.addOverride('vault.address', 'https://${var.host}:8200/a@b')
    expect(refusals(app)).toEqual([])
    provider.addOverride('vault.address', 'https://root:${var.key}@vault:8200')
    expect(refusals(app)).toHaveLength(1)
  })

  it('passes when a reference is laid over', () => {
    const { app, stack, secret, provider } = inStack()
    const other = new cdk.TerraformVariable(stack, 'other_key', {}).stringValue
    secret.addOverride('value_wo', other)
    provider.addOverride('vault.token_wo', '${var.other_key}')
    stack.addOverride(`resource.agyn_secret.${secret.friendlyUniqueId}.value_wo`, other)
    expect(refusals(app)).toEqual([])
  })
})
