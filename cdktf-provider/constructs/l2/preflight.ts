import {
  Aspects,
  TerraformStack,
  dependable,
  type IResolvable,
  type TerraformResource,
} from 'cdktn'
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
  readonly #props: PreflightProps
  readonly #asked = new Map<string, DataAgynPreflight>()

  constructor(scope: Construct, id: string, props: PreflightProps = {}) {
    super(scope, id)
    this.#props = props
    // What the stack gives to whom is known when it is synthesized, and not before. Not every way to an
    // output prepares the stack, so it is asked as an aspect too.
    StackChecks.of(this).beforePreparation(() => this.#askForAll())
    Aspects.of(this).add({ visit: (node) => node === this && this.#askForAll() })
    for (const consumer of props.consumers ?? []) this.#warnOfNobody(consumer)
  }

  /** Again and again: the stack may have more than when it was synthesized before. */
  #askForAll(): void {
    for (const [key, start] of this.#starts()) {
      const asked = this.#asked.get(key) ?? this.#ask(start)
      this.#asked.set(key, asked)
      const parts = start.envs.flatMap(partsOf)
      // What another stack makes is there before this one is planned.
      asked.dependsOn = parts
        .filter(({ cdktfStack }) => cdktfStack === asked.cdktfStack)
        .map(dependable)
    }
  }

  #ask({ consumer: { kind, id }, envs }: Start): DataAgynPreflight {
    const { fail, terraformProvider } = this.#props
    const here = belongingOf(this, { terraformProvider })
    const [first] = envs
    return new DataAgynPreflight(this, freeId(this, constructId(kind, id)), {
      consumer: { kind, id },
      organizationId: (first ?? here).organization?.organizationId,
      fail,
      provider: terraformProvider ?? first?.resource.provider ?? here.terraformProvider,
    })
  }

  /** Each consumer once, in each organization in which the stack gives it envs. */
  #starts(): ReadonlyMap<string, Start> {
    const { consumers } = this.#props
    const starts = new Map<string, Start>()
    for (const env of this.#envs()) {
      const { consumer, start: key } = env
      if (consumers?.every((each) => each.key !== consumer.key)) continue
      const start = starts.get(key) ?? { consumer, envs: [] }
      start.envs.push(env)
      starts.set(key, start)
    }
    const known = new Set([...starts.values()].map(({ consumer }) => consumer.key))
    for (const consumer of consumers ?? []) {
      if (!known.has(consumer.key)) starts.set(consumer.key, { consumer, envs: [] })
    }
    return starts
  }

  #warnOfNobody({ key, label }: IConsumer): void {
    StackChecks.of(this).warn(this, () => {
      if (this.#envs().some(({ consumer }) => consumer.key === key)) return undefined
      return `This stack gives ${label} no env. Is its id right?`
    })
  }

  #envs(): Env[] {
    const stack = TerraformStack.of(this)
    return stack.node
      .findAll()
      .filter(isEnv)
      .filter(({ resource }) => resource.cdktfStack === stack)
  }
}

/** What is to start, and the envs that it takes. */
interface Start {
  readonly consumer: IConsumer
  readonly envs: Env[]
}

const isEnv = (construct: IConstruct): construct is Env => construct instanceof Env

/** All that a start takes: a gate that is asked before one of them is made would fail. */
function partsOf(env: Env): TerraformResource[] {
  const secrets = env.secrets.filter((secret) => secret instanceof Secret)
  const providers = secrets
    .map(({ provider }) => provider)
    .filter((provider) => provider instanceof SecretProvider)
  return [env, ...secrets, ...providers].map(({ resource }) => resource)
}
