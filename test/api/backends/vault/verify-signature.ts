import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

export interface SignedRequest {
  readonly method: string
  readonly url: string
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Verifies a Signature Version 4 as AWS describes it, step by step, knowing the secret key:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * Throws an error that says what is wrong.
 */
export function verifySignature(
  request: SignedRequest,
  expected: { readonly secretKey: string; readonly region: string; readonly service: string },
): { readonly accessKeyId: string; readonly signedHeaders: readonly string[] } {
  const headers = lowerCased(request.headers)
  const { accessKeyId, scope, signedHeaders, signature } = parseAuthorization(
    headers.get('authorization') ?? '',
  )
  const time = headers.get('x-amz-date') ?? ''
  if (!/^\d{8}T\d{6}Z$/.test(time)) throw new Error('x-amz-date is no time')
  const wanted = [time.slice(0, 8), expected.region, expected.service, 'aws4_request'].join('/')
  if (scope !== wanted) throw new Error(`The scope is ${scope}, not ${wanted}`)
  // The host and everything of Amazon's must be signed.
  const needed = [...headers.keys()].filter((name) => name === 'host' || name.startsWith('x-amz-'))
  const unsigned = needed.filter((name) => !signedHeaders.includes(name))
  if (unsigned.length > 0) throw new Error(`Not signed: ${unsigned.join(', ')}`)
  if ([...signedHeaders].sort().join() !== signedHeaders.join()) throw new Error('Not in order')

  const stringToSign = [
    'AWS4-HMAC-SHA256',
    time,
    scope,
    sha256(canonicalRequest(request, headers, signedHeaders)),
  ].join('\n')
  // Each part of the scope, in turn, is signed with what came of the one before.
  const signingKey = scope
    .split('/')
    .reduce<Buffer>((key, part) => hmac(key, part), Buffer.from(`AWS4${expected.secretKey}`))
  const right = hmac(signingKey, stringToSign)
  const given = Buffer.from(signature, 'hex')
  if (given.length !== right.length || !timingSafeEqual(given, right)) {
    throw new Error('The signature does not match')
  }
  return { accessKeyId, signedHeaders }
}

function canonicalRequest(
  { method, url, body }: SignedRequest,
  headers: ReadonlyMap<string, string>,
  signedHeaders: readonly string[],
): string {
  const { pathname, searchParams } = new URL(url)
  const query = [...searchParams]
    .map((pair) => pair.map(encodeURIComponent).join('='))
    .sort()
    .join('&')
  const lines = signedHeaders.map((name) => {
    const value = headers.get(name)
    if (value === undefined) throw new Error(`Signed, but not there: ${name}`)
    return `${name}:${value.trim().replace(/ +/g, ' ')}\n`
  })
  return [method, pathname, query, lines.join(''), signedHeaders.join(';'), sha256(body)].join('\n')
}

function parseAuthorization(text: string) {
  const found =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), SignedHeaders=([^,]+), Signature=([\da-f]{64})$/.exec(
      text,
    )
  if (!found) throw new Error('There is no authorization header of this kind')
  const [, accessKeyId = '', scope = '', names = '', signature = ''] = found
  return { accessKeyId, scope, signedHeaders: names.split(';'), signature }
}

const lowerCased = (headers: SignedRequest['headers']): ReadonlyMap<string, string> =>
  new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()
