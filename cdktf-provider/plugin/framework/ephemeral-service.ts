import { once } from 'node:events'
import type { Timestamp } from '../gen/tfplugin6.ts'
import { log } from '../server/log.ts'
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
      const lease = opened?.lease ?? null
      if (opened && diagnostics.failed) await close(session, ephemeral, lease, diagnostics)
      else if (answer) session.open.add({ type, lease }, answer.private)
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
      const { type } = ephemeral
      const held = request.private ?? new Uint8Array()
      const before = new PrivateState(held).value
      const renewed = await diagnostics.attempt(`renewing ${type}`, async () => {
        const call = { ...session.call(diagnostics), client: session.client, lease: before }
        const { renewAt, lease = before } = (await ephemeral.renew?.(call)) ?? {}
        const message = leaseMessage({ renewAt, lease }, diagnostics)
        session.open.renew({ type, lease }, held, message.private)
        return message
      })
      return {
        private: renewed?.private ?? held,
        renewAt: renewed?.renewAt,
        diagnostics: diagnostics.messages,
      }
    },

    async closeEphemeralResource(request) {
      const ephemeral = find(request.typeName)
      const diagnostics = new Collector(ephemeral.attributes)
      const held = request.private ?? new Uint8Array()
      const known = session.open.take(ephemeral.type, held)
      const lease = known ? known.lease : new PrivateState(held).value
      await close(session, ephemeral, lease, diagnostics)
      return { diagnostics: diagnostics.messages }
    },
  }
}

/**
 * Closes what Terraform has left open, before the process goes: when what used an ephemeral resource fails,
 * or is interrupted, Terraform does not close it. Nobody is there to be told, so failures are logged.
 */
export async function closeAll(session: Session): Promise<void> {
  const late = new AbortController()
  const closing = session.open.takeAll().map(async ({ type, lease }) => {
    const ephemeral = session.provider.ephemeralResources?.find((each) => each.type === type)
    if (!ephemeral) return
    const diagnostics = new Collector(ephemeral.attributes)
    await close(session, ephemeral, lease, diagnostics, late.signal)
    if (diagnostics.failed) log('warn', 'an ephemeral resource was left open', { type })
  })
  if (!closing.length) return
  const timer = setTimeout(() => late.abort(), longestMs)
  await Promise.race([Promise.all(closing), once(late.signal, 'abort')])
  clearTimeout(timer)
}

/** Nobody waits gladly for a process that was told to go. */
const longestMs = 5000

/** An interrupted run closes what it opened, so the signal is not the one that was aborted. */
async function close(
  session: Session,
  ephemeral: AnyEphemeralResource,
  lease: unknown,
  diagnostics: Collector,
  signal = new AbortController().signal,
): Promise<void> {
  await diagnostics.attempt(`closing ${ephemeral.type}`, async () => {
    await ephemeral.close?.({ diagnostics, signal, client: session.client, lease })
  })
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
