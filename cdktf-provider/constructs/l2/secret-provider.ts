import { Fn, Token, type TerraformProvider } from 'cdktn'
import { Construct } from 'constructs'
import type { StoreType } from '../../../contract/store-paths.ts'
import { DataAgynSecretProvider } from '../gen/cdktn/data-agyn-secret-provider/index.ts'
import {
  SecretProvider as SecretProviderL1,
  type SecretProviderConfig,
} from '../gen/cdktn/secret-provider/index.ts'
import { belongingOf, placeOf, type IOrganization } from './belonging.ts'
import { refuse, requireName, requireTexts, requireUrls } from './checks/refuse.ts'
import { StackChecks } from './checks/stack-checks.ts'
import { constructId, freeId } from './construct-id.ts'
import { attributeOf, later } from './later.ts'
import type { LookUpProps } from './resource-props.ts'
import type {
  AwsSecretsManagerProviderProps,
  AzureKeyVaultProviderProps,
  GcpSecretManagerProviderProps,
  SecretProviderProps,
  VaultProviderProps,
} from './secret-provider-props.ts'
import type { ISecretProvider, RemoteSecretOptions } from './secret-props.ts'
import { Secret } from './secret.ts'

abstract class SecretProviderBase extends Construct implements ISecretProvider {
  abstract readonly storeType: StoreType | undefined
  abstract readonly organization: IOrganization | undefined
  abstract readonly terraformProvider: TerraformProvider | undefined
  abstract readonly providerId: string
  abstract readonly providerName: string

  /**
   * A secret that is read from this store each time a workload starts: `Secret.remote`, made below
   * the provider, and called after its path and key unless it is given a name.
   *
   * @param path - where it is in the store
   * @example vault.secret('kv/data/prod/stripe', { key: 'api_key' })
   */
  secret(path: string, { key, version, name, ...props }: RemoteSecretOptions = {}): Secret {
    const place = [path, key, version].filter((part) => part !== undefined)
    // By its name where it has one: with another path it is still the same secret.
    const known = name && !Token.isUnresolved(name) ? [name] : place
    // Two scopes may each have one of that name.
    const within = props.scope === undefined ? [] : [props.scope.node.path]
    const id = constructId(...within, ...known)
    return Secret.remote(this, freeId(this, id), {
      ...props,
      // Of an empty path the construct's id, so that one fault is told once.
      name: name ?? (place.map(withoutSlashes).join('-') || undefined),
      provider: this,
      remotePath: path,
      remoteKey: key,
      remoteVersion: version,
    })
  }
}

/**
 * An external store of secrets, registered once: its address, and the credentials to read it with.
 *
 * @example
 * const vault = SecretProvider.vault(stack, 'vault', {
 *   address: 'https://vault.internal:8200',
 *   auth: VaultAuth.kubernetes({ role: 'agents' }),
 * })
 */
export class SecretProvider extends SecretProviderBase {
  /**
   * HashiCorp Vault or OpenBao.
   *
   * @example
   * const auth = VaultAuth.token({ token: vaultToken.stringValue })
   * SecretProvider.vault(stack, 'vault', { address: 'https://vault.internal:8200', auth })
   */
  static vault(scope: Construct, id: string, props: VaultProviderProps): SecretProvider {
    const { address, namespace, kvVersion, mount, metadataPathPrefix } = props
    const login = props.auth?.login as typeof props.auth.login | undefined
    const provider = new SecretProvider(scope, id, props, {
      type: 'vault',
      block: 'vault',
      needed: { address, ...login?.needed },
      credentials: login?.credentials,
      optional: {
        authMethod: login?.method,
        ...login?.optional,
        ...{ namespace, kvVersion, mount, metadataPathPrefix },
      },
    })
    if (login === undefined) {
      refuse(provider, '`auth` is missing. Give one, such as VaultAuth.kubernetes({ role }).')
    }
    return provider
  }

  /**
   * AWS Secrets Manager, in one region of an account.
   *
   * @example
   * SecretProvider.awsSecretsManager(stack, 'aws', {
   *   region: 'eu-west-1',
   *   credentials: { accessKeyId: id.stringValue, secretAccessKey: key.stringValue },
   * })
   */
  static awsSecretsManager(
    scope: Construct,
    id: string,
    props: AwsSecretsManagerProviderProps,
  ): SecretProvider {
    const { region, credentials, roleArn, externalId, endpoint, stsEndpoint } = props
    return new SecretProvider(scope, id, props, {
      type: 'aws-sm',
      block: 'awsSm',
      needed: { region },
      credentials: credentials && {
        accessKeyId: credentials.accessKeyId,
        secretAccessKey: credentials.secretAccessKey,
        ...(credentials.sessionToken !== undefined && { sessionToken: credentials.sessionToken }),
      },
      optional: { roleArn, externalId, endpoint, stsEndpoint },
    })
  }

  /**
   * Azure Key Vault.
   *
   * @example
   * SecretProvider.azureKeyVault(stack, 'azure', {
   *   vaultUrl: 'https://acme-prod.vault.azure.net',
   *   credentials: { tenantId, clientId, clientSecret: clientSecret.stringValue },
   * })
   */
  static azureKeyVault(
    scope: Construct,
    id: string,
    props: AzureKeyVaultProviderProps,
  ): SecretProvider {
    const { vaultUrl, credentials, authorityHost } = props
    const application = credentials && {
      tenantId: credentials.tenantId,
      clientId: credentials.clientId,
    }
    return new SecretProvider(scope, id, props, {
      type: 'azure-kv',
      block: 'azureKv',
      needed: { vaultUrl, ...application },
      credentials: credentials && { clientSecret: credentials.clientSecret },
      optional: { authorityHost },
    })
  }

  /**
   * Google Cloud Secret Manager, of one project.
   *
   * @example
   * SecretProvider.gcpSecretManager(stack, 'google', {
   *   projectId: 'acme-prod',
   *   serviceAccountJson: keyFile.stringValue,
   * })
   */
  static gcpSecretManager(
    scope: Construct,
    id: string,
    props: GcpSecretManagerProviderProps,
  ): SecretProvider {
    const { projectId, serviceAccountJson, endpoint } = props
    return new SecretProvider(scope, id, props, {
      type: 'gcp-sm',
      block: 'gcpSm',
      needed: { projectId },
      credentials: serviceAccountJson === undefined ? {} : { serviceAccountJson },
      optional: { endpoint },
    })
  }

  /**
   * One that exists, by its id. Nothing is looked up unless its name is asked for.
   *
   * @example SecretProvider.fromId(stack, 'vault', '0198c5a4-7d1e-7c3b-9f2a-5b8d3e6f1a20')
   */
  static fromId(
    scope: Construct,
    id: string,
    providerId: string,
    props: LookUpProps = {},
  ): ISecretProvider {
    return new ExistingSecretProvider(scope, id, { ...props, providerId })
  }

  /**
   * One that exists, by its name, which is looked up at plan.
   *
   * @example SecretProvider.fromName(stack, 'vault', 'vault-prod').secret('kv/data/prod/stripe')
   */
  static fromName(
    scope: Construct,
    id: string,
    name: string,
    props: LookUpProps = {},
  ): ISecretProvider {
    return new ExistingSecretProvider(scope, id, { ...props, name })
  }

  /** The L1 below it, for `overrideLogicalId`, `importFrom` and meta-arguments. */
  readonly resource: SecretProviderL1
  readonly storeType: StoreType
  readonly organization: IOrganization | undefined
  readonly terraformProvider: TerraformProvider | undefined
  readonly providerName: string
  readonly #id: string
  #used = false

  private constructor(scope: Construct, id: string, props: SecretProviderProps, store: Store) {
    super(scope, id)
    const { name = id, caCertificate, pathPrefix } = props
    const { organization, terraformProvider } = belongingOf(this, {
      organization: props.organization,
      terraformProvider: props.terraformProvider,
    })
    this.organization = organization
    this.terraformProvider = terraformProvider
    this.storeType = store.type
    const credentials = Object.entries(store.credentials ?? {})
    const inState = props.credentialsInState ?? false
    const settings = {
      ...store.needed,
      ...store.optional,
      caCertificate,
      pathPrefix,
      ...Object.fromEntries(credentials.map(([key, value]) => [inState ? key : `${key}Wo`, value])),
    }
    this.resource = new SecretProviderL1(this, 'Resource', {
      name,
      type: store.type,
      description: props.description,
      organizationId: organization?.organizationId,
      allowBrowse: props.allowBrowse,
      forceDestroy: props.forceDestroy,
      configWoVersion:
        inState || credentials.length === 0 ? undefined : (props.credentialsVersion ?? 1),
      provider: terraformProvider,
      [store.block]: settings,
    })
    this.#id = attributeOf(this.resource, 'id')
    this.providerName = attributeOf(this.resource, 'name')
    this.#check(name, store)
  }

  /** Its id, a token. */
  get providerId(): string {
    this.#used = true
    return this.#id
  }

  #check(name: string, store: Store): void {
    requireName(this, name)
    requireTexts(this, { ...store.needed, ...store.credentials })
    requireUrls(this, { ...store.needed, ...store.optional })
    const checks = StackChecks.of(this)
    checks.usesWriteOnly ||= this.resource.configWoVersionInput !== undefined
    checks.watch(this, this.resource)
    checks.claim(this, {
      noun: 'secret provider',
      place: placeOf({
        organization: this.organization,
        terraformProvider: this.terraformProvider,
      }),
      name,
      advice: 'Give it another name.',
    })
    checks.warn(this, () =>
      this.#used ? undefined : 'No secret uses this provider. Is it needed?',
    )
  }
}

/** One kind of store, in the words of the L1. */
interface Store {
  readonly type: StoreType
  readonly block: keyof SecretProviderConfig
  readonly needed: Readonly<Record<string, string>>
  /** Secrets, each of which is needed. */
  readonly credentials?: Readonly<Record<string, string>> | undefined
  readonly optional: Readonly<Record<string, unknown>>
}

class ExistingSecretProvider extends SecretProviderBase {
  readonly storeType = undefined
  readonly organization: IOrganization | undefined
  readonly terraformProvider: TerraformProvider | undefined
  readonly providerId: string
  readonly #found: () => DataAgynSecretProvider

  constructor(scope: Construct, id: string, { providerId, name, ...lookUp }: Existing) {
    super(scope, id)
    const { organization, terraformProvider } = belongingOf(this, lookUp)
    this.organization = organization
    this.terraformProvider = terraformProvider
    let made: DataAgynSecretProvider | undefined
    this.#found = () => {
      made ??= new DataAgynSecretProvider(this, 'Resource', {
        ...(providerId === undefined ? { name } : { id: providerId }),
        organizationId: organization?.organizationId,
        provider: terraformProvider,
      })
      return made
    }
    this.providerId = providerId ?? later(() => this.#found().id)
    if (providerId !== undefined) {
      requireTexts(this, { providerId })
      return
    }
    requireName(this, name ?? '')
    StackChecks.of(this).watch(this, this.#found())
  }

  // Looked up when somebody asks, which is before the stack is synthesized.
  get providerName(): string {
    return this.#found().name
  }
}

interface Existing extends LookUpProps {
  readonly providerId?: string
  readonly name?: string
}

/** For a name, of which no part has a slash, whether it is known now or at plan. */
const withoutSlashes = (text: string): string =>
  Token.isUnresolved(text) ? Fn.replace(text, '/', '-') : text.replaceAll('/', '-')
