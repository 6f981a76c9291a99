import { Token, type TerraformProvider } from 'cdktn'
import { Construct } from 'constructs'
import { remotePathComplaint } from '../../../contract/remote-path.ts'
import { intervalMs } from '../../../contract/rotation.ts'
import { storePathComplaint, type StoreType } from '../../../contract/store-paths.ts'
import { DataAgynSecret } from '../gen/cdktn/data-agyn-secret/index.ts'
import { Secret as SecretL1, type SecretConfig } from '../gen/cdktn/secret/index.ts'
import {
  areOthers,
  belongingOf,
  placeOf,
  providerHere,
  type IOrganization,
  type IScope,
} from './belonging.ts'
import { refuse, refuseArguments, requireName, requireTexts } from './checks/refuse.ts'
import { StackChecks } from './checks/stack-checks.ts'
import { attributeOf, later } from './later.ts'
import type { LookUpProps } from './resource-props.ts'
import { Scope } from './scope.ts'
import type {
  ISecret,
  ISecretProvider,
  LocalSecretProps,
  ManagedSecretProps,
  RemoteSecretProps,
  SecretProps,
} from './secret-props.ts'

/**
 * A named value that workloads receive when they start.
 *
 * @example
 * const stripe = Secret.remote(stack, 'stripe-api-key', {
 *   provider: vault,
 *   remotePath: 'kv/data/prod/stripe',
 *   remoteKey: 'api_key',
 * })
 * Agent.named('billing').addEnv('STRIPE_API_KEY', stripe)
 */
export class Secret extends Construct implements ISecret {
  /**
   * One whose value agyn-secrets keeps itself, encrypted.
   *
   * @example
   * const stripe = new EphemeralVariable(stack, 'stripe_api_key')
   * Secret.local(stack, 'stripe-api-key', { value: stripe.stringValue })
   */
  static local(scope: Construct, id: string, props: LocalSecretProps): Secret {
    const secret = new Secret(scope, id, props, { ...valueArguments(props), storage: 'local' })
    secret.#requireValue(props)
    refuseArguments(secret, props, {
      names: ['provider', ...remoteArguments],
      instead: 'A local secret has a value; Secret.remote reads one from a secret provider.',
    })
    return secret
  }

  /**
   * One whose value agyn-secrets writes to a secret provider, and reads from there.
   *
   * @example Secret.managed(stack, 'signing-key', { provider: vault, value: key.stringValue })
   */
  static managed(scope: Construct, id: string, props: ManagedSecretProps): Secret {
    const secret = new Secret(scope, id, props, {
      ...valueArguments(props),
      storage: 'managed',
      providerId: props.provider?.providerId,
    })
    secret.#requireProvider(props.provider)
    secret.#requireValue(props)
    refuseArguments(secret, props, {
      names: remoteArguments,
      instead: 'Where a managed secret is kept is chosen when it is made.',
    })
    return secret
  }

  /**
   * One that is read from a secret provider each time a workload starts, and kept nowhere else.
   * `provider.secret(path)` is the short form.
   *
   * @example
   * Secret.remote(stack, 'stripe', { provider: vault, remotePath: 'kv/data/prod/stripe', remoteKey: 'key' })
   */
  static remote(scope: Construct, id: string, props: RemoteSecretProps): Secret {
    const { provider, remotePath, remoteKey, remoteVersion } = props
    const providerId = provider?.providerId
    const place = { providerId, remotePath, remoteKey, remoteVersion }
    const secret = new Secret(scope, id, props, { storage: 'remote', ...place })
    secret.#requireProvider(provider)
    requireTexts(secret, { remotePath, ...given({ remoteKey, remoteVersion }) })
    secret.#requirePath(remotePath, provider?.storeType)
    refuseArguments(secret, props, {
      names: ['value', 'encoding', 'valueVersion', 'valueInState'],
      instead: 'A remote secret is only read; Secret.managed keeps a value in a secret provider.',
    })
    return secret
  }

  /**
   * One that exists, by its id. Nothing is looked up unless its name or reference is asked for.
   *
   * @example Secret.fromId(stack, 'stripe', '0198c5a4-7d1e-7c3b-9f2a-5b8d3e6f1a20')
   */
  static fromId(scope: Construct, id: string, secretId: string, props: LookUpProps = {}): ISecret {
    return new ExistingSecret(scope, id, { ...props, secretId })
  }

  /**
   * One that exists, by its name, which is looked up at plan.
   *
   * @example Secret.fromName(stack, 'stripe', 'stripe-api-key', { scope: acme.team('payments') })
   */
  static fromName(
    scope: Construct,
    id: string,
    name: string,
    props: SecretLookUpProps = {},
  ): ISecret {
    return new ExistingSecret(scope, id, { ...props, name })
  }

  /** The L1 below it, for `overrideLogicalId`, `importFrom` and meta-arguments. */
  readonly resource: SecretL1
  readonly organization: IOrganization | undefined
  readonly scope: IScope | undefined
  readonly terraformProvider: TerraformProvider | undefined
  /** Of a remote or managed secret. */
  readonly provider: ISecretProvider | undefined
  #used = false

  private constructor(
    scope: Construct,
    id: string,
    props: SecretProps & { readonly provider?: ISecretProvider },
    value: Partial<SecretConfig>,
  ) {
    super(scope, id)
    const { name = id, category, description, expiresAt, rotateEvery, forceDestroy } = props
    const belonging = belongingOf(this, props)
    this.provider = props.provider
    this.scope = belonging.scope
    this.organization = belonging.organization ?? props.provider?.organization
    this.terraformProvider =
      belonging.terraformProvider ?? providerHere(this, props.provider?.terraformProvider)
    this.resource = new SecretL1(this, 'Resource', {
      // First: what is spread over others makes an object that is slow to read.
      ...value,
      name,
      category,
      description,
      expiresAt,
      rotateEvery,
      forceDestroy,
      organizationId: this.organization?.organizationId,
      scopeId: this.scope?.scopeId,
      provider: this.terraformProvider,
    })
    requireName(this, name)
    if (isText(rotateEvery) && intervalMs(rotateEvery) === undefined) {
      refuse(
        this,
        '`rotateEvery` is no interval. Give hours, days or weeks, such as 12h, 90d or 2w.',
      )
    }
    const checks = StackChecks.of(this)
    checks.usesWriteOnly ||= value.valueWoVersion !== undefined
    checks.watch(this, this.resource)
    checks.claim(this, {
      noun: 'secret',
      place: placeOf(this),
      name,
      advice: 'Give it another name, or another scope.',
    })
    checks.warn(this, () =>
      this.#used ? undefined : 'No consumer in this app is given this secret. Is it needed?',
    )
  }

  get secretId(): string {
    return this.#attribute('id')
  }

  get secretName(): string {
    return this.#attribute('name')
  }

  get reference(): string {
    return this.#attribute('reference')
  }

  #attribute(name: 'id' | 'name' | 'reference'): string {
    this.#used = true
    return attributeOf(this.resource, name)
  }

  #requireValue({ value, encoding = 'utf8' }: LocalSecretProps): void {
    requireTexts(this, { value })
    if (!['utf8', 'base64'].includes(encoding)) {
      refuse(this, '`encoding` is utf8, or base64 of a value that is given so. Give one of them.')
    }
  }

  #requireProvider(provider: ISecretProvider | undefined): void {
    if (provider === undefined)
      return refuse(this, '`provider` is missing. Give a secret provider.')
    const { organization } = this
    if (organization && provider.organization && areOthers(organization, provider.organization)) {
      refuse(
        this,
        `The secret provider ${provider.node.path} is of another organization than this secret. Give one of its own.`,
      )
    }
  }

  #requirePath(path: string, store: StoreType | undefined): void {
    if (!isText(path) || path === '') return
    const complaint = remotePathComplaint(path)
    if (complaint !== undefined) return refuse(this, `\`remotePath\`: ${complaint}`)
    const { message, hint } = (store && storePathComplaint(store, path)) ?? {}
    if (message !== undefined)
      refuse(this, ['`remotePath`:', message, hint].filter(Boolean).join(' '))
  }
}

/** Where a secret that exists is looked up. */
export interface SecretLookUpProps extends LookUpProps {
  /**
   * The scope it belongs to.
   *
   * @default the one that the construct lies in, else the root of the organization
   * @example acme.team('payments')
   */
  readonly scope?: IScope
}

class ExistingSecret extends Construct implements ISecret {
  readonly secretId: string
  readonly organization: IOrganization | undefined
  readonly terraformProvider: TerraformProvider | undefined
  readonly #found: () => DataAgynSecret
  readonly #scope: () => IScope | undefined

  constructor(scope: Construct, id: string, { secretId, name, ...lookUp }: Existing) {
    super(scope, id)
    const belonging = belongingOf(this, lookUp)
    this.organization = belonging.organization
    this.terraformProvider = belonging.terraformProvider
    let made: DataAgynSecret | undefined
    this.#found = () => {
      made ??= new DataAgynSecret(this, 'Resource', {
        ...(secretId === undefined
          ? { name, scopeId: belonging.scope?.scopeId }
          : { id: secretId }),
        organizationId: this.organization?.organizationId,
        provider: this.terraformProvider,
      })
      return made
    }
    this.secretId = secretId ?? later(() => this.#found().id)
    let place: IScope | undefined
    this.#scope = () =>
      secretId === undefined
        ? belonging.scope
        : (place ??= Scope.fromId(this, 'Scope', this.#found().scopeId, this))
    if (secretId !== undefined) {
      requireTexts(this, { secretId })
      return
    }
    requireName(this, name ?? '')
    StackChecks.of(this).watch(this, this.#found())
  }

  // Looked up when somebody asks, which is before the stack is synthesized. By its id a secret may be
  // found in another scope than the construct lies in.
  get scope(): IScope | undefined {
    return this.#scope()
  }

  get secretName(): string {
    return this.#found().name
  }

  get reference(): string {
    return this.#found().reference
  }
}

interface Existing extends SecretLookUpProps {
  readonly secretId?: string
  readonly name?: string
}

const remoteArguments = ['remotePath', 'remoteKey', 'remoteVersion']

/** The argument that takes a value: write-only unless the state shall have it. */
function valueArguments(props: LocalSecretProps): Partial<SecretConfig> {
  const { value, encoding, valueVersion: valueWoVersion = 1, valueInState = false } = props
  const isBinary = encoding === 'base64'
  if (valueInState) return isBinary ? { valueBase64: value } : { value }
  return isBinary ? { valueBase64Wo: value, valueWoVersion } : { valueWo: value, valueWoVersion }
}

const given = (texts: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined))

const isText = (text: string | undefined): text is string =>
  typeof text === 'string' && !Token.isUnresolved(text)
