import { setMaxListeners } from 'node:events'
import { TerraformError } from './diagnostics.ts'
import { OpenEphemerals } from './open-ephemerals.ts'
import type { Provider } from './provider.ts'
import type { Call } from './resource.ts'

/** What the calls of one run of the provider share. */
export class Session {
  readonly provider: Provider
  readonly open = new OpenEphemerals()
  #stop = newStop()
  #client: { readonly value: unknown } | null = null
  #unknownSettings: readonly string[] = []

  constructor(provider: Provider) {
    this.provider = provider
  }

  /** The client, or null when the provider could not be configured yet. */
  get clientOrNull(): unknown {
    return this.#client?.value ?? null
  }

  /** The client, for calls that cannot do without one. */
  get client(): unknown {
    if (this.#client) return this.#client.value
    const settings = this.#unknownSettings.map((name) => `\`${name}\``).join(', ')
    throw new TerraformError({
      summary: `Provider ${this.provider.name} is not configured yet.`,
      detail: settings
        ? `Its configuration takes ${settings} from something that is known only after apply. Apply that first, with -target, and then run this again.`
        : 'Terraform did not configure it, or that failed.',
    })
  }

  configured(client: unknown): void {
    this.#client = { value: client }
  }

  /** Notes that the configuration cannot be used yet, because these of its attributes are not known. */
  postponed(settings: readonly string[]): void {
    this.#client = null
    this.#unknownSettings = settings
  }

  /** Aborts the calls under way, and those that were sent before the stop and come after it. */
  stop(): void {
    this.#stop.abort()
  }

  /** Another run begins, of which a debug server sees many: what was stopped is over. */
  begin(): void {
    if (this.#stop.signal.aborted) this.#stop = newStop()
  }

  /** What a call gets; `stop` aborts its signal. */
  call(diagnostics: Call['diagnostics']): Call {
    return { diagnostics, signal: this.#stop.signal }
  }
}

/** All calls under way listen to it, as many as `-parallelism` says, and Node warns of the eleventh. */
function newStop(): AbortController {
  const stop = new AbortController()
  setMaxListeners(0, stop.signal)
  return stop
}
