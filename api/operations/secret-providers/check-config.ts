import { placesOf, type ProviderType } from '../../../contract/schemas/provider-types/index.ts'
import type { FieldIssue } from '../../../contract/field-errors.ts'
import { BackendFailure } from '../../backends/backend.ts'
import { notInstalled } from '../../backends/load-package.ts'
import { checkCaCertificate } from '../../backends/outbound/trusted-certificates.ts'
import { missingPackage } from '../../backends/store-packages.ts'
import { Invalid } from '../../errors.ts'
import { destinationFieldsOf, type Config } from '../../resolver/provider-config.ts'
import type { Services } from '../services.ts'

type World = Pick<Services, 'outbound' | 'tokenFiles'>

/**
 * Refuses a config that leads where it may not go: to a forbidden address, or to a file of the server
 * that is not listed; and a certificate that is none. Names are not looked up here: that, and the
 * addresses they lead to, is checked at each connection.
 */
export function checkConfig(world: World, type: ProviderType, config: Config): void {
  const issues = issuesOf(world, type, config)
  if (issues.length > 0) throw new Invalid(issues)
}

/** The same, and that this deployment can use providers of this type at all. */
export function checkUsable(world: World, type: ProviderType, config: Config): void {
  const missing = missingPackage(type)
  const packages: FieldIssue[] =
    missing === undefined ? [] : [{ path: ['type'], ...complaint(notInstalled(missing)) }]
  const issues = [...packages, ...issuesOf(world, type, config)]
  if (issues.length > 0) throw new Invalid(issues)
}

function issuesOf({ outbound, tokenFiles }: World, type: ProviderType, config: Config) {
  const destinations = destinationFieldsOf(type).flatMap((key): FieldIssue[] => {
    const value = config[key]
    if (typeof value !== 'string') return []
    return issueAt(key, () =>
      key === 'caCertificate' ? checkCaCertificate(value) : outbound.checkAddress(value),
    )
  })
  const places = placesOf(type, config).flatMap(({ field, member, ...place }) =>
    issueAt(
      field,
      () =>
        'file' in place
          ? tokenFiles.check(place.file)
          : outbound.checkAddress(withoutQuery(place.url)),
      member,
    ),
  )
  return [...destinations, ...places]
}

/** Where a login is asked for may have a query, and the address is checked all the same. */
function withoutQuery(url: string): string {
  if (!URL.canParse(url)) return url
  const address = new URL(url)
  address.search = ''
  return address.href
}

function issueAt(field: string, check: () => void, member?: string): FieldIssue[] {
  try {
    check()
    return []
  } catch (error) {
    if (!(error instanceof BackendFailure)) throw error
    const { code, detail } = complaint(error)
    const about = member === undefined ? detail : `\`${member}\`: ${detail}`
    return [{ path: ['config', field], code, detail: about }]
  }
}

const complaint = ({ code, message, hint }: BackendFailure) => ({
  code,
  detail: hint === undefined ? message : `${message} ${hint}`,
})
