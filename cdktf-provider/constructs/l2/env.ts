import { Token } from 'cdktn'
import { Construct } from 'constructs'
import type { ConsumerKind } from '../../../contract/consumer-kinds.ts'
import { envNameComplaint } from '../../../contract/env-name.ts'
import { Env as EnvL1 } from '../gen/cdktn/env/index.ts'
import { areOthers, belongingOf, placeOf, providerHere, type IOrganization } from './belonging.ts'
import { refuse, requireTexts } from './checks/refuse.ts'
import { StackChecks } from './checks/stack-checks.ts'
import type { ResourceProps } from './resource-props.ts'
import type { ISecret } from './secret-props.ts'
import type { SecretTemplate } from './secret-template.ts'

/** What envs are given to. The platform makes it, and knows it by its id. */
export interface IConsumer {
  /** What it is, in the word of the API. */
  readonly kind: ConsumerKind
  /** Any text that the platform knows it by. */
  readonly id: string
  /** Equal for what is one consumer. */
  readonly key: string
  /** How messages name it. */
  readonly label: string
}

/** Who is given it, under which name. */
export interface EnvPlace extends ResourceProps {
  /**
   * Who receives it.
   *
   * @example Agent.named('billing')
   */
  readonly consumer: IConsumer
  /**
   * Name of the environment variable: letters, digits and `_`.
   *
   * @example 'STRIPE_API_KEY'
   */
  readonly name: string
  /**
   * The organization it belongs to.
   *
   * @default that of the secret, else the one that the construct lies in, else the token's
   * @example new Organization(stack, 'acme')
   */
  readonly organization?: IOrganization
}

export interface SecretEnvProps extends EnvPlace {
  /**
   * The secret whose value it carries.
   *
   * @example vault.secret('kv/data/prod/stripe', { key: 'api_key' })
   */
  readonly secret: ISecret
  readonly template?: never
  readonly value?: never
}

export interface TemplateEnvProps extends EnvPlace {
  /**
   * A text made of secrets.
   *
   * @example secretTemplate`postgres://app:${databasePassword}@db/app`
   */
  readonly template: SecretTemplate
  readonly secret?: never
  readonly value?: never
}

export interface PlainEnvProps extends EnvPlace {
  /**
   * A plain value. It is no secret, and is shown.
   *
   * @example 'eu-west-1'
   */
  readonly value: string
  readonly secret?: never
  readonly template?: never
}

export type EnvProps = SecretEnvProps | TemplateEnvProps | PlainEnvProps

/**
 * Gives a consumer a secret, a text made of secrets or a plain value, under a name.
 * `Agent.named('billing').addEnv(…)` is the short form.
 *
 * @example
 * new Env(stack, 'stripe', { consumer: Agent.named('billing'), name: 'STRIPE_API_KEY', secret })
 */
export class Env extends Construct {
  /** The L1 below it, for `overrideLogicalId`, `importFrom` and meta-arguments. */
  readonly resource: EnvL1
  /** Who receives it. */
  readonly consumer: IConsumer
  /** The organization it belongs to, where that is known. */
  readonly organization: IOrganization | undefined
  /** The secrets that it carries: one, those of a template, or none. */
  readonly secrets: readonly ISecret[]
  /**
   * Equal for envs that are resolved together: of one consumer in one organization.
   *
   * @internal
   */
  readonly start: string

  constructor(scope: Construct, id: string, props: EnvProps) {
    super(scope, id)
    const { consumer, name, secret, template, value } = props
    this.consumer = consumer
    this.secrets = secret ? [secret] : (template?.secrets ?? [])
    const [first] = this.secrets
    const belonging = belongingOf(this, {
      organization: props.organization ?? first?.organization,
      terraformProvider: props.terraformProvider ?? providerHere(this, first?.terraformProvider),
    })
    this.organization = belonging.organization
    this.resource = new EnvL1(this, 'Resource', {
      consumer: { kind: consumer.kind, id: consumer.id },
      name,
      secretId: secret?.secretId,
      template: template?.toTerraform(),
      value,
      organizationId: this.organization?.organizationId,
      provider: belonging.terraformProvider,
    })
    this.start = placeOf({ ...belonging, scope: undefined }) + consumer.key
    this.#check(props)
  }

  #check({ consumer, name, secret, template, value }: EnvProps): void {
    requireTexts(this, { name, 'consumer.id': consumer.id })
    const complaint = !name || Token.isUnresolved(name) ? undefined : envNameComplaint(name)
    if (complaint !== undefined) refuse(this, `\`name\`: ${complaint}`)
    if ([secret, template, value].filter((each) => each !== undefined).length !== 1) {
      refuse(this, 'An env carries one thing. Give either `secret`, `template` or `value`.')
    }
    const stranger = this.secrets.find(
      ({ organization }) =>
        organization && this.organization && areOthers(organization, this.organization),
    )
    if (stranger) {
      refuse(
        this,
        `The secret ${stranger.node.path} is of another organization than this env. Give one of its own.`,
      )
    }
    const checks = StackChecks.of(this)
    checks.watch(this, this.resource)
    checks.claim(this, {
      noun: 'variable',
      place: this.start,
      name,
      advice: `${consumer.label} can be given one value under a name: give this one another, or leave one out.`,
    })
  }
}
