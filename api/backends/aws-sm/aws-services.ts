import type { SecretsManager } from '@aws-sdk/client-secrets-manager'
import type { STS } from '@aws-sdk/client-sts'
import { loadPackage } from '../load-package.ts'
import type { WayOut } from '../outbound/outbound.ts'
import type { AwsSmConfig } from './aws-config.ts'
import type { AwsIdentity } from './aws-identity.ts'
import { AwsService } from './aws-service.ts'

/** What the services of one provider have in common. */
export interface AwsServiceSettings {
  readonly config: Pick<AwsSmConfig, 'region' | 'endpoint' | 'stsEndpoint' | 'caCertificate'>
  readonly identity: AwsIdentity
  readonly outbound: WayOut
}

/** Contacts nothing before the first call. */
export async function openSecretsManager({
  config: { region, endpoint, caCertificate },
  ...settings
}: AwsServiceSettings): Promise<AwsService<SecretsManager>> {
  const { SecretsManager } = await loadPackage(
    '@aws-sdk/client-secrets-manager',
    () => import('@aws-sdk/client-secrets-manager'),
  )
  return new AwsService<SecretsManager>({
    name: 'secretsmanager',
    Client: SecretsManager,
    region,
    endpoint,
    caCertificate,
    rates: publishedRates,
    ...settings,
  })
}

/** Contacts nothing before the first call. */
export async function openSts({
  config: { region, stsEndpoint: endpoint, caCertificate },
  ...settings
}: AwsServiceSettings): Promise<AwsService<STS>> {
  const { STS } = await loadPackage('@aws-sdk/client-sts', () => import('@aws-sdk/client-sts'))
  return new AwsService<STS>({
    name: 'sts',
    Client: STS,
    region,
    endpoint,
    caCertificate,
    ...settings,
  })
}

// https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html, for each region
const publishedRates = {
  read: { requests: 10_000, perMs: 1000 },
  describe: { requests: 100, perMs: 1000 },
  write: { requests: 50, perMs: 1000 },
} as const
