import { describe, expect, it } from 'vitest'
import type { TerraformStack } from 'cdktn'
import { installed, type Installed } from '../../../support/constructs.ts'
import { begin, refusals, rendered } from '../../../support/stacks.ts'

type Agyn = Installed['agyn']

interface Mistake {
  /** The construct that is at fault, below the stack. */
  readonly at: string
  /** How the sentence begins, or what it holds. */
  readonly says: string | RegExp
  make(agyn: Agyn, stack: TerraformStack): unknown
}

const address = 'https://vault.internal:8200'

/** What the compiler of a user would have refused. */
const untyped = <Props>(props: object): Props => props as Props

const reference = (agyn: Agyn, stack: TerraformStack, id: string) =>
  new agyn.EphemeralVariable(stack, id.replaceAll('-', '_')).stringValue

const vault = ({ SecretProvider, VaultAuth }: Agyn, stack: TerraformStack) =>
  (stack.node.tryFindChild('vault') as ReturnType<typeof SecretProvider.vault> | undefined) ??
  SecretProvider.vault(stack, 'vault', { address, auth: VaultAuth.kubernetes({ role: 'agents' }) })

const mistakes: Readonly<Record<string, Mistake>> = {
  'a secret in clear text': {
    at: 'clear-text',
    says: '`value` would be written in clear text',
    make: ({ Secret }, stack) => Secret.local(stack, 'clear-text', { value: 'sk_live_canary' }),
  },
  'an empty name': {
    at: 'no-name',
    says: '`name`: Give a name.',
    make: (agyn, stack) =>
      agyn.Secret.local(stack, 'no-name', { name: '', value: reference(agyn, stack, 'no_name') }),
  },
  'a secret that is read from a provider of another organization': {
    at: 'globex/stripe',
    says: 'The secret provider stack/acme/vault is of another organization than this secret.',
    make({ Organization, SecretProvider, Secret, VaultAuth }, stack) {
      const provider = SecretProvider.vault(new Organization(stack, 'acme'), 'vault', {
        address,
        auth: VaultAuth.kubernetes({ role: 'agents' }),
      })
      const globex = new Organization(stack, 'globex')
      Secret.remote(globex, 'stripe', { provider, remotePath: 'kv/data/prod/stripe' })
    },
  },
  'the name of a variable with an equals sign': {
    at: 'equals-sign',
    says: '`name`: A name begins with a letter or `_` and goes on with letters, digits and `_`',
    make: ({ Env, Agent }, stack) =>
      new Env(stack, 'equals-sign', { consumer: Agent.named('billing'), name: 'A=B', value: 'x' }),
  },
  'two secrets of one name in one scope': {
    at: 'second',
    says: 'Another secret has this name already: stack/first. Give it another name',
    make(agyn, stack) {
      const value = reference(agyn, stack, 'same')
      for (const id of ['first', 'second']) agyn.Secret.local(stack, id, { name: 'same', value })
    },
  },
  'a Vault auth without its role': {
    at: 'no-role',
    says: '`role` is missing or empty. Give one.',
    make: ({ SecretProvider, VaultAuth }, stack) =>
      SecretProvider.vault(stack, 'no-role', { address, auth: VaultAuth.jwt(untyped({})) }),
  },
  'a remote key on a local secret': {
    at: 'local-key',
    says: '`remoteKey` does not belong here. A local secret has a value;',
    make: (agyn, stack) =>
      agyn.Secret.local(
        stack,
        'local-key',
        untyped({ value: reference(agyn, stack, 'local_key'), remoteKey: 'password' }),
      ),
  },
  'a construct id with a space': {
    at: 'stripe key',
    says: 'Terraform takes letters, digits, `_` and `-` in an address.',
    make: (agyn, stack) =>
      agyn.Secret.local(stack, 'stripe key', { value: reference(agyn, stack, 'a') }),
  },
  'a construct id that is not of Latin letters': {
    at: 'ключ',
    says: 'Terraform takes letters, digits, `_` and `-` in an address.',
    make: (agyn, stack) => agyn.Secret.local(stack, 'ключ', { value: reference(agyn, stack, 'b') }),
  },
  'a construct id that begins with a digit': {
    at: '1st',
    says: /^Its Terraform address would be `1st_\w+`, and has to begin with a letter/,
    make: (agyn, stack) => agyn.Secret.local(stack, '1st', { value: reference(agyn, stack, 'c') }),
  },
  'a variable with a space in its construct id': {
    at: 'stripe token',
    says: 'Terraform takes letters, digits, `_` and `-` in an address.',
    make: ({ EphemeralVariable }, stack) => new EphemeralVariable(stack, 'stripe token'),
  },

  'a secret without a value': {
    at: 'no-value',
    says: '`value` is missing or empty. Give one.',
    make: ({ Secret }, stack) => Secret.local(stack, 'no-value', untyped({})),
  },
  'a secret of an environment variable that is not set': {
    at: 'not-set',
    says: '`value` is missing or empty. Give one.',
    make: ({ Secret }, stack) =>
      Secret.local(stack, 'not-set', untyped({ value: process.env['AGYN_NOT_SET'] })),
  },
  'a number for an address': {
    at: 'number',
    says: '`address` is no text. Give one.',
    make: ({ SecretProvider, VaultAuth }, stack) =>
      SecretProvider.vault(stack, 'number', {
        address: untyped<string>([8200]),
        auth: VaultAuth.kubernetes({ role: 'agents' }),
      }),
  },
  'a value for a secret that is only read': {
    at: 'read-value',
    says: '`value` does not belong here. A remote secret is only read;',
    make: (agyn, stack) =>
      agyn.Secret.remote(
        stack,
        'read-value',
        untyped({
          provider: vault(agyn, stack),
          remotePath: 'kv/data/a',
          value: reference(agyn, stack, 'd'),
        }),
      ),
  },
  'a path for a secret that is managed': {
    at: 'managed-path',
    says: '`remotePath` does not belong here. Where a managed secret is kept is chosen',
    make: (agyn, stack) =>
      agyn.Secret.managed(
        stack,
        'managed-path',
        untyped({
          provider: vault(agyn, stack),
          remotePath: 'kv/data/b',
          value: reference(agyn, stack, 'e'),
        }),
      ),
  },
  'a secret that is read from nowhere': {
    at: 'no-provider',
    says: '`provider` is missing. Give a secret provider.',
    make: ({ Secret }, stack) =>
      Secret.remote(stack, 'no-provider', untyped({ remotePath: 'kv/data/c' })),
  },
  'a managed secret that is kept nowhere': {
    at: 'no-store',
    says: '`provider` is missing. Give a secret provider.',
    make: (agyn, stack) =>
      agyn.Secret.managed(stack, 'no-store', untyped({ value: reference(agyn, stack, 'f') })),
  },
  'a remote secret without a path': {
    at: 'no-path',
    says: '`remotePath` is missing or empty. Give one.',
    make: (agyn, stack) =>
      agyn.Secret.remote(stack, 'no-path', untyped({ provider: vault(agyn, stack) })),
  },
  'an empty path in the short form': {
    at: 'vault/unnamed',
    says: '`remotePath` is missing or empty. Give one.',
    make: (agyn, stack) => vault(agyn, stack).secret(''),
  },
  'an empty key': {
    at: 'no-key',
    says: '`remoteKey` is missing or empty. Give one.',
    make: (agyn, stack) =>
      agyn.Secret.remote(stack, 'no-key', {
        provider: vault(agyn, stack),
        remotePath: 'kv/data/d',
        remoteKey: '',
      }),
  },
  'an encoding that is none': {
    at: 'encoding',
    says: '`encoding` is utf8, or base64 of a value that is given so.',
    make: (agyn, stack) =>
      agyn.Secret.local(
        stack,
        'encoding',
        untyped({ value: reference(agyn, stack, 'h'), encoding: 'hex' }),
      ),
  },
  'an interval that is none': {
    at: 'interval',
    says: '`rotateEvery` is no interval. Give hours, days or weeks',
    make: (agyn, stack) =>
      agyn.Secret.local(stack, 'interval', {
        value: reference(agyn, stack, 'g'),
        rotateEvery: '3 months',
      }),
  },

  'Vault without a way to log in': {
    at: 'no-auth',
    says: '`auth` is missing. Give one, such as VaultAuth.kubernetes({ role }).',
    make: ({ SecretProvider }, stack) =>
      SecretProvider.vault(stack, 'no-auth', untyped({ address })),
  },
  'a Vault auth that the program made itself': {
    at: 'own-auth',
    says: '`auth` is missing. Give one, such as VaultAuth.kubernetes({ role }).',
    make: ({ SecretProvider }, stack) =>
      SecretProvider.vault(stack, 'own-auth', untyped({ address, auth: { role: 'agents' } })),
  },
  'an AppRole without its secret id': {
    at: 'no-secret-id',
    says: '`secretId` is missing or empty. Give one.',
    make: ({ SecretProvider, VaultAuth }, stack) =>
      SecretProvider.vault(stack, 'no-secret-id', {
        address,
        auth: VaultAuth.appRole(untyped({ roleId: 'agents' })),
      }),
  },
  'Vault without an address': {
    at: 'no-address',
    says: '`address` is missing or empty. Give one.',
    make: ({ SecretProvider, VaultAuth }, stack) =>
      SecretProvider.vault(
        stack,
        'no-address',
        untyped({ auth: VaultAuth.kubernetes({ role: 'agents' }) }),
      ),
  },
  'an address without a scheme': {
    at: 'no-scheme',
    says: '`address` is no URL. Give one, such as https://vault.internal:8200.',
    make: ({ SecretProvider, VaultAuth }, stack) =>
      SecretProvider.vault(stack, 'no-scheme', {
        address: 'vault.internal:8200',
        auth: VaultAuth.kubernetes({ role: 'agents' }),
      }),
  },
  'half of the credentials of AWS': {
    at: 'half-aws',
    says: '`secretAccessKey` is missing or empty. Give one.',
    make: (agyn, stack) =>
      agyn.SecretProvider.awsSecretsManager(stack, 'half-aws', {
        region: 'eu-west-1',
        credentials: untyped({ accessKeyId: reference(agyn, stack, 'half_aws') }),
      }),
  },
  'AWS without a region': {
    at: 'no-region',
    says: '`region` is missing or empty. Give one.',
    make: ({ SecretProvider }, stack) =>
      SecretProvider.awsSecretsManager(stack, 'no-region', untyped({})),
  },
  'half of the credentials of Azure': {
    at: 'half-azure',
    says: '`tenantId` is missing or empty. Give one.',
    make: (agyn, stack) =>
      agyn.SecretProvider.azureKeyVault(stack, 'half-azure', {
        vaultUrl: 'https://acme-prod.vault.azure.net',
        credentials: untyped({
          clientId: 'c2a94f6b',
          clientSecret: reference(agyn, stack, 'half_azure'),
        }),
      }),
  },
  'a key vault that is no URL': {
    at: 'no-url',
    says: '`vaultUrl` is no URL.',
    make: ({ SecretProvider }, stack) =>
      SecretProvider.azureKeyVault(stack, 'no-url', { vaultUrl: 'acme-prod' }),
  },
  'Google Cloud without a project': {
    at: 'no-project',
    says: '`projectId` is missing or empty. Give one.',
    make: ({ SecretProvider }, stack) =>
      SecretProvider.gcpSecretManager(stack, 'no-project', { projectId: '' }),
  },

  'a variable without a name': {
    at: 'no-env-name',
    says: '`name` is missing or empty. Give one.',
    make: ({ Env, Agent }, stack) =>
      new Env(stack, 'no-env-name', { consumer: Agent.named('billing'), name: '', value: 'x' }),
  },
  'a consumer without an id': {
    at: 'no-consumer-id',
    says: '`consumer.id` is missing or empty. Give one.',
    make: ({ Env, Agent }, stack) =>
      new Env(stack, 'no-consumer-id', { consumer: Agent.named(''), name: 'REGION', value: 'x' }),
  },
  'a variable that carries nothing': {
    at: 'carries-nothing',
    says: 'An env carries one thing. Give either `secret`, `template` or `value`.',
    make: ({ Env, Agent }, stack) =>
      new Env(
        stack,
        'carries-nothing',
        untyped({ consumer: Agent.named('billing'), name: 'NOTHING' }),
      ),
  },
  'a variable that carries two things': {
    at: 'carries-two',
    says: 'An env carries one thing. Give either `secret`, `template` or `value`.',
    make: (agyn, stack) =>
      new agyn.Env(
        stack,
        'carries-two',
        untyped({
          consumer: agyn.Agent.named('billing'),
          name: 'TWO',
          value: 'x',
          secret: agyn.Secret.fromId(stack, 'of-two', '0197b3c4'),
        }),
      ),
  },
  'a consumer whose id is not set': {
    at: 'agent-REGION',
    says: '`consumer.id` is missing or empty. Give one.',
    make: ({ Agent }, stack) =>
      Agent.named(process.env['AGYN_NOT_SET'] as string).addPlainEnv(stack, 'REGION', 'eu'),
  },
  'a second provider without an alias': {
    at: 'second-provider',
    says: 'Another AgynProvider has this name already: stack/agyn. Give it an `alias` of its own.',
    make: ({ AgynProvider }, stack) => new AgynProvider(stack, 'second-provider'),
  },
  'a password in the address of the API': {
    at: 'password',
    says: '`apiUrl` holds a user or a password, which would be written in clear text.',
    make: ({ AgynProvider }, stack) =>
      new AgynProvider(stack, 'password', {
        alias: 'password',
        apiUrl: 'https://agyn:sk_live_canary@secrets.example.com',
      }),
  },
  'an organization that is found by an empty id': {
    at: 'org-without-id',
    says: '`organizationId` is missing or empty. Give one.',
    make: ({ Organization }, stack) => Organization.fromId(stack, 'org-without-id', ''),
  },
  'a scope that is found by an empty id': {
    at: 'scope-without-id',
    says: '`scopeId` is missing or empty. Give one.',
    make: ({ Scope }, stack) => Scope.fromId(stack, 'scope-without-id', ''),
  },
  'a secret that is found by an empty id': {
    at: 'secret-without-id',
    says: '`secretId` is missing or empty. Give one.',
    make: ({ Secret }, stack) => Secret.fromId(stack, 'secret-without-id', ''),
  },
  'a secret provider that is found by an empty id': {
    at: 'provider-without-id',
    says: '`providerId` is missing or empty. Give one.',
    make: ({ SecretProvider }, stack) => SecretProvider.fromId(stack, 'provider-without-id', ''),
  },
  'a secret that is found by an empty name': {
    at: 'secret-without-name',
    says: '`name`: Give a name.',
    make: ({ Secret }, stack) => Secret.fromName(stack, 'secret-without-name', ''),
  },
  'a scope that is found by an empty path': {
    at: 'scope-without-path',
    says: 'The path is empty.',
    make: ({ Scope }, stack) => Scope.fromPath(stack, 'scope-without-path', []),
  },
  'a scope that is found by a path in one text': {
    at: 'scope-in-one-text',
    says: '`path`: A name has no `/` and no control character.',
    make: ({ Scope }, stack) => Scope.fromPath(stack, 'scope-in-one-text', ['payments/eu']),
  },
}

describe.each(installed)('a mistake, with $framework', (packages) => {
  const { agyn } = packages

  it.each(Object.entries(mistakes))('is refused: %s', (_, { at, says, make }) => {
    const { app, stack } = begin(packages)
    make(agyn, stack)
    const [line, ...others] = refusals(app)
    expect(others).toEqual([])
    expect(line).toMatch(sentence(at, says))
  })

  it('is told with every other one', () => {
    const { app, stack } = begin(packages)
    for (const { make } of Object.values(mistakes)) make(agyn, stack)
    const lines = refusals(app)
    for (const { at, says } of Object.values(mistakes)) {
      expect(lines).toContainEqual(expect.stringMatching(sentence(at, says)))
    }
    const known = Object.values(mistakes).map(({ at, says }) => sentence(at, says))
    expect(lines.filter((line) => !known.some((each) => each.test(line)))).toEqual([])
  })

  it('is forgotten once it is mended', () => {
    const { app, stack } = begin(packages)
    const key = new packages.cdk.TerraformVariable(stack, 'key', { default: 'sk_live_canary' })
    agyn.Secret.local(stack, 'stripe', { value: key.stringValue })
    expect(() => rendered(packages, stack)).toThrow('[stack/stripe] `value`')
    key.addOverride('default', null)
    expect(rendered(packages, stack).variable['key']).toEqual({ default: null })
    expect(refusals(app)).toEqual([])
  })

  const sentence = (at: string, says: string | RegExp) => {
    const beginning = typeof says === 'string' ? literally(says) : says.source.replace(/^\^/, '')
    return new RegExp(`^\\[stack/${literally(at)}\\] ${beginning}`)
  }

  const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
})
