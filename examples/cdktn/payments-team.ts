import {
  Agent,
  McpServer,
  Scope,
  Secret,
  SecretProvider,
  secretTemplate,
  type AwsCredentials,
  type ISecretProvider,
} from '@agyn/cdktn-provider'
import type { Construct } from 'constructs'

export interface PaymentsTeamProps {
  readonly vault: ISecretProvider
  readonly awsEndpoint: string
  /** References: the stack has no secret in it. */
  readonly awsKey: AwsCredentials
  readonly signingKey: string
}

/** Takes payments, and has an AWS account of its own. What is made in a team belongs to it. */
export class PaymentsTeam extends Scope {
  constructor(scope: Construct, id: string, props: PaymentsTeamProps) {
    super(scope, id, { kind: 'team' })
    const { vault, awsEndpoint, awsKey, signingKey } = props

    const aws = SecretProvider.awsSecretsManager(this, 'aws-payments', {
      description: 'The account of the payments team.',
      region: 'eu-west-1',
      endpoint: awsEndpoint,
      credentials: awsKey,
    })
    const stripe = aws.secret('prod/stripe', { key: 'apiKey', name: 'stripe-api-key' })
    McpServer.named('stripe').addEnv('STRIPE_API_KEY', stripe)

    const databasePassword = Secret.remote(this, 'database-password', {
      provider: vault,
      remotePath: 'kv/data/prod/payments/database',
      remoteKey: 'password',
    })
    // To send another: a higher version here, and TF_VAR_signing_key for that apply.
    const signing = Secret.local(this, 'signing-key', {
      value: signingKey,
      valueVersion: 1,
      category: 'agent_secret',
      rotateEvery: '90d',
    })
    Agent.named('refunds')
      .addEnv('SIGNING_KEY', signing)
      .addEnv('DATABASE_URL', secretTemplate`postgres://refunds:${databasePassword}@db/payments`)
      .addPlainEnv(this, 'REGION', 'eu-west-1')
  }
}
