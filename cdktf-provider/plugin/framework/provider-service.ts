import type { Schema } from '../gen/tfplugin6.ts'
import { isWhollyKnown } from '../values/value.ts'
import type { Attributes } from './attributes.ts'
import { checkConfig } from './check-config.ts'
import { Collector } from './collector.ts'
import { functionMessages } from './function-service.ts'
import { schemaMessage } from './schema.ts'
import type { Service } from './service.ts'
import type { Session } from './session.ts'
import { decodeObject } from './wire-values.ts'

type ProviderCalls =
  'getProviderSchema' | 'validateProviderConfig' | 'configureProvider' | 'stopProvider'

/** Answers the calls that concern the provider as a whole. */
export function providerService(session: Session): Pick<Service, ProviderCalls> {
  const { provider } = session
  const { description, attributes } = provider
  return {
    async getProviderSchema() {
      return {
        provider: schemaMessage({ description, attributes }),
        resourceSchemas: schemas(provider.resources),
        dataSourceSchemas: schemas(provider.dataSources),
        ephemeralResourceSchemas: schemas(provider.ephemeralResources ?? []),
        functions: functionMessages(provider.functions ?? []),
        diagnostics: [],
        serverCapabilities: {
          planDestroy: false,
          // Terraform then asks for the schema once a command, not once for each of our processes.
          getProviderSchemaOptional: true,
          moveResourceState: provider.resources.some(({ move }) => move !== undefined),
        },
      }
    },

    async validateProviderConfig(request) {
      const diagnostics = new Collector(attributes)
      await diagnostics.attempt(`checking the configuration of ${provider.name}`, async () => {
        const config = decodeObject(request.config, attributes)
        checkConfig(attributes, config, diagnostics)
        if (diagnostics.failed) return
        await provider.validate?.({ ...session.call(diagnostics), config })
      })
      return { diagnostics: diagnostics.messages }
    },

    async configureProvider(request) {
      session.begin()
      const diagnostics = new Collector(attributes)
      await diagnostics.attempt(`configuring ${provider.name}`, async () => {
        const config = decodeObject(request.config, attributes)
        const unknown = Object.keys(config).filter((name) => !isWhollyKnown(config[name] ?? null))
        session.postponed(unknown)
        if (unknown.length) return
        const { terraformVersion } = request
        const call = { ...session.call(diagnostics), config, terraformVersion }
        session.configured(await provider.configure(call))
      })
      return { diagnostics: diagnostics.messages }
    },

    async stopProvider() {
      session.stop()
      return { Error: '' }
    },
  }
}

interface Described {
  readonly type: string
  readonly version?: number
  readonly description: string
  readonly attributes: Attributes
}

const schemas = (definitions: readonly Described[]): Record<string, Schema> =>
  Object.fromEntries(definitions.map((each) => [each.type, schemaMessage(each)]))
