import type { OutboundRequest } from '../outbound/exchange.ts'
import type { OutboundConnection } from '../outbound/outbound-connection.ts'
import { answerFailure, isFinal, isThrottling } from './aws-refusal.ts'

/**
 * What the AWS SDK sends its requests with, in place of its own HTTP client: policy, limits and retries
 * are the connection's. The SDK gets to see successes alone, since its errors hold what was answered.
 */
export class AwsHandler {
  readonly #connection: OutboundConnection
  readonly #service: AwsServiceName

  constructor(connection: OutboundConnection, service: AwsServiceName) {
    this.#connection = connection
    this.#service = service
  }

  async handle(
    { method, protocol, hostname, port, path, headers, body }: SdkRequest,
    { abortSignal }: { abortSignal?: unknown } = {},
  ): Promise<{ response: SdkResponse }> {
    const url = new URL(`${protocol}//${hostname}${port ? `:${port}` : ''}${path}`)
    const operation = operationOf(headers, body)
    const answer = await this.#connection.send(
      {
        ...sorts[operation],
        method,
        url,
        headers,
        body: body === undefined ? undefined : bytesOf(body),
        isThrottled: isThrottling,
        isFinal,
      },
      { signal: abortSignal as AbortSignal },
    )
    const { status, headers: answered, body: content } = answer
    if (status !== 200) throw answerFailure(answer, `${this.#service}:${operation}`)
    return { response: { statusCode: status, headers: singles(answered), body: content } }
  }

  // The SDK would set a client of its own so.
  updateHttpClientConfig(): void {}

  httpHandlerConfigs(): object {
    return {}
  }
}

/** As policies write it. */
export type AwsServiceName = 'secretsmanager' | 'sts'

/** The HTTP of `@smithy/types`, as far as it concerns us. */
interface SdkRequest {
  readonly method: string
  readonly protocol: string
  readonly hostname: string
  readonly port?: number
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

interface SdkResponse {
  readonly statusCode: number
  readonly headers: Record<string, string>
  readonly body: Uint8Array
}

type Sort = Pick<OutboundRequest, 'kind' | 'once'>

/** What is not the reading of one value. A new one is sent once: after a lost answer nobody knows whose success it was. */
const sorts: Readonly<Record<string, Sort | undefined>> = {
  ListSecrets: { kind: 'describe' },
  CreateSecret: { kind: 'write', once: true },
  PutSecretValue: { kind: 'write', once: true },
  UpdateSecretVersionStage: { kind: 'write' },
  DeleteSecret: { kind: 'write' },
  RestoreSecret: { kind: 'write' },
}

/** Secrets Manager is told in a header what to do, STS in a form. */
function operationOf(headers: SdkRequest['headers'], body: SdkRequest['body']): string {
  const target = headers['x-amz-target']
  if (target !== undefined) return target.split('.').at(-1) ?? ''
  return new URLSearchParams(bytesOf(body ?? '').toString('utf8')).get('Action') ?? ''
}

/** The SDK's own kind of bytes warns on the terminal when they are taken for anything else. */
const bytesOf = (body: string | Uint8Array): Buffer =>
  typeof body === 'string'
    ? Buffer.from(body)
    : Buffer.from(body.buffer, body.byteOffset, body.byteLength)

const singles = (headers: Readonly<NodeJS.Dict<string | string[]>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  )
