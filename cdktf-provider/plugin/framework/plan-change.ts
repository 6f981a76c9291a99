import { equal } from '../values/equal.ts'
import type { ObjectValue, Value } from '../values/value.ts'
import type { Collector } from './collector.ts'
import { TerraformError, type Path } from './diagnostics.ts'
import { planAttributes, replacedBy } from './plan.ts'
import type { PrivateState } from './private-state.ts'
import type { AnyResource } from './provider.ts'
import type { PlanAdjustment } from './resource.ts'
import { objectType } from './schema.ts'
import type { Session } from './session.ts'

export interface PlanRequest {
  readonly config: ObjectValue
  readonly prior: ObjectValue | null
  readonly privateState: PrivateState
  readonly session: Session
  readonly diagnostics: Collector
}

export interface Plan {
  readonly planned: ObjectValue
  /** The attributes whose change replaces the resource. */
  readonly replace: readonly Path[]
}

/**
 * Plans a create or an update. Nothing is renewed unless something changes, so a second plan is empty;
 * and when the resource is replaced everything the provider gives is new, as it is for a create.
 */
export async function planChange(resource: AnyResource, request: PlanRequest): Promise<Plan> {
  const { attributes } = resource
  const { config, prior } = request
  const type = objectType(attributes)
  const fromConfig = (renewal: 'keep' | 'renew') =>
    planAttributes(attributes, config, prior, renewal)

  const kept = fromConfig('keep')
  const changed = prior !== null && !equal(kept, prior, type)
  const draft = changed ? fromConfig('renew') : kept
  const { set, replace } = await askResource(resource, draft, request)
  let planned = { ...draft, ...set }
  // The resource's own adjustment can be the first change, and a change renews what does not survive it.
  if (prior && !changed && !equal(planned, prior, type))
    planned = { ...fromConfig('renew'), ...set }

  const replacing = prior ? [...replacedBy(attributes, planned, prior), ...replace] : []
  if (!replacing.length) return { planned, replace: [] }
  // Terraform asks again without a prior state and keeps that answer; this one has to agree with it.
  return { planned: planAttributes(attributes, config, null, 'renew'), replace: replacing }
}

interface Adjustment {
  readonly set: ObjectValue
  readonly replace: readonly Path[]
}

async function askResource(
  resource: AnyResource,
  planned: ObjectValue,
  { config, prior, privateState, session, diagnostics }: PlanRequest,
): Promise<Adjustment> {
  const client = session.clientOrNull
  const call = { ...session.call(diagnostics), client, privateState, prior, planned, config }
  const adjustment = (await resource.plan?.(call)) as PlanAdjustment<never> | undefined
  const set = (adjustment?.set ?? {}) as Record<string, Value>
  for (const name of Object.keys(set)) {
    const attribute = resource.attributes[name]
    const providers = attribute?.presence === 'computed' || attribute?.presence === 'orComputed'
    if (providers && (config[name] ?? null) === null) continue
    throw new TerraformError({
      summary: `The provider may not plan \`${name}\`.`,
      detail: 'The configuration or the schema gives it. This is a mistake in the provider.',
      path: [name],
    })
  }
  return { set, replace: adjustment?.replace ?? [] }
}
