import {
  fieldsOf,
  providerTypeNames,
  providerTypes,
} from '../../../contract/schemas/provider-types/index.ts'
import { operation } from '../operation.ts'

export const listSecretProviderTypes = () =>
  operation('ListSecretProviderTypes', async () =>
    providerTypeNames.map((type) => {
      const { name, description } = providerTypes[type]
      return { type, name, description, configSchema: fieldsOf(type) } as never
    }),
  )
