export {
  dynamic,
  exactNumber,
  flag,
  list,
  map,
  number,
  object,
  set,
  text,
  type Attribute,
  type Attributes,
  type Nesting,
} from './framework/attributes.ts'
export { checkProvider } from './framework/check-provider.ts'
export { dataSource, type DataSource } from './framework/data-source.ts'
export {
  OutcomeUnknown,
  TerraformError,
  type Diagnostics,
  type Path,
  type Problem,
} from './framework/diagnostics.ts'
export { ephemeralResource, type EphemeralResource } from './framework/ephemeral-resource.ts'
export { provider, type Provider } from './framework/provider.ts'
export { providerFunction, type ProviderFunction } from './framework/provider-function.ts'
export type { PrivateState } from './framework/private-state.ts'
export {
  resource,
  type Call,
  type ForeignState,
  type MovedState,
  type PlanAdjustment,
  type Resource,
} from './framework/resource.ts'
export { durationMs, timeouts } from './framework/timeouts.ts'
export type { Config, Draft, Planned, Proposed, State } from './framework/views.ts'
export { debug, type DebugSession } from './debug.ts'
export { readExtraCaCertificates } from './extra-ca-certificates.ts'
export { log, type LogFields } from './server/log.ts'
export { serve, type ServeOptions } from './serve.ts'
export { Dynamic, ExactNumber, Unknown, isUnknown, unknownValue } from './values/value.ts'
