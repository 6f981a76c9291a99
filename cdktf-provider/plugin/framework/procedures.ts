import { ProviderDefinition } from '../gen/tfplugin6.ts'
import { SHUTDOWN } from '../server/rpc-server.ts'
import { log } from '../server/log.ts'
import type { Procedure } from '../server/unary-grpc.ts'
import { dataSourceService } from './data-source-service.ts'
import { closeAll, ephemeralService } from './ephemeral-service.ts'
import { functionService } from './function-service.ts'
import type { Provider } from './provider.ts'
import { providerService } from './provider-service.ts'
import { resourceService } from './resource-service.ts'
import type { Service } from './service.ts'
import { Session } from './session.ts'
import { stateService } from './state-service.ts'

/** Everything Terraform can call, by gRPC path. What is missing here is answered with UNIMPLEMENTED. */
export async function procedures(
  load: () => Promise<Provider> | Provider,
): Promise<ReadonlyMap<string, Procedure>> {
  const session = new Session(await load())
  const service: Service = {
    ...providerService(session),
    ...resourceService(session),
    ...stateService(session),
    ...dataSourceService(session),
    ...ephemeralService(session),
    ...functionService(session),
  }
  const table = new Map<string, Procedure>()
  for (const key of Object.keys(service) as (keyof Service)[]) {
    const { name, requestType, responseType } = ProviderDefinition.methods[key]
    // Each method's coders and handler fit each other, which the union of all methods no longer tells.
    const call = service[key] as (request: unknown) => Promise<never>
    table.set(`/${ProviderDefinition.fullName}/${name}`, async (bytes) => {
      const request = requestType.decode(bytes)
      log('trace', 'call received', { rpc: name, ...typeIn(request) })
      return responseType.encode(await call(request)).finish()
    })
  }
  table.set(SHUTDOWN, async () => {
    await closeAll(session)
    return new Uint8Array()
  })
  return table
}

/** What a call is about. It is the name of a schema, never a value. */
const typeIn = ({ typeName }: { readonly typeName?: string }) =>
  typeName === undefined ? {} : { type: typeName }
