import { deploymentIdentity } from '../aws-sm/deployment-identity.ts'
import type { AwsIdentity } from '../aws-sm/aws-identity.ts'
import type { CallOptions } from '../backend.ts'
import { loadPackage } from '../load-package.ts'
import type { Login } from './login.ts'
import type { ConfigOf } from './vault-config.ts'

/**
 * Logs in as the deployment's AWS identity: signs a request to STS that asks who signed it, and lets
 * Vault send it. STS is never contacted from here.
 * https://developer.hashicorp.com/vault/api-docs/auth/aws
 */
export function awsLogin(config: ConfigOf<'aws'>): Login {
  const { role, mountPoint = 'aws', region = 'us-east-1' } = config
  let identity: Promise<AwsIdentity> | undefined
  return {
    method: 'aws',
    mountPoint,
    async body(options) {
      identity ??= deploymentIdentity(region)
      const { url, headers, body } = await signedQuestion(config, region, await identity, options)
      return {
        role,
        iam_http_request_method: 'POST',
        iam_request_url: base64(url),
        iam_request_body: base64(body),
        iam_request_headers: base64(JSON.stringify(headers)),
      }
    },
    hint: "Check that the role is bound to the API's own AWS identity, that region and stsEndpoint are those of Vault's AWS method, and serverId, where it asks for one.",
  }
}

async function signedQuestion(
  { stsEndpoint = 'https://sts.amazonaws.com', serverId }: ConfigOf<'aws'>,
  region: string,
  identity: AwsIdentity,
  options: CallOptions,
): Promise<{ url: string; headers: Readonly<Record<string, string>>; body: string }> {
  const [{ SignatureV4 }, { Sha256 }] = await Promise.all([
    loadPackage('@smithy/signature-v4', () => import('@smithy/signature-v4')),
    loadPackage('@aws-crypto/sha256-js', () => import('@aws-crypto/sha256-js')),
  ])
  const signer = new SignatureV4({
    service: 'sts',
    region,
    credentials: await identity.credentials(options),
    sha256: Sha256,
    // Its header would be one more that Vault has to know; the digest is signed all the same.
    applyChecksum: false,
  })
  const url = new URL('/', stsEndpoint)
  const body = 'Action=GetCallerIdentity&Version=2011-06-15'
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    headers: {
      host: url.host,
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      ...(serverId !== undefined && { 'X-Vault-AWS-IAM-Server-ID': serverId }),
    },
    body,
  })
  return { url: url.href, headers, body }
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')
