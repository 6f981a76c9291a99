import {
  AgynProvider,
  EphemeralVariable,
  LlmProvider,
  McpServer,
  Preflight,
  Secret,
  SecretProvider,
  VaultAuth,
} from '@agyn/cdktn-provider'
import { TerraformStack, TerraformVariable } from 'cdktn'
import type { Construct } from 'constructs'
import { PaymentsTeam } from './payments-team'
import { SupportTeam } from './support-team'

/** What a company gives its agents, MCP servers and LLM providers, and where it comes from. */
export class CompanyStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id)

    // Address and token come from AGYN_API_URL and AGYN_API_TOKEN: an owner's of the company.
    new AgynProvider(this, 'agyn')

    // Where the company keeps what its platform team rotates.
    const vaultAddress = new TerraformVariable(this, 'vault_address', { type: 'string' })
    const vaultSecretId = new EphemeralVariable(this, 'vault_secret_id')
    const vault = SecretProvider.vault(this, 'vault-prod', {
      description: 'Reads kv/prod and nothing else.',
      address: vaultAddress.stringValue,
      auth: VaultAuth.appRole({ roleId: 'agents', secretId: vaultSecretId.stringValue }),
      kvVersion: 2,
      mount: 'kv',
    })

    // For everybody: read from Vault each time that a workload starts.
    const github = vault.secret('kv/data/prod/github', { key: 'token', name: 'github-token' })
    McpServer.named('github').addEnv('GITHUB_PERSONAL_ACCESS_TOKEN', github)

    // Kept here, encrypted. What LLM providers are given is all that an LLM proxy's token resolves.
    const anthropic = Secret.local(this, 'anthropic-api-key', {
      value: new EphemeralVariable(this, 'anthropic_api_key').stringValue,
      category: 'provider_credential',
    })
    LlmProvider.named('anthropic').addEnv('ANTHROPIC_API_KEY', anthropic)

    const awsEndpoint = new TerraformVariable(this, 'aws_endpoint', {
      type: 'string',
      default: 'https://secretsmanager.eu-west-1.amazonaws.com',
      description: 'Secrets Manager, or its endpoint in a VPC.',
    })
    new PaymentsTeam(this, 'payments', {
      vault,
      awsEndpoint: awsEndpoint.stringValue,
      awsKey: {
        accessKeyId: new EphemeralVariable(this, 'aws_access_key_id').stringValue,
        secretAccessKey: new EphemeralVariable(this, 'aws_secret_access_key').stringValue,
      },
      signingKey: new EphemeralVariable(this, 'signing_key').stringValue,
    })
    new SupportTeam(this, 'support', { vault })

    // Would they all start? If not, the plan fails with every reason.
    const gate = new TerraformVariable(this, 'preflight', {
      type: 'bool',
      default: true,
      description: 'Off while the stores cannot be reached, as on the day that they are set up.',
    })
    new Preflight(this, 'would-start', { fail: gate.booleanValue })
  }
}
