import type { ProviderType } from '../../../contract/schemas/provider-types/index.ts'
import type { FieldIssue } from '../../../contract/field-errors.ts'
import type { Outbound } from '../../backends/outbound/outbound.ts'
import { checkCaCertificate } from '../../backends/outbound/trusted-certificates.ts'
import { BackendFailure } from '../../backends/backend.ts'
import { Invalid } from '../../errors.ts'
import { destinationFieldsOf, type Config } from '../../resolver/provider-config.ts'

/**
 * Refuses a destination that is forbidden, or a certificate that is none, as it is written. Names are not looked up here: that, and
 * the addresses they lead to, is checked at each connection.
 */
export function checkDestination(outbound: Outbound, type: ProviderType, config: Config): void {
  const issues = destinationFieldsOf(type).flatMap((key): FieldIssue[] => {
    const value = config[key]
    if (typeof value !== 'string') return []
    try {
      if (key === 'caCertificate') checkCaCertificate(value)
      else outbound.checkAddress(value)
      return []
    } catch (error) {
      if (!(error instanceof BackendFailure)) throw error
      return [{ path: ['config', key], code: error.code, detail: error.message }]
    }
  })
  if (issues.length > 0) throw new Invalid(issues)
}
