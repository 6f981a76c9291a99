import type { ListSecretsRequest, SecretsManager } from '@aws-sdk/client-secrets-manager'
import type { Listing, ListOptions } from '../backend.ts'
import { notAwsAnswer } from './aws-refusal.ts'
import type { AwsService } from './aws-service.ts'

/** AWS takes no more. */
const largestPage = 100

/** Names of what is there, oldest first, without what is scheduled for deletion. */
export async function listSecrets(
  secrets: AwsService<SecretsManager>,
  { prefix = '', after, limit, signal }: ListOptions,
): Promise<Listing> {
  // AWS takes a `!` at the start for "not"; no name has one.
  if (prefix.startsWith('!')) return { items: [] }
  const request: ListSecretsRequest = {
    MaxResults: Math.min(limit, largestPage),
    SortOrder: 'asc',
    Filters: prefix === '' ? undefined : [{ Key: 'name', Values: [prefix] }],
    NextToken: after,
  }
  const { SecretList, NextToken } = await secrets.call(
    (client, http) => client.listSecrets(request, http),
    { signal },
  )
  if (!SecretList) throw notAwsAnswer()
  const names = SecretList.flatMap(({ Name, DeletedDate }) =>
    DeletedDate === undefined && Name?.startsWith(prefix) ? [Name] : [],
  )
  return { items: names.map((path) => ({ path })), next: NextToken || undefined }
}
