import { openBackend } from '../../../../api/backends/azure-kv/azure-kv.ts'
import type { AzureKvConfig } from '../../../../api/backends/azure-kv/azure-config.ts'
import type { SecretBackend } from '../../../../api/backends/backend.ts'
import { parseAllowList } from '../../../../api/backends/outbound/allow-list.ts'
import { Outbound, type OutboundOptions } from '../../../../api/backends/outbound/outbound.ts'
import { TokenFiles } from '../../../../api/backends/token-files.ts'
import { SecretValue } from '../../../../api/keyring/secret-value.ts'
import { FakeClock } from '../fake-clock.ts'
import { clientId, type FakeAzure, rightSecret, tenantId } from './fake-azure.ts'

/** A backend on a clock of its own, with the right client secret unless another is given. */
export function openAzure(
  azure: Pick<FakeAzure, 'vault' | 'authority' | 'caCertificate'>,
  { secret = rightSecret, clock = new FakeClock(), lookup, ...config }: OpenAzureOptions = {},
): Promise<SecretBackend> {
  const outbound = new Outbound({
    allow: parseAllowList('127.0.0.1'),
    clock,
    random: () => 0.5,
    ...(lookup && { lookup }),
  })
  const settings = {
    vaultUrl: azure.vault.address,
    authorityHost: azure.authority.address,
    caCertificate: azure.caCertificate,
    tenantId,
    clientId,
    clientSecret: SecretValue.fromText(secret),
    ...config,
  }
  return openBackend(settings, { outbound, tokenFiles: new TokenFiles([]) })
}

type OpenAzureOptions = Partial<Omit<AzureKvConfig, 'clientSecret'>> &
  Pick<OutboundOptions, 'lookup'> & {
    readonly secret?: string
    readonly clock?: FakeClock
  }
