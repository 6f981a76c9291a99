import { BackendFailure } from '../backend.ts'
import { loadPackage } from '../load-package.ts'
import type { AwsIdentity } from './aws-identity.ts'
import { unlessAborted } from '../unless-aborted.ts'

/**
 * The server's own identity in AWS, found where the SDK looks for it: environment, ~/.aws, a token of
 * Kubernetes, the metadata of the container or machine. Only an admin makes providers that use it, and
 * how it is asked for is the SDK's own affair: no address of an organization plays a part.
 */
export async function deploymentIdentity(region: string): Promise<AwsIdentity> {
  const { fromNodeProviderChain } = await loadPackage(
    '@aws-sdk/credential-providers',
    () => import('@aws-sdk/credential-providers'),
  )
  // It keeps what it found and renews it in time.
  const chain = fromNodeProviderChain({ clientConfig: { region } })
  return {
    credentials: ({ signal }) => unlessAborted(() => chain().catch(notFound), signal),
    renewed: (_, { signal }) =>
      unlessAborted(() => chain({ forceRefresh: true }).catch(notFound), signal),
  }
}

function notFound(error: unknown): never {
  throw new BackendFailure('misconfigured', 'The API has no AWS identity of its own to use.', {
    hint: 'Run it with an AWS role or with AWS keys in its environment, or give the provider an access key.',
    cause: { code: error instanceof Error ? error.name : undefined },
    notSent: true,
  })
}
