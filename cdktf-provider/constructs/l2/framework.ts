// What CDK Terrain can do and CDKTF cannot. `framework.cdktf.ts` stands in its place in the other package.
import { Construct, type IConstruct } from 'constructs'
import { EphemeralAgynApiToken } from '../gen/cdktn/ephemeral-agyn-api-token/index.ts'
import { EphemeralAgynWorkloadEnv } from '../gen/cdktn/ephemeral-agyn-workload-env/index.ts'
import { belongingOf } from './belonging.ts'
import { requireName, requireTexts } from './checks/refuse.ts'
import { StackChecks } from './checks/stack-checks.ts'
import type { EphemeralApiTokenProps, WorkloadEnvProps } from './ephemeral-props.ts'
import { later } from './later.ts'

export { AgynProvider as AgynProviderBase } from '../gen/cdktn/provider/index.ts'

/** What to add to a project that uses write-only arguments, and does not say which Terraform it runs. */
export function targetProblems(construct: IConstruct): string[] {
  if (construct.node.tryGetContext('targetVersions') !== undefined) return []
  return [
    'Secrets go to write-only arguments, and the project does not say that its Terraform has them. Add to cdktf.json: "targetVersions": { "terraform": ">=1.11" }; without the command line, give it to the App: new App({ context: { targetVersions: { terraform: \'>=1.11\' } } }).',
  ]
}

/**
 * A token for the run itself: made when Terraform needs it and revoked when the run ends. In no state
 * and no plan.
 *
 * @example
 * const deploy = new EphemeralApiToken(stack, 'deploy', { role: 'member' })
 * new AgynProvider(stack, 'as-member', { alias: 'member', apiToken: deploy.token })
 */
export class EphemeralApiToken extends Construct {
  /** The L1 below it, for `overrideLogicalId` and meta-arguments. */
  readonly resource: EphemeralAgynApiToken

  constructor(scope: Construct, id: string, props: EphemeralApiTokenProps) {
    super(scope, id)
    const { name = id, role, expiresIn } = props
    const belonging = belongingOf(this, props)
    this.resource = new EphemeralAgynApiToken(this, 'Resource', {
      name,
      role,
      expiresIn,
      scopeId: belonging.scope?.scopeId,
      organizationId: belonging.organization?.organizationId,
      provider: belonging.terraformProvider,
    })
    requireName(this, name)
    requireTexts(this, { role })
    StackChecks.of(this).watch(this, this.resource)
  }

  /** The token: for write-only arguments, and for the configuration of a Terraform provider. */
  get token(): string {
    return later(() => this.resource.token)
  }
}

/**
 * What a consumer is given when it starts, for the run itself. In no state and no plan. It takes the
 * token of an orchestrator.
 *
 * @example
 * const env = new WorkloadEnv(stack, 'billing', { consumer: Agent.named('billing') })
 * const key = env.value('STRIPE_API_KEY')
 */
export class WorkloadEnv extends Construct {
  /** The L1 below it, for `overrideLogicalId` and meta-arguments. */
  readonly resource: EphemeralAgynWorkloadEnv

  constructor(scope: Construct, id: string, props: WorkloadEnvProps) {
    super(scope, id)
    const { consumer, workloadId } = props
    const { organization, terraformProvider } = belongingOf(this, props)
    this.resource = new EphemeralAgynWorkloadEnv(this, 'Resource', {
      consumer: { kind: consumer.kind, id: consumer.id },
      workloadId,
      organizationId: organization?.organizationId,
      provider: terraformProvider,
    })
    StackChecks.of(this).watch(this, this.resource)
  }

  /**
   * The value of a variable: for write-only arguments, and for the configuration of a Terraform provider.
   *
   * @example new WorkloadEnv(stack, 'deploy', { consumer: Agent.named('deploy') }).value('DB_PASSWORD')
   */
  value(name: string): string {
    return later(() => this.resource.env.lookup(name))
  }
}
