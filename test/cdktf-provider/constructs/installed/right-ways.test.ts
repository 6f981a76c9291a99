import { describe, expect, it } from 'vitest'
import type { TerraformStack } from 'cdktn'
import { installed, type Installed } from '../../../support/constructs.ts'
import { l1, l2 } from '../../../support/secret-arguments.ts'
import { begin, refusals, rendered } from '../../../support/stacks.ts'

interface Place extends Installed {
  readonly stack: TerraformStack
}

/** Ways to give a secret, and how Terraform's JSON has it. */
const ways: Readonly<Record<string, readonly [(place: Place) => string, string]>> = {
  'a variable without a default': [
    ({ cdk, stack }) => new cdk.TerraformVariable(stack, 'key', {}).stringValue,
    '${var.key}',
  ],
  'a sensitive variable': [
    ({ cdk, stack }) =>
      new cdk.TerraformVariable(stack, 'key', { type: 'string', sensitive: true }).stringValue,
    '${var.key}',
  ],
  'the value of a variable, of whatever type': [
    ({ agyn, stack }) => new agyn.EphemeralVariable(stack, 'key').value as string,
    '${var.key}',
  ],
  'a variable whose default is null': [
    ({ cdk, stack }) => {
      const key = new cdk.TerraformVariable(stack, 'key', { type: 'string' })
      key.addOverride('default', null)
      return key.stringValue
    },
    '${var.key}',
  ],
  'an ephemeral variable': [
    ({ agyn, stack }) => new agyn.EphemeralVariable(stack, 'key').stringValue,
    '${var.key}',
  ],
  'an ephemeral variable that is required': [
    ({ agyn, stack }) => new agyn.EphemeralVariable(stack, 'key', { required: true }).stringValue,
    '${var.key}',
  ],
  'a part of a variable': [
    ({ cdk, agyn, stack }) => {
      const key = new agyn.EphemeralVariable(stack, 'key', { type: 'object({ id = string })' })
      return cdk.Token.asString(cdk.propertyAccess(key.value, ['id']))
    },
    '${var.key.id}',
  ],
  'an attribute of another stack': [
    ({ cdk, stack }) => {
      const shared = new cdk.TerraformStack(stack.node.root, 'shared')
      const password = new cdk.TerraformResource(shared, 'password', {
        terraformResourceType: 'random_password',
      })
      return password.getStringAttribute('result')
    },
    'outputs.cross-stack-output-random_passwordpasswordresult}',
  ],
  'a local of a variable': [
    ({ cdk, stack }) => {
      const key = new cdk.TerraformVariable(stack, 'key', {})
      return new cdk.TerraformLocal(stack, 'trimmed', cdk.Fn.trimspace(key.stringValue)).asString
    },
    '${local.trimmed}',
  ],
  'an attribute of another resource': [
    ({ cdk, stack }) => {
      const password = new cdk.TerraformResource(stack, 'password', {
        terraformResourceType: 'random_password',
      })
      password.addOverride('length', 32)
      return password.getStringAttribute('result')
    },
    '${random_password.password.result}',
  ],
  'an attribute of a data source': [
    ({ cdk, stack }) =>
      new cdk.TerraformDataSource(stack, 'password', {
        terraformResourceType: 'vault_kv_secret_v2',
      }).getStringAttribute('data["password"]'),
    '${data.vault_kv_secret_v2.password.data["password"]}',
  ],
  'the output of a module': [
    ({ cdk, stack }) =>
      new cdk.TerraformHclModule(stack, 'database', { source: 'acme/database/aws' }).getString(
        'password',
      ),
    '${module.database.password}',
  ],
  'a file': [({ cdk }) => cdk.Fn.file('/run/secrets/key'), '${file("/run/secrets/key")}'],
  'a file without its last line break': [
    ({ cdk }) => cdk.Fn.trimspace(cdk.Fn.file('/run/secrets/key')),
    '${trimspace(file("/run/secrets/key"))}',
  ],
  'parts of variables with signs between them': [
    ({ agyn, stack }) =>
      `${new agyn.EphemeralVariable(stack, 'user').stringValue}:${
        new agyn.EphemeralVariable(stack, 'password').stringValue
      }`,
    '${var.user}:${var.password}',
  ],
  'JSON of references': [
    ({ cdk, agyn, stack }) =>
      cdk.Fn.jsonencode({ token: new agyn.EphemeralVariable(stack, 'key').stringValue }),
    '${jsonencode({"token" = var.key})}',
  ],
  'an environment variable that is read at apply': [
    ({ stack }) => {
      stack.addOverride('variable.key.type', 'string')
      return '${var.key}'
    },
    '${var.key}',
  ],
}

describe.each(installed)('a secret that comes from outside, with $framework', (packages) => {
  it.each(Object.entries(ways))('is taken by every secret argument: %s', (_, [way, written]) => {
    const { app, stack } = begin(packages)
    const value = way({ ...packages, stack })
    for (const { make } of [...l2, ...l1]) make(packages.agyn, stack, value)
    expect(refusals(app)).toEqual([])
    const { resource, provider } = rendered(packages, stack)
    expect(Object.values(resource['agyn_secret'] ?? {})).toContainEqual(
      expect.objectContaining({ value_wo: expect.stringContaining(written) as string }),
    )
    expect(provider['agyn']).toContainEqual(
      expect.objectContaining({ api_token: expect.stringContaining(written) as string }),
    )
  })

  it('is taken where nothing is said of it', () => {
    const { app, stack } = begin(packages)
    new packages.agyn.secret.Secret(stack, 'kept', { name: 'kept', storage: 'local' })
    new packages.agyn.AgynProvider(stack, 'other', { alias: 'other' })
    expect(refusals(app)).toEqual([])
  })
})
