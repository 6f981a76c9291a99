import { describe, expect, it } from 'vitest'
import type { TerraformStack } from 'cdktn'
import { installed, type Installed } from '../../../support/constructs.ts'
import { begin, only, refusals, rendered } from '../../../support/stacks.ts'

/** Of each kind of store: paths that it takes, and others with what is said of them. */
const stores = {
  Vault: {
    make: ({ SecretProvider, VaultAuth }: Installed['agyn'], stack: TerraformStack) =>
      SecretProvider.vault(stack, 'store', {
        address: 'https://vault:8200',
        auth: VaultAuth.kubernetes({ role: 'agents' }),
      }),
    takes: ['kv/data/prod/stripe', 'kv/prod/stripe', 'secret/a b', 'secret/ä', 'cubbyhole/x'],
    refuses: {
      '/kv/data/stripe': 'Leave out the `/` at the beginning of the path.',
      'kv/../sys/raw': 'A path has no empty segment, no `.` and no `..`',
      'kv/./stripe': 'A path has no empty segment, no `.` and no `..`',
      'kv//stripe': 'A path has no empty segment, no `.` and no `..`',
      'kv/stripe/': 'A path has no empty segment, no `.` and no `..`',
      'kv/%2e%2e/stripe': 'A path has no empty segment, no `.` and no `..`',
      'kv/a%2Fb': 'A path has no empty segment, no `.` and no `..`',
      'kv/a%20b': 'The path is percent-encoded.',
      'kv/a?list=true': 'The path holds one of \\ ? #.',
      'kv\\stripe': 'A path has no control character and no backslash.',
      'kv/a\nb': 'A path has no control character and no backslash.',
      'sys/raw': 'The path begins with sys/, where Vault keeps no secrets of its users.',
      'auth/token/lookup-self': 'The path begins with auth/, where Vault keeps no secrets',
    },
  },
  'AWS Secrets Manager': {
    make: ({ SecretProvider }: Installed['agyn'], stack: TerraformStack) =>
      SecretProvider.awsSecretsManager(stack, 'store', { region: 'eu-west-1' }),
    takes: [
      'prod/stripe',
      'rds/db+a=b@c.d-e_f',
      'arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/stripe-Ab12Cd',
    ],
    refuses: {
      'prod stripe': 'The name of a secret has letters, digits and /_+=.@- only.',
      ключ: 'The name of a secret has letters, digits and /_+=.@- only.',
      'arn:aws:s3:::bucket': 'This ARN belongs to another service than Secrets Manager.',
      'arn:aws:secretsmanager:eu-west-1:123456789012:policy:x': 'This ARN is not one of a secret.',
      'arn:aws:secretsmanager:eu-west-1:123456789012:secret:x:key':
        'This ARN goes on after the name of the secret.',
      ['x'.repeat(513)]: 'The name of a secret has 1 to 512 characters.',
    },
  },
  'Azure Key Vault': {
    make: ({ SecretProvider }: Installed['agyn'], stack: TerraformStack) =>
      SecretProvider.azureKeyVault(stack, 'store', { vaultUrl: 'https://acme.vault.azure.net' }),
    takes: ['stripe-api-key', '1', 'x'.repeat(127)],
    refuses: {
      'prod/stripe': 'Azure Key Vault names secrets with letters, digits and dashes, 127 at most.',
      stripe_api_key: 'Azure Key Vault names secrets with letters, digits and dashes, 127 at most.',
      ['x'.repeat(128)]:
        'Azure Key Vault names secrets with letters, digits and dashes, 127 at most.',
    },
  },
  'Google Cloud': {
    make: ({ SecretProvider }: Installed['agyn'], stack: TerraformStack) =>
      SecretProvider.gcpSecretManager(stack, 'store', { projectId: 'acme-prod' }),
    takes: ['stripe_api-key', 'projects/acme-prod/secrets/stripe/versions/3'],
    refuses: {
      'stripe.key': 'The name is not one of Google Cloud: letters, digits, - and _',
      'prod/stripe': 'The path is not the full name of a secret.',
      'projects/acme-prod/secrets': 'The path is not the full name of a secret.',
    },
  },
} as const

const cases = Object.entries(stores)
const taken = cases.flatMap(([store, { make, takes }]) =>
  takes.map((path) => [store, path, make] as const),
)
const refused = cases.flatMap(([store, { make, refuses }]) =>
  Object.entries(refuses).map(([path, says]) => [store, path, says, make] as const),
)

describe.each(installed)('the path of a remote secret, with $framework', (packages) => {
  const { cdk, agyn } = packages

  it.each(taken)('is taken: in %s, %j', (_, path, make) => {
    const { app, stack } = begin(packages)
    make(agyn, stack).secret(path, { name: 'stripe' })
    expect(refusals(app)).toEqual([])
    expect(only(rendered(packages, stack).resource['agyn_secret'])['remote_path']).toBe(path)
  })

  it.each(refused)('is refused: in %s, %j', (_, path, says, make) => {
    const { app, stack } = begin(packages)
    agyn.Secret.remote(stack, 'long', { provider: make(agyn, stack), remotePath: path })
    expect(refusals(app)).toEqual([expect.stringContaining(`[stack/long] \`remotePath\`: ${says}`)])
  })

  it('is refused when it climbs, in a store of which nothing is known', () => {
    const { app, stack } = begin(packages)
    const provider = agyn.SecretProvider.fromId(stack, 'store', '0197b3c4')
    agyn.Secret.remote(stack, 'climbs', { provider, remotePath: '../stripe' })
    agyn.Secret.remote(stack, 'fine', { provider, remotePath: 'arn:any' })
    expect(refusals(app)).toEqual([expect.stringContaining('[stack/climbs] `remotePath`: A path')])
  })

  it('is left to the plan when only Terraform knows it, and no part of an address', () => {
    const { app, stack } = begin(packages)
    const path = new cdk.TerraformVariable(stack, 'path', {}).stringValue
    stores.Vault.make(agyn, stack).secret(`${path}/stripe`, { key: 'api_key' })
    expect(refusals(app)).toEqual([])
    const secrets = rendered(packages, stack).resource['agyn_secret'] ?? {}
    expect(Object.keys(secrets)).toEqual([expect.stringMatching(/^store_api_key_[0-9A-F]{8}$/)])
    expect(only(secrets)).toMatchObject({
      name: '${replace("${var.path}/stripe", "/", "-")}-api_key',
      remote_path: '${var.path}/stripe',
    })
  })
})
