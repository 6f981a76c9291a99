import type { StoreType } from '../../../contract/store-paths.ts'
import type { IAgynConstruct, IOrganization, IScope } from './belonging.ts'
import type { ResourceProps } from './resource-props.ts'
import type { Secret } from './secret.ts'

/** A secret, made here or elsewhere. */
export interface ISecret extends IAgynConstruct {
  /** Its id, a token. */
  readonly secretId: string
  /** Its name, a token. */
  readonly secretName: string
  /**
   * Where a remote secret is read from, `provider://path?version=3#key`, as a token that any resource
   * of any provider takes. Null at apply for a secret that is kept.
   */
  readonly reference: string
  /** The organization it belongs to, where that is known. */
  readonly organization?: IOrganization | undefined
  /** The scope it belongs to, where that is known and not the root of the organization. */
  readonly scope?: IScope | undefined
}

/** A secret provider, made here or elsewhere. */
export interface ISecretProvider extends IAgynConstruct {
  /** Its id, a token. */
  readonly providerId: string
  /** Its name, a token. */
  readonly providerName: string
  /** The kind of store, where that is known. */
  readonly storeType?: StoreType | undefined
  /** The organization it belongs to, where that is known. */
  readonly organization?: IOrganization | undefined
  /**
   * A secret that is read from this store each time a workload starts.
   *
   * @example vault.secret('kv/data/prod/stripe', { key: 'api_key' })
   */
  secret(path: string, options?: RemoteSecretOptions): Secret
}

/** What secrets of every storage take. */
export interface SecretProps extends ResourceProps {
  /**
   * Name, unique in its scope.
   *
   * @default the construct's id
   * @example 'stripe-api-key'
   */
  readonly name?: string
  /**
   * The scope it belongs to.
   *
   * @default the one that the construct lies in, else the root of the organization
   * @example acme.team('payments')
   */
  readonly scope?: IScope
  /**
   * The organization it belongs to.
   *
   * @default that of the scope or of the secret provider, else the one that the construct lies in,
   *   else the token's
   * @example new Organization(stack, 'acme')
   */
  readonly organization?: IOrganization
  /**
   * What kind of credential it is.
   *
   * @default 'other'
   */
  readonly category?:
    | 'provider_credential'
    | 'infrastructure_credential'
    | 'integration_credential'
    | 'agent_secret'
    | 'other'
  /**
   * What it is for.
   *
   * @example 'Charges cards in production.'
   */
  readonly description?: string
  /**
   * When the value should have been replaced.
   *
   * @example '2027-01-31T12:00:00Z'
   */
  readonly expiresAt?: string
  /**
   * How often the value should be replaced: hours, days or weeks. What is due is listed; nothing is
   * replaced by itself.
   *
   * @example '90d'
   */
  readonly rotateEvery?: string
  /**
   * Destroy it although envs refer to it. They stay and fail to resolve.
   *
   * @default false
   */
  readonly forceDestroy?: boolean
}

export interface LocalSecretProps extends SecretProps {
  /**
   * A reference to the value, never text.
   *
   * @example new EphemeralVariable(stack, 'stripe_api_key').stringValue
   */
  readonly value: string
  /**
   * `base64` for a value that is binary, and given in base64.
   *
   * @default 'utf8'
   */
  readonly encoding?: 'utf8' | 'base64'
  /**
   * Another number sends the value again. When somebody else has changed it, the next apply sends it
   * again by itself.
   *
   * @default 1
   */
  readonly valueVersion?: number
  /**
   * Keep the value in Terraform's state, in clear text, instead of giving it to a write-only argument.
   * For Terraform before 1.11, or where a change has to be noticed without a version.
   *
   * @default false
   */
  readonly valueInState?: boolean
}

export interface ManagedSecretProps extends LocalSecretProps {
  /**
   * The store that keeps the value.
   *
   * @example SecretProvider.vault(stack, 'vault', { address, auth })
   */
  readonly provider: ISecretProvider
}

export interface RemoteSecretProps extends SecretProps {
  /**
   * The store it is read from.
   *
   * @example SecretProvider.vault(stack, 'vault', { address, auth })
   */
  readonly provider: ISecretProvider
  /**
   * Where it is in the store, as the store writes it.
   *
   * @example 'kv/data/prod/stripe'
   */
  readonly remotePath: string
  /**
   * Key within the stored object: its name, or else a JSON Pointer such as `/db/password`.
   *
   * @default the whole value
   * @example 'api_key'
   */
  readonly remoteKey?: string
  /**
   * Version to read.
   *
   * @default the newest
   * @example '3'
   */
  readonly remoteVersion?: string
}

/** What `provider.secret(path, …)` takes beside the path. */
export interface RemoteSecretOptions extends SecretProps {
  /**
   * Key within the stored object: its name, or else a JSON Pointer such as `/db/password`.
   *
   * @default the whole value
   * @example 'api_key'
   */
  readonly key?: string
  /**
   * Version to read.
   *
   * @default the newest
   * @example '3'
   */
  readonly version?: string
}
