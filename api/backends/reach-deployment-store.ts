import { fieldsOf } from '../../contract/schemas/provider-types/index.ts'
import { allowedAddress } from './outbound/allow-list.ts'
import type { OutboundOptions } from './outbound/outbound.ts'
import type { ProviderSettings } from './registry.ts'

/**
 * The way out for the deployment's own store alone. Its address is the operator's choice, as an address
 * in AGYN_OUTBOUND_ALLOW is, so it may be one that providers may not reach, such as loopback. Give these
 * options to nobody else: every organization's providers could go there too.
 */
export function reachDeploymentStore(
  { type, config }: ProviderSettings,
  options: OutboundOptions = {},
): OutboundOptions {
  const values = config as Readonly<Record<string, unknown>>
  const addresses = fieldsOf(type)
    .filter(({ destination }) => destination)
    .map(({ key }) => String(values[key]))
    .filter((text) => URL.canParse(text)) // a certificate is a destination as well
  return { ...options, allow: [...(options.allow ?? []), ...addresses.map(allowedAddress)] }
}
