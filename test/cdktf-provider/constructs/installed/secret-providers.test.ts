import { describe, expect, it } from 'vitest'
import type { TerraformStack } from 'cdktn'
import { installed, type Installed } from '../../../support/constructs.ts'
import { begin, only, refusals, rendered } from '../../../support/stacks.ts'

interface Case {
  make(agyn: Installed['agyn'], stack: TerraformStack, secret: (id: string) => string): unknown
  readonly renders: object
}

const address = 'https://vault.internal:8200'
const vaultUrl = 'https://acme-prod.vault.azure.net'
const application = { tenantId: 'acme.example', clientId: 'c2a94f6b' }
const of = (type: string, block: object) => ({ name: 'store', type, ...block })

const cases: Readonly<Record<string, Case>> = {
  'Vault with a token': {
    make: ({ SecretProvider, VaultAuth }, stack, secret) =>
      SecretProvider.vault(stack, 'store', {
        address,
        auth: VaultAuth.token({ token: secret('token') }),
      }),
    renders: of('vault', {
      vault: { address, token_wo: '${var.token}' },
      config_wo_version: 1,
    }),
  },
  'Vault as an AppRole': {
    make: ({ SecretProvider, VaultAuth }, stack, secret) =>
      SecretProvider.vault(stack, 'store', {
        address,
        auth: VaultAuth.appRole({ roleId: 'agents', secretId: secret('id') }),
        credentialsVersion: 4,
      }),
    renders: of('vault', {
      vault: { address, auth_method: 'approle', role_id: 'agents', secret_id_wo: '${var.id}' },
      config_wo_version: 4,
    }),
  },
  'Vault by Kubernetes': {
    make: ({ SecretProvider, VaultAuth }, stack) =>
      SecretProvider.vault(stack, 'store', {
        address,
        auth: VaultAuth.kubernetes({ role: 'agents' }),
      }),
    renders: of('vault', { vault: { address, auth_method: 'kubernetes', role: 'agents' } }),
  },
  'Vault by a JWT': {
    make: ({ SecretProvider, VaultAuth }, stack) =>
      SecretProvider.vault(stack, 'store', {
        address,
        auth: VaultAuth.jwt({ role: 'agents', tokenPath: '/run/token', mountPoint: 'jwt-eu' }),
      }),
    renders: of('vault', {
      vault: {
        address,
        auth_method: 'jwt',
        role: 'agents',
        token_path: '/run/token',
        mount_point: 'jwt-eu',
      },
    }),
  },
  'Vault by AWS': {
    make: ({ SecretProvider, VaultAuth }, stack) =>
      SecretProvider.vault(stack, 'store', {
        address,
        auth: VaultAuth.aws({
          role: 'agents',
          region: 'eu-west-1',
          mountPoint: 'aws-prod',
          stsEndpoint: 'https://sts.eu-west-1.amazonaws.com',
          serverId: 'vault.internal',
        }),
      }),
    renders: of('vault', {
      vault: {
        address,
        auth_method: 'aws',
        role: 'agents',
        region: 'eu-west-1',
        mount_point: 'aws-prod',
        sts_endpoint: 'https://sts.eu-west-1.amazonaws.com',
        server_id: 'vault.internal',
      },
    }),
  },
  'Vault with all else': {
    make: ({ SecretProvider, VaultAuth }, stack) =>
      SecretProvider.vault(stack, 'store', {
        name: 'vault-prod',
        description: 'Reads kv/prod.',
        address,
        auth: VaultAuth.kubernetes({ role: 'agents' }),
        namespace: 'team-a',
        caCertificate: '-----BEGIN CERTIFICATE-----',
        kvVersion: 1,
        mount: 'teams/kv',
        pathPrefix: 'teams/kv/agyn',
        metadataPathPrefix: 'teams/kv/metadata/agyn',
        allowBrowse: true,
        forceDestroy: true,
      }),
    renders: {
      name: 'vault-prod',
      type: 'vault',
      description: 'Reads kv/prod.',
      allow_browse: true,
      force_destroy: true,
      vault: {
        address,
        auth_method: 'kubernetes',
        role: 'agents',
        namespace: 'team-a',
        ca_certificate: '-----BEGIN CERTIFICATE-----',
        kv_version: 1,
        mount: 'teams/kv',
        path_prefix: 'teams/kv/agyn',
        metadata_path_prefix: 'teams/kv/metadata/agyn',
      },
    },
  },
  'Vault with its token in the state': {
    make: ({ SecretProvider, VaultAuth }, stack, secret) =>
      SecretProvider.vault(stack, 'store', {
        address,
        auth: VaultAuth.token({ token: secret('token') }),
        credentialsInState: true,
      }),
    renders: of('vault', { vault: { address, token: '${var.token}' } }),
  },
  'AWS with an access key': {
    make: ({ SecretProvider }, stack, secret) =>
      SecretProvider.awsSecretsManager(stack, 'store', {
        region: 'eu-west-1',
        credentials: { accessKeyId: secret('id'), secretAccessKey: secret('key') },
      }),
    renders: of('aws-sm', {
      aws_sm: {
        region: 'eu-west-1',
        access_key_id_wo: '${var.id}',
        secret_access_key_wo: '${var.key}',
      },
      config_wo_version: 1,
    }),
  },
  'AWS with a temporary key in the state': {
    make: ({ SecretProvider }, stack, secret) =>
      SecretProvider.awsSecretsManager(stack, 'store', {
        region: 'eu-west-1',
        credentials: {
          accessKeyId: secret('id'),
          secretAccessKey: secret('key'),
          sessionToken: secret('session'),
        },
        credentialsInState: true,
      }),
    renders: of('aws-sm', {
      aws_sm: {
        region: 'eu-west-1',
        access_key_id: '${var.id}',
        secret_access_key: '${var.key}',
        session_token: '${var.session}',
      },
    }),
  },
  'AWS as the API itself, in another role': {
    make: ({ SecretProvider }, stack) =>
      SecretProvider.awsSecretsManager(stack, 'store', {
        region: 'eu-west-1',
        roleArn: 'arn:aws:iam::123456789012:role/agents',
        externalId: 'agyn',
        endpoint: 'https://secretsmanager.internal',
        stsEndpoint: 'https://sts.internal',
        pathPrefix: 'agents',
      }),
    renders: of('aws-sm', {
      aws_sm: {
        region: 'eu-west-1',
        role_arn: 'arn:aws:iam::123456789012:role/agents',
        external_id: 'agyn',
        endpoint: 'https://secretsmanager.internal',
        sts_endpoint: 'https://sts.internal',
        path_prefix: 'agents',
      },
    }),
  },
  'Azure as an application': {
    make: ({ SecretProvider }, stack, secret) =>
      SecretProvider.azureKeyVault(stack, 'store', {
        vaultUrl,
        credentials: { ...application, clientSecret: secret('secret') },
        authorityHost: 'https://login.microsoftonline.us',
      }),
    renders: of('azure-kv', {
      azure_kv: {
        vault_url: vaultUrl,
        tenant_id: 'acme.example',
        client_id: 'c2a94f6b',
        client_secret_wo: '${var.secret}',
        authority_host: 'https://login.microsoftonline.us',
      },
      config_wo_version: 1,
    }),
  },
  'Azure with its secret in the state': {
    make: ({ SecretProvider }, stack, secret) =>
      SecretProvider.azureKeyVault(stack, 'store', {
        vaultUrl,
        credentials: { ...application, clientSecret: secret('secret') },
        credentialsInState: true,
      }),
    renders: of('azure-kv', {
      azure_kv: {
        vault_url: vaultUrl,
        tenant_id: 'acme.example',
        client_id: 'c2a94f6b',
        client_secret: '${var.secret}',
      },
    }),
  },
  'Azure as the API itself': {
    make: ({ SecretProvider }, stack) => SecretProvider.azureKeyVault(stack, 'store', { vaultUrl }),
    renders: of('azure-kv', { azure_kv: { vault_url: vaultUrl } }),
  },
  'Google Cloud with a key file': {
    make: ({ SecretProvider }, stack, secret) =>
      SecretProvider.gcpSecretManager(stack, 'store', {
        projectId: 'acme-prod',
        serviceAccountJson: secret('file'),
        endpoint: 'https://secretmanager.europe-west1.rep.googleapis.com',
      }),
    renders: of('gcp-sm', {
      gcp_sm: {
        project_id: 'acme-prod',
        service_account_json_wo: '${var.file}',
        endpoint: 'https://secretmanager.europe-west1.rep.googleapis.com',
      },
      config_wo_version: 1,
    }),
  },
  'Google Cloud with its key file in the state': {
    make: ({ SecretProvider }, stack, secret) =>
      SecretProvider.gcpSecretManager(stack, 'store', {
        projectId: 'acme-prod',
        serviceAccountJson: secret('file'),
        credentialsInState: true,
      }),
    renders: of('gcp-sm', {
      gcp_sm: { project_id: 'acme-prod', service_account_json: '${var.file}' },
    }),
  },
  'Google Cloud as the API itself': {
    make: ({ SecretProvider }, stack) =>
      SecretProvider.gcpSecretManager(stack, 'store', { projectId: 'acme-prod' }),
    renders: of('gcp-sm', { gcp_sm: { project_id: 'acme-prod' } }),
  },
}

describe.each(installed)('SecretProvider, with $framework', (packages) => {
  const { cdk, agyn } = packages

  it.each(Object.entries(cases))('renders %s', (_, { make, renders }) => {
    const { app, stack } = begin(packages)
    make(agyn, stack, (id) => new cdk.TerraformVariable(stack, id, {}).stringValue)
    expect(only(rendered(packages, stack).resource['agyn_secret_provider'])).toEqual(renders)
    expect(refusals(app)).toEqual([])
  })

  it('takes an address that only Terraform knows', () => {
    const { app, stack } = begin(packages)
    const variable = (id: string) => new cdk.TerraformVariable(stack, id, {}).stringValue
    agyn.SecretProvider.vault(stack, 'vault', {
      address: variable('address'),
      auth: agyn.VaultAuth.kubernetes({ role: variable('role') }),
    })
    agyn.SecretProvider.azureKeyVault(stack, 'azure', { vaultUrl: `https://${variable('name')}` })
    expect(refusals(app)).toEqual([])
  })

  it.each(['vault:8200', 'ftp://vault', 'https://', 'https:///x', 'https:/vault'])(
    'refuses %j for an address',
    (wrong) => {
      const { app, stack } = begin(packages)
      const auth = agyn.VaultAuth.kubernetes({ role: 'agents' })
      agyn.SecretProvider.vault(stack, 'vault', { address: wrong, auth })
      agyn.SecretProvider.azureKeyVault(stack, 'azure', { vaultUrl: wrong })
      expect(refusals(app)).toEqual([
        expect.stringContaining('[stack/vault] `address` is no URL.'),
        expect.stringContaining('[stack/azure] `vaultUrl` is no URL.'),
      ])
    },
  )

  it('refuses a password in any address, and does not show it', () => {
    const { app, stack } = begin(packages)
    const url = 'https://agyn:sk_live_canary@host:8200/x'
    const { SecretProvider, VaultAuth } = agyn
    const auth = VaultAuth.aws({ role: 'agents', stsEndpoint: url })
    SecretProvider.vault(stack, 'vault', { address: url, auth })
    SecretProvider.awsSecretsManager(stack, 'aws', { region: 'eu', endpoint: url })
    SecretProvider.azureKeyVault(stack, 'azure', { vaultUrl, authorityHost: url })
    const refused = refusals(app)
    for (const line of [
      '[stack/vault] `address` holds a user or a password',
      '[stack/vault] `stsEndpoint` holds a user or a password',
      '[stack/aws] `endpoint` holds a user or a password',
      '[stack/azure] `authorityHost` holds a user or a password',
    ]) {
      expect(refused).toContainEqual(expect.stringContaining(line))
    }
    expect(refused).toHaveLength(4)
    expect(refused.join()).not.toContain('canary')
  })

  it('may be given another address after others refer to it', () => {
    const { stack } = begin(packages)
    const provider = agyn.SecretProvider.gcpSecretManager(stack, 'google', { projectId: 'acme' })
    provider.secret('stripe')
    new cdk.TerraformOutput(stack, 'name', { value: provider.providerName })
    provider.resource.overrideLogicalId('google_prod')
    const { resource, output } = rendered(packages, stack) as ReturnType<typeof rendered> & {
      readonly output: unknown
    }
    expect(only(resource['agyn_secret'])['provider_id']).toBe(
      '${agyn_secret_provider.google_prod.id}',
    )
    expect(output).toEqual({ name: { value: '${agyn_secret_provider.google_prod.name}' } })
  })
})
