import { BackendFailure, type CallOptions } from '../backend.ts'
import type { OutboundConnection, Rates } from '../outbound/outbound-connection.ts'
import type { WayOut } from '../outbound/outbound.ts'
import { AwsHandler, type AwsServiceName } from './aws-handler.ts'
import type { AwsCredentials, AwsIdentity } from './aws-identity.ts'
import { AwsRefusal, notAwsAnswer } from './aws-refusal.ts'
import { beforeSending } from '../before-sending.ts'

export interface AwsServiceOptions<Client> {
  readonly name: AwsServiceName
  /** The client class of its SDK. */
  readonly Client: new (settings: SdkSettings) => Client
  readonly region: string
  /** The region's own when left out. */
  readonly endpoint: string | undefined
  readonly caCertificate: string | undefined
  readonly identity: AwsIdentity
  readonly rates?: Rates
  readonly outbound: WayOut
}

/** One service of AWS in one region, spoken to by means of its SDK. */
export class AwsService<Client extends SdkClient> {
  readonly #connection: OutboundConnection
  readonly #identity: AwsIdentity
  readonly #makeClient: (credentials: AwsCredentials) => Client
  /** The SDK would keep credentials by the time of day; here a client has the same for all its life. */
  #current: { readonly credentials: AwsCredentials; readonly client: Client } | undefined

  constructor({ name, Client, region, identity, ...options }: AwsServiceOptions<Client>) {
    const settings = { ...nothingFromOutside, region }
    const { outbound, caCertificate, rates } = options
    const address = options.endpoint ?? regionalEndpoint(new Client(settings), region)
    this.#connection = outbound.connect({ address, caCertificate, rates })
    this.#identity = identity
    const requestHandler = new AwsHandler(this.#connection, name)
    // A given endpoint also keeps the SDK from those in AWS_ENDPOINT_URL and in ~/.aws.
    const endpoint = this.#connection.address.href
    this.#makeClient = (credentials) => {
      // A copy: the SDK adds to what it is given.
      const client = new Client({
        ...settings,
        endpoint,
        requestHandler,
        credentials: { ...credentials },
      })
      // A trace id of the deployment's is no business of the provider's server.
      client.middlewareStack.remove('recursionDetectionMiddleware')
      // Trying again is the connection's, and this one would put its own error in place of ours.
      client.middlewareStack.add((next) => next, { ...retryStep, override: true })
      return client
    }
  }

  /**
   * What an operation answers; once again, with others, when the credentials turn out to have expired.
   * Rejects with an `AwsRefusal` for what AWS refused.
   *
   * @example service.call((client, http) => client.getSecretValue({ SecretId }, http), { signal })
   */
  async call<T>(operation: Operation<Client, T>, options: CallOptions): Promise<T> {
    const credentials = await beforeSending(this.#identity.credentials(options))
    try {
      return await this.#send(operation, credentials, options)
    } catch (error) {
      const isExpiry = error instanceof AwsRefusal && error.about === 'expiry'
      if (!isExpiry || !this.#identity.renewed) throw error
    }
    const renewed = await beforeSending(this.#identity.renewed(credentials, options))
    return await this.#send(operation, renewed, options)
  }

  close(): void {
    this.#connection.close()
  }

  async #send<T>(
    operation: Operation<Client, T>,
    credentials: AwsCredentials,
    { signal }: CallOptions,
  ): Promise<T> {
    if (this.#current?.credentials !== credentials) {
      this.#current = { credentials, client: this.#makeClient(credentials) }
    }
    try {
      return await operation(this.#current.client, { abortSignal: signal })
    } catch (error) {
      if (error instanceof BackendFailure) throw error
      // The SDK could not read a success. Its error holds what was answered, so nothing of it is kept.
      throw notAwsAnswer()
    }
  }
}

type Operation<Client, T> = (client: Client, http: { abortSignal: AbortSignal }) => Promise<T>

/** What the client classes of the SDK have in common. */
export interface SdkClient {
  readonly config: { endpointProvider(parameters: object): { readonly url: URL } }
  readonly middlewareStack: {
    remove(name: string): boolean
    add(step: <Next>(next: Next) => Next, place: typeof retryStep & { override: boolean }): void
  }
}

/** How the SDK names the step that tries again; others are placed relative to it, so that it has to stay. */
const retryStep = {
  name: 'retryMiddleware',
  step: 'finalizeRequest',
  priority: 'high',
} as const

/** All that the SDK would otherwise take from the environment and from ~/.aws, which are the deployment's. */
const nothingFromOutside = {
  maxAttempts: 1,
  retryMode: 'standard',
  defaultsMode: 'standard',
  useFipsEndpoint: false,
  useDualstackEndpoint: false,
  authSchemePreference: [] as string[],
  disableClockSkewCorrection: false,
  userAgentAppId: () => Promise.resolve(undefined),
  defaultUserAgentProvider: (): Promise<[string, string][]> =>
    Promise.resolve([['agyn-secrets', '']]),
} as const

type SdkSettings = typeof nothingFromOutside & {
  readonly region: string
  readonly endpoint?: string
  readonly requestHandler?: AwsHandler
  readonly credentials?: AwsCredentials
}

/** By AWS's own rules: China, for one, has another domain. */
function regionalEndpoint({ config }: SdkClient, region: string): string {
  const parameters = {
    Region: region,
    UseFIPS: false,
    UseDualStack: false,
    UseGlobalEndpoint: false,
  }
  return config.endpointProvider(parameters).url.href
}
