import { TerraformStack, Token } from 'cdktn'
import { Construct } from 'constructs'
import type { ConsumerKind } from '../../../contract/consumer-kinds.ts'
import { constructId, freeId } from './construct-id.ts'
import { Env, type IConsumer } from './env.ts'
import type { ISecret } from './secret-props.ts'
import { SecretTemplate } from './secret-template.ts'

export interface AddEnvOptions {
  /**
   * Where in the tree the env is made.
   *
   * @default below the organization of the secret, or of a template's first one; else the stack. So another
   *   secret changes the env where it is
   * @example stack
   */
  readonly scope?: Construct
}

/**
 * What envs are given to. It is no construct: the platform makes it, and knows it by its id. Two of
 * one kind and one id are one consumer.
 */
export abstract class Consumer implements IConsumer {
  /** What it is, in the word of the API. */
  abstract readonly kind: ConsumerKind
  /** Its id: any text that the platform knows it by. */
  readonly id: string

  protected constructor(id: string) {
    this.id = id
  }

  /**
   * Gives it a secret, or a text made of secrets.
   *
   * @param name - of the environment variable: letters, digits and `_`
   * @example Agent.named('billing').addEnv('STRIPE_API_KEY', stripe)
   * @example agent.addEnv('DATABASE_URL', secretTemplate`postgres://app:${password}@db/app`)
   */
  addEnv(name: string, source: ISecret | SecretTemplate, { scope }: AddEnvOptions = {}): this {
    if (source instanceof SecretTemplate) {
      const [first] = source.secrets
      const parent = scope ?? (first && homeOf(first))
      if (parent === undefined) {
        throw new Error(
          `The template of ${name} holds no secret. Give it by addPlainEnv(scope, name, value), or say where it is made: addEnv(name, template, { scope }).`,
        )
      }
      new Env(parent, this.#envId(parent, name), { consumer: this, name, template: source })
    } else if (!Construct.isConstruct(source)) {
      throw new Error(
        `${name} takes a secret or a secretTemplate. Give a plain value by addPlainEnv(scope, name, value).`,
      )
    } else {
      const parent = scope ?? homeOf(source)
      new Env(parent, this.#envId(parent, name), { consumer: this, name, secret: source })
    }
    return this
  }

  /**
   * Gives it a plain value, which is no secret, and is shown.
   *
   * @param scope - where in the tree the env is made
   * @param name - of the environment variable: letters, digits and `_`
   * @example Agent.named('billing').addPlainEnv(stack, 'REGION', 'eu-west-1')
   */
  addPlainEnv(scope: Construct, name: string, value: string): this {
    new Env(scope, this.#envId(scope, name), { consumer: this, name, value })
    return this
  }

  /** How messages name it. */
  get label(): string {
    return Token.isUnresolved(this.id) ? `the ${this.kind}` : `${this.kind} ${this.id}`
  }

  /** Equal for one consumer. */
  get key(): string {
    return JSON.stringify([this.kind, this.id])
  }

  #envId(parent: Construct, name: string): string {
    return freeId(parent, constructId(this.kind, this.id, name))
  }
}

/** Where an env lies that is given a secret: its address tells whose it is, and not what it is given. */
function homeOf(secret: ISecret): Construct {
  const stack = TerraformStack.of(secret)
  const { organization } = secret
  return organization && TerraformStack.of(organization) === stack ? organization : stack
}

/** An agent. */
export class Agent extends Consumer {
  readonly kind = 'agent'

  /**
   * The agent of this id.
   *
   * @example Agent.named('billing')
   */
  static named(id: string): Agent {
    return new Agent(id)
  }
}

/** An MCP server. */
export class McpServer extends Consumer {
  readonly kind = 'mcp_server'

  /**
   * The MCP server of this id.
   *
   * @example McpServer.named('github')
   */
  static named(id: string): McpServer {
    return new McpServer(id)
  }
}

/** A hook. */
export class Hook extends Consumer {
  readonly kind = 'hook'

  /**
   * The hook of this id.
   *
   * @example Hook.named('on-push')
   */
  static named(id: string): Hook {
    return new Hook(id)
  }
}

/** An LLM provider. What these are given is all that a token of the role `llm_proxy` resolves. */
export class LlmProvider extends Consumer {
  readonly kind = 'llm_provider'

  /**
   * The LLM provider of this id.
   *
   * @example LlmProvider.named('anthropic')
   */
  static named(id: string): LlmProvider {
    return new LlmProvider(id)
  }
}

/** A secret that container images are pulled with. */
export class ImagePullSecret extends Consumer {
  readonly kind = 'image_pull_secret'

  /**
   * The image pull secret of this id.
   *
   * @example ImagePullSecret.named('ghcr')
   */
  static named(id: string): ImagePullSecret {
    return new ImagePullSecret(id)
  }
}
