import { checkConfig } from './check-config.ts'
import { Collector } from './collector.ts'
import type { AnyDataSource } from './provider.ts'
import type { Service } from './service.ts'
import type { Session } from './session.ts'
import { settle } from './settle.ts'
import { decodeObject, encode } from './wire-values.ts'

/** Answers the calls that concern data sources. */
export function dataSourceService(
  session: Session,
): Pick<Service, 'validateDataResourceConfig' | 'readDataSource'> {
  const byType = new Map(session.provider.dataSources.map((each) => [each.type, each]))
  const find = (type: string): AnyDataSource => {
    const found = byType.get(type)
    if (!found) throw new Error(`no data source ${type}`)
    return found
  }
  return {
    async validateDataResourceConfig(request) {
      const source = find(request.typeName)
      const diagnostics = new Collector(source.attributes)
      await diagnostics.attempt(`checking ${source.type}`, async () => {
        const config = decodeObject(request.config, source.attributes)
        checkConfig(source.attributes, config, diagnostics)
        if (diagnostics.failed) return
        await source.validate?.({ ...session.call(diagnostics), config })
      })
      return { diagnostics: diagnostics.messages }
    },

    async readDataSource(request) {
      const source = find(request.typeName)
      const diagnostics = new Collector(source.attributes)
      const state = await diagnostics.attempt(`reading ${source.type}`, async () => {
        const config = decodeObject(request.config, source.attributes)
        checkConfig(source.attributes, config, diagnostics)
        if (diagnostics.failed) return undefined
        const call = { ...session.call(diagnostics), client: session.client, config }
        const read = settle(source.attributes, await source.read(call), diagnostics)
        return encode(read, source.attributes)
      })
      return { state: state ?? encode(null, source.attributes), diagnostics: diagnostics.messages }
    },
  }
}
