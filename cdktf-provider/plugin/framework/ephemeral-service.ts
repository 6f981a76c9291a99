import type { Timestamp } from '../gen/tfplugin6.ts'
import type { Attributes } from './attributes.ts'
import { checkConfig } from './check-config.ts'
import { Collector } from './collector.ts'
import type { Opened, Renewed } from './ephemeral-resource.ts'
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
      let opened: Opened<Attributes> | undefined
      const answer = await diagnostics.attempt(`opening ${type}`, async () => {
        const config = decodeObject(request.config, attributes)
        checkConfig(attributes, config, diagnostics)
        if (diagnostics.failed) return undefined
        opened = await ephemeral.open({
          ...session.call(diagnostics),
          client: session.client,
          config,
        })
        const result = encode(settle(attributes, opened.result, diagnostics), attributes)
        return { result, ...leaseMessage(opened, diagnostics) }
      })
      // Terraform closes only what it was told is open.
      if (opened && diagnostics.failed) await close(ephemeral, opened.lease ?? null, diagnostics)
      return {
        result: answer?.result,
        private: answer?.private,
        renewAt: answer?.renewAt,
        diagnostics: diagnostics.messages,
      }
    },

    async renewEphemeralResource(request) {
      const ephemeral = find(request.typeName)
      const diagnostics = new Collector(ephemeral.attributes)
      const before = new PrivateState(request.private).value
      const renewed = await diagnostics.attempt(`renewing ${ephemeral.type}`, async () => {
        const call = { ...session.call(diagnostics), client: session.client, lease: before }
        const { renewAt, lease = before } = (await ephemeral.renew?.(call)) ?? {}
        return leaseMessage({ renewAt, lease }, diagnostics)
      })
      return {
        private: renewed?.private ?? request.private,
        renewAt: renewed?.renewAt,
        diagnostics: diagnostics.messages,
      }
    },

    async closeEphemeralResource(request) {
      const ephemeral = find(request.typeName)
      const diagnostics = new Collector(ephemeral.attributes)
      await close(ephemeral, new PrivateState(request.private).value, diagnostics)
      return { diagnostics: diagnostics.messages }
    },
  }

  async function close(
    ephemeral: AnyEphemeralResource,
    lease: unknown,
    diagnostics: Collector,
  ): Promise<void> {
    await diagnostics.attempt(`closing ${ephemeral.type}`, async () => {
      // An interrupted run closes what it opened, so what aborted the run must not abort this.
      const { signal } = new AbortController()
      await ephemeral.close?.({ diagnostics, signal, client: session.client, lease })
    })
  }
}

function leaseMessage({ renewAt, lease = null }: Renewed, diagnostics: Collector) {
  const kept = new PrivateState()
  kept.value = lease
  return { private: kept.bytes(diagnostics), renewAt: renewAt && timestamp(renewAt) }
}

function timestamp(time: Date): Timestamp {
  const ms = time.getTime()
  if (Number.isNaN(ms)) throw new RangeError('no time to renew at')
  return { seconds: Math.floor(ms / 1000), nanos: time.getUTCMilliseconds() * 1_000_000 }
}
