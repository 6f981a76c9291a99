// The process of `stand-ins.ts`: all four stores, as the tests of the backends know them.
import { startAws, rightKeys } from '../../test/api/backends/aws-sm/fake-aws.ts'
import {
  clientId,
  rightSecret,
  startAzure,
  tenantId,
} from '../../test/api/backends/azure-kv/fake-azure.ts'
import { startGoogle } from '../../test/api/backends/gcp-sm/fake-google.ts'
import { serviceAccountKey } from '../../test/api/backends/gcp-sm/open-gcp.ts'
import { rightToken, startVault } from '../../test/api/backends/vault/fake-vault.ts'
import { byType, type Answer, type Order } from './stand-ins.ts'

const vault = await startVault({ mounts: { secret: 2 } })
const aws = await startAws()
const azure = await startAzure()
const google = await startGoogle()

/** Takes a request, and never answers it. */
const never = () => undefined

const stores = {
  vault: {
    config: { address: vault.address, token: rightToken },
    put: (name: string, json: string) => void vault.put(`secret/data/${name}`, json),
    calls: () => vault.requests.length,
    stall: () => vault.answer('', never),
    heal: () => vault.heal(),
  },
  'aws-sm': {
    config: {
      region: aws.secrets.region,
      endpoint: aws.address,
      stsEndpoint: aws.address,
      ...rightKeys,
    },
    put: (name: string, json: string) => void aws.secrets.store(name, json),
    calls: () => aws.requests.length,
    stall: () => aws.answer('*', never),
    heal: () => aws.heal(),
  },
  'azure-kv': {
    config: {
      vaultUrl: azure.vault.address,
      authorityHost: azure.authority.address,
      caCertificate: azure.caCertificate,
      tenantId,
      clientId,
      clientSecret: rightSecret,
    },
    put: (name: string, json: string) => void azure.store.put(name, { value: json }),
    calls: () => azure.vault.requests.length,
    stall: () => void (azure.answer = never),
    heal: () => void (azure.answer = undefined),
  },
  'gcp-sm': {
    config: {
      projectId: 'my-project',
      endpoint: google.address,
      serviceAccountJson: JSON.stringify(serviceAccountKey(google.address)),
    },
    put: (name: string, json: string) => void google.manager.put(name, Buffer.from(json)),
    calls: () => google.requests.length,
    stall: () => google.interrupt(never),
    heal: () => google.interrupt(undefined),
  },
}

function obey({ put = {}, stall, heal }: Order): Answer {
  for (const [name, json] of Object.entries(put)) {
    for (const store of Object.values(stores)) store.put(name, json)
  }
  if (stall) stores[stall].stall()
  if (heal) stores[heal].heal()
  return byType((type) => ({ config: stores[type].config, calls: stores[type].calls() }))
}

process.on('message', (order: Order) => process.send?.(obey(order)))
// Ends with whoever has started it, however that ends.
process.on('disconnect', () => process.exit())
