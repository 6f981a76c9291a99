import type { Timestamp } from '../gen/tfplugin6.ts'
import { checkConfig } from './check-config.ts'
import { Collector } from './collector.ts'
import type { Renewed } from './ephemeral-resource.ts'
import { PrivateState } from './private-state.ts'
import type { AnyEphemeralResource } from './provider.ts'
import type { Service } from './service.ts'
import type { Session } from './session.ts'
import { settle } from './settle.ts'
import { decodeObject, encode } from './wire-values.ts'

type EphemeralCalls =
  | 'validateEphemeralResourceConfig'
  | 'openEphemeralResource'
  | 'renewEphemeralResource'
  | 'closeEphemeralResource'

/** Answers the calls that concern ephemeral resources. */
export function ephemeralService(session: Session): Pick<Service, EphemeralCalls> {
  const byType = new Map(session.provider.ephemeralResources?.map((each) => [each.type, each]))
  const find = (type: string): AnyEphemeralResource => {
    const found = byType.get(type)
    if (!found) throw new Error(`no ephemeral resource ${type}`)
    return found
  }
  return {
    async validateEphemeralResourceConfig(request) {
      const { attributes, type, validate } = find(request.typeName)
      const diagnostics = new Collector(attributes)
      await diagnostics.attempt(`checking ${type}`, async () => {
        const config = decodeObject(request.config, attributes)
        checkConfig(attributes, config, diagnostics)
        if (diagnostics.failed) return
        await validate?.({ ...session.call(diagnostics), config })
      })
      return { diagnostics: diagnostics.messages }
    },

    async openEphemeralResource(request) {
      const ephemeral = find(request.typeName)
      const { attributes, type } = ephemeral
      const diagnostics = new Collector(attributes)
      const opened = await diagnostics.attempt(`opening ${type}`, async () => {
        const config = decodeObject(request.config, attributes)
        const call = { ...session.call(diagnostics), client: session.client, config }
        const { result, ...lease } = await ephemeral.open(call)
        return { result: encode(settle(attributes, result, diagnostics), attributes), ...lease }
      })
      return {
        result: opened?.result,
        ...leaseMessage(opened ?? {}),
        diagnostics: diagnostics.messages,
      }
    },

    async renewEphemeralResource(request) {
      const ephemeral = find(request.typeName)
      const diagnostics = new Collector(ephemeral.attributes)
      const before = new PrivateState(request.private).value
      const renewed = await diagnostics.attempt(`renewing ${ephemeral.type}`, async () => {
        const call = { ...session.call(diagnostics), client: session.client, lease: before }
        return (await ephemeral.renew?.(call)) ?? {}
      })
      return {
        ...leaseMessage({ lease: before, ...renewed }),
        diagnostics: diagnostics.messages,
      }
    },

    async closeEphemeralResource(request) {
      const ephemeral = find(request.typeName)
      const diagnostics = new Collector(ephemeral.attributes)
      await diagnostics.attempt(`closing ${ephemeral.type}`, async () => {
        const lease = new PrivateState(request.private).value
        // An interrupted run closes what it opened, so what aborted the run must not abort this.
        const { signal } = new AbortController()
        await ephemeral.close?.({ diagnostics, signal, client: session.client, lease })
      })
      return { diagnostics: diagnostics.messages }
    },
  }
}

function leaseMessage({ renewAt, lease = null }: Renewed) {
  const kept = new PrivateState()
  kept.value = lease
  return { private: kept.bytes, renewAt: renewAt && timestamp(renewAt) }
}

const timestamp = (time: Date): Timestamp => ({
  seconds: Math.floor(time.getTime() / 1000),
  nanos: (time.getTime() % 1000) * 1_000_000,
})
