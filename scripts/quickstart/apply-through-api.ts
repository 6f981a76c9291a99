import { ApiError, type Client } from '../../contract/client.ts'
import { QUICKSTART_PATH, type Vault } from './vault.ts'

/**
 * Makes what the Terraform example makes, by the API alone, and answers the organization's id. What an
 * earlier run has made is kept; the provider is pointed at the Vault of this one.
 */
export async function applyThroughApi(
  client: Pick<Client, 'call'>,
  vault: Vault | null,
  consumer: { readonly kind: 'agent'; readonly id: string },
): Promise<string> {
  const name = 'acme-without-terraform' // Terraform, once it is there, makes its own
  const { id: organizationId } = await made(
    () => client.call('CreateOrganization', { body: { name } }),
    async () => (await client.call('ListOrganizations', { query: { name } })).items[0],
  )
  const secret = (body: { name: string; value: string } | RemoteSecret) =>
    made(
      () => client.call('CreateSecret', { body: { organizationId, ...body } }),
      async () =>
        (await client.call('ListSecrets', { query: { organizationId, name: body.name } })).items[0],
    )
  const env = (name: string, content: { value: string } | { secretId: string }) =>
    made(
      () => client.call('CreateEnv', { body: { organizationId, consumer, name, ...content } }),
      async () => (await client.call('ListEnvs', { query: { organizationId, name } })).items[0],
    )

  const stripe = await secret({ name: 'stripe-api-key', value: 'not-a-real-key-of-the-quickstart' })
  await env('STRIPE_API_KEY', { secretId: stripe.id })
  await env('REGION', { value: 'eu-west-1' })
  if (vault) {
    const { address, token } = vault
    const provider = await made(
      () =>
        client.call('CreateSecretProvider', {
          body: { organizationId, name: 'vault', type: 'vault', config: { address, token } },
        }),
      async () => {
        const query = { organizationId, name: 'vault' }
        const [found] = (await client.call('ListSecretProviders', { query })).items
        return (
          found &&
          (await client.call('UpdateSecretProvider', {
            params: { id: found.id },
            body: { config: { address, token } },
          }))
        )
      },
    )
    const password = await secret({
      name: 'database-password',
      providerId: provider.id,
      remotePath: QUICKSTART_PATH,
      remoteKey: 'password',
    })
    await env('DATABASE_PASSWORD', { secretId: password.id })
  }
  return organizationId
}

interface RemoteSecret {
  readonly name: string
  readonly providerId: string
  readonly remotePath: string
  readonly remoteKey: string
}

/** Creates something, or finds the one that has its name already. */
async function made<T>(create: () => Promise<T>, find: () => Promise<T | undefined>): Promise<T> {
  try {
    return await create()
  } catch (error) {
    const found =
      error instanceof ApiError && error.code === 'name_taken' ? await find() : undefined
    if (found === undefined) throw error
    return found
  }
}
