import * as z from 'zod'
import { withRules } from '../rule.ts'
import { caCertificate, needs, pathPrefix, serverUrl } from './common-fields.ts'
import { credential, field, providerType } from './provider-type.ts'

export const azureKv = providerType({
  type: 'azure-kv',
  name: 'Azure Key Vault',
  description: 'Secrets of one key vault.',
  config: withRules(
    z.strictObject({
      vaultUrl: field(
        serverUrl('https://my-vault.vault.azure.net'),
        'Vault URL',
        'URL of the key vault, such as https://my-vault.vault.azure.net.',
      ),
      tenantId: field(
        z
          .string()
          .regex(/^[0-9A-Za-z.-]{1,100}$/, 'Give the id of the tenant, a UUID, or its domain.')
          .optional(),
        'Tenant id',
        'Directory (tenant) of the application.',
      ),
      clientId: field(
        z
          .string()
          .regex(
            /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i,
            'Give the id of the application, a UUID.',
          )
          .optional(),
        'Client id',
        "Application (client) to log in as. Without one the server's own identity is used, which takes an admin.",
      ),
      clientSecret: field(
        credential().optional(),
        'Client secret',
        'Secret of the application: its value, not its id.',
      ),
      authorityHost: field(
        serverUrl('https://login.microsoftonline.com').optional(),
        'Authority',
        "Where to log in; that of the key vault's cloud when left out.",
      ),
      caCertificate,
      pathPrefix: pathPrefix('agyn'),
    }),
    ({ tenantId, clientId, clientSecret }) => [
      ...needs({ clientId }, { tenantId }),
      ...needs({ clientId }, { clientSecret }),
      ...needs({ clientSecret }, { clientId }),
      ...(clientId === undefined && clientSecret === undefined
        ? needs({ tenantId }, { clientId })
        : []),
    ],
  ),
  borrows: ({ clientId }) =>
    clientId === undefined
      ? "has no client id, and uses the server's own Azure identity"
      : undefined,
  places: () => [],
})
