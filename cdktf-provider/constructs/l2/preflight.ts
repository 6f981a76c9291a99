import { Aspects, TerraformStack, type IResolvable, type TerraformElement } from 'cdktn'
import { Construct, type IConstruct } from 'constructs'
import { DataAgynPreflight } from '../gen/cdktn/data-agyn-preflight/index.ts'
import { belongingOf } from './belonging.ts'
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
    // The stack may have more by now than when it was synthesized before.
    for (const { node } of this.node.children) this.node.tryRemoveChild(node.id)
    const stack = TerraformStack.of(this)
    const here = belongingOf(this, { terraformProvider })
    for (const { consumer, envs } of startsIn(stack, consumers)) {
      const [first] = envs
      const { kind, id } = consumer
      new DataAgynPreflight(this, freeId(this, constructId(kind, id)), {
        consumer: { kind, id },
        organizationId: (first ?? here).organization?.organizationId,
        fail,
        // What another stack makes is there before this one is planned.
        dependsOn: envs.flatMap(partsOf).filter(({ cdktfStack }) => cdktfStack === stack),
        provider: terraformProvider ?? first?.resource.provider ?? here.terraformProvider,
      })
    }
  }
}

/** What is to start, and the envs that it takes. */
interface Start {
  readonly consumer: IConsumer
  readonly envs: Env[]
}

/** Each consumer once, in each organization in which the stack gives it envs. */
function startsIn(stack: TerraformStack, named?: readonly IConsumer[]): Iterable<Start> {
  const starts = new Map<string, Start>()
  for (const env of stack.node.findAll().filter(isEnv)) {
    const { consumer, start: key } = env
    if (named?.every((each) => each.key !== consumer.key)) continue
    const start = starts.get(key) ?? { consumer, envs: [] }
    start.envs.push(env)
    starts.set(key, start)
  }
  for (const consumer of named ?? []) {
    const known = [...starts.values()].some((start) => start.consumer.key === consumer.key)
    if (!known) starts.set(consumer.key, { consumer, envs: [] })
  }
  return starts.values()
}

const isEnv = (construct: IConstruct): construct is Env => construct instanceof Env

/** All that a start takes: a gate that is asked before one of them is made would fail. */
function partsOf(env: Env): TerraformElement[] {
  const secrets = env.secrets.filter((secret) => secret instanceof Secret)
  const providers = secrets
    .map(({ provider }) => provider)
    .filter((provider) => provider instanceof SecretProvider)
  return [env, ...secrets, ...providers].map(({ resource }) => resource)
}
