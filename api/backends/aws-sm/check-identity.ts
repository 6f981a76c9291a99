import type { SecretsManager } from '@aws-sdk/client-secrets-manager'
import { BackendFailure, type CallOptions, type CheckReport } from '../backend.ts'
import { AwsRefusal } from './aws-refusal.ts'
import type { AwsService } from './aws-service.ts'
import { type AwsServiceSettings, openSts } from './aws-services.ts'
import { listSecrets } from './list-secrets.ts'

/** Asks AWS who this is, and whether the names of secrets may be listed: no more can be told without a value. */
export async function checkIdentity(
  secrets: AwsService<SecretsManager>,
  settings: AwsServiceSettings,
  options: CallOptions,
): Promise<CheckReport> {
  // Rejects when Secrets Manager is out of reach or does not accept the credentials.
  const [list, displayName] = await Promise.all([
    mayList(secrets, options),
    nameOf(settings, options),
  ])
  const { expiration } = await settings.identity.credentials(options)
  return {
    identity: {
      displayName,
      expiresAt: expiration?.toISOString(),
      renewable: settings.identity.renewed !== undefined,
    },
    can: { read: 'unknown', write: 'unknown', list },
  }
}

async function mayList(
  secrets: AwsService<SecretsManager>,
  options: CallOptions,
): Promise<boolean> {
  try {
    await listSecrets(secrets, { ...options, limit: 1 })
    return true
  } catch (error) {
    if (error instanceof AwsRefusal && error.about === 'permission') return false
    throw error
  }
}

/** The ARN of who this is. Without STS, which may be out of reach from here, everything else works. */
async function nameOf(
  settings: AwsServiceSettings,
  options: CallOptions,
): Promise<string | undefined> {
  try {
    const sts = await openSts(settings)
    try {
      const { Arn } = await sts.call((client, http) => client.getCallerIdentity({}, http), options)
      return typeof Arn === 'string' ? Arn.slice(0, 200).toWellFormed() : undefined
    } finally {
      sts.close()
    }
  } catch (error) {
    if (error instanceof BackendFailure) return undefined
    throw error
  }
}
