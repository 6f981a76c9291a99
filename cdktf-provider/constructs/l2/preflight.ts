import { Aspects, TerraformStack, type IResolvable, type ITerraformDependable } from 'cdktn'
import { Construct, type IConstruct } from 'constructs'
import { DataAgynPreflight } from '../gen/cdktn/data-agyn-preflight/index.ts'
import { StackChecks } from './checks/stack-checks.ts'
import { constructId, freeId } from './construct-id.ts'
import { Env, type IConsumer } from './env.ts'
import type { ResourceProps } from './resource-props.ts'
import { Secret } from './secret.ts'
import { SecretProvider } from './secret-provider.ts'

export interface PreflightProps extends ResourceProps {
  /**
   * Who is to start.
   *
   * @default every consumer that this stack gives an env to
   * @example [Agent.named('billing'), McpServer.named('github')]
   */
  readonly consumers?: readonly IConsumer[]
  /**
   * With `false` nothing fails, and the data sources tell. A variable can turn the gate off while a
   * store is away.
   *
   * @default true
   * @example new TerraformVariable(stack, 'preflight', { type: 'bool', default: true }).booleanValue
   */
  readonly fail?: boolean | IResolvable
}

/**
 * A gate: fails the plan with every reason why a workload would not start, asked of the live stores.
 * Where something that a start takes is to change, it is asked at apply, after the change.
 *
 * @example new Preflight(stack, 'preflight')
 */
export class Preflight extends Construct {
  constructor(scope: Construct, id: string, props: PreflightProps = {}) {
    super(scope, id)
    StackChecks.of(this)
    // What the stack gives to whom is known when it is synthesized, and not before.
    Aspects.of(this).add({ visit: (node) => node === this && this.#ask(props) })
  }

  #ask({ consumers, fail, terraformProvider }: PreflightProps): void {
    if (this.node.children.length > 0) return
    const envs = TerraformStack.of(this).node.findAll().filter(isEnv)
    const named = consumers ?? envs.map(({ consumer }) => consumer)
    for (const [key, { kind, id }] of new Map(named.map((each) => [each.key, each]))) {
      const given = envs.filter(({ consumer }) => consumer.key === key)
      new DataAgynPreflight(this, freeId(this, constructId(kind, id)), {
        consumer: { kind, id },
        organizationId: given[0]?.organization?.organizationId,
        fail,
        dependsOn: given.flatMap(partsOf),
        provider: terraformProvider ?? given[0]?.resource.provider,
      })
    }
  }
}

const isEnv = (construct: IConstruct): construct is Env => construct instanceof Env

/** All that a start takes: a gate that is asked before one of them is made would fail. */
function partsOf(env: Env): ITerraformDependable[] {
  const secrets = env.secrets.filter((secret) => secret instanceof Secret)
  const providers = secrets
    .map(({ provider }) => provider)
    .filter((provider) => provider instanceof SecretProvider)
  return [env, ...secrets, ...providers].map(({ resource }) => resource)
}
