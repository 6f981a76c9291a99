import { Skipped, type Bench, type Figure, type Missing } from './harness/figure.ts'
import { goReference } from './harness/go-reference.ts'
import {
  measurePhases,
  phases,
  type Contenders,
  type Phase,
  type Rounds,
} from './harness/terraform-phases.ts'
import { startTerraformWorld } from './harness/terraform-world.ts'

/** Each phase of local secrets, of as many by the provider in Go, and of as many `terraform_data`. */
export const terraform: Bench = async (workspace) => {
  const world = await startTerraformWorld(workspace)
  const go = await goReference()
  const figures: (Figure | Missing)[] = []
  for (const { count, ...rounds } of sizes) {
    const ours = await world.secrets(count)
    const builtIn = await world.data(count)
    const inGo = go instanceof Skipped ? {} : { inGo: await world.secrets(count, { mirror: go }) }
    const ms = await measurePhases(rounds, { ours, ...inGo, builtIn })
    figures.push(...phases.flatMap((phase) => figuresOf(phase, count, ms)))
  }
  if (go instanceof Skipped) figures.push({ missing: go.message })
  return figures
}

/** How many resources, and how many rounds are worth the time that so many take. */
const sizes: readonly (Rounds & { readonly count: number })[] = [
  { count: 1, rounds: 11, readsEach: 1, warmUp: true },
  { count: 100, rounds: 5, readsEach: 1, warmUp: true },
  // A single round, for Terraform itself writes the state anew after each resource.
  { count: 1000, rounds: 1, readsEach: 3, warmUp: false },
]

function figuresOf(phase: Phase, count: number, ms: Contenders<Record<Phase, number>>): Figure[] {
  const what = `${phase} of ${count}`
  const [ours, inGo, builtIn] = [ms.ours[phase], ms.inGo?.[phase], ms.builtIn[phase]]
  return [
    { what: `${what} agyn_secret`, value: ours / 1000, unit: 's' },
    ...(inGo === undefined ? [] : besideGo(what, count, ours, inGo)),
    { what: `${what} terraform_data`, value: builtIn / 1000, unit: 's' },
    { what: `${what}, ours : terraform_data`, value: ours / builtIn, unit: 'times' },
  ]
}

/** Of one resource the promise is about how fast a process starts, and of many about the work. */
function besideGo(what: string, count: number, ours: number, inGo: number): Figure[] {
  const ratio = { what: `${what}, ours : Go`, value: ours / inGo, unit: 'times' } as const
  const more = { what: `${what}, ours - Go`, value: ours - inGo, unit: 'ms' } as const
  return [
    { what: `${what} in Go`, value: inGo / 1000, unit: 's' },
    ...(count === 1
      ? [ratio, { ...more, promise: { atMost: 100 } }]
      : [{ ...ratio, promise: { atMost: 1 } }]),
  ]
}
