import type { Input } from '../../../contract/schemas/index.ts'
import { requireProvider } from '../../custody/hold-living.ts'
import type { Transaction } from '../../database/database.ts'
import type { Organization } from '../../database/gen/client.ts'
import { invalidField } from '../../errors.ts'
import type { Services } from '../services.ts'

/** Where the values of new secrets go, as the columns say it. */
export type DefaultStorage = Pick<Organization, 'defaultStorage' | 'defaultProviderId'>

type Change = Pick<Input<'UpdateOrganization'>['body'], 'defaultStorage' | 'defaultProviderId'>

/** Of an organization for which nobody has said it. */
export const DEPLOYMENTS_DEFAULT: DefaultStorage = { defaultStorage: null, defaultProviderId: null }

/**
 * What a change makes of it. Naming a provider implies `managed`; any other storage forgets the provider.
 * Throws `Invalid` for what would leave new values without a store.
 */
export function planDefaultStorage(
  { defaultStore }: Pick<Services, 'defaultStore'>,
  row: DefaultStorage,
  change: Change,
): DefaultStorage {
  const storage =
    change.defaultStorage ??
    (typeof change.defaultProviderId === 'string'
      ? 'managed'
      : change.defaultStorage === null
        ? null
        : row.defaultStorage)
  if (storage !== 'managed') return { defaultStorage: storage, defaultProviderId: null }
  const { defaultProviderId = row.defaultProviderId } = change
  if (defaultProviderId === null && !defaultStore) {
    throw invalidField(
      'defaultStorage',
      'required',
      'The deployment has no store of its own: name a provider in `defaultProviderId`, or keep new values here with "defaultStorage": "local".',
    )
  }
  return { defaultStorage: 'managed', defaultProviderId }
}

/** Makes sure that a provider that is newly named is there, and stays until the transaction ends. */
export async function holdDefaultProvider(
  transaction: Transaction,
  organizationId: string,
  { defaultProviderId }: Change,
): Promise<void> {
  if (typeof defaultProviderId !== 'string') return
  await requireProvider(transaction, organizationId, defaultProviderId, 'defaultProviderId')
}
