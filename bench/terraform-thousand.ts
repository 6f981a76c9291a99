import type { Bench, Figure, Missing } from './harness/figure.ts'
import { CountingProxy } from './harness/counting-proxy.ts'
import { PeakMemory } from './harness/peak-memory.ts'
import { startTerraformWorld } from './harness/terraform-world.ts'

/** What 1,000 secrets cost besides time: calls of the API for a refresh, and memory of the provider. */
export const terraformThousand: Bench = async (workspace) => {
  const world = await startTerraformWorld(workspace)
  const run = await world.secrets(1000)
  const proxy = workspace.owning(await CountingProxy.start(world.apiUrl), (it) => it.stop())
  const memory = workspace.owning(new PeakMemory(), (it) => it.stop())
  const onStart = (terraform: number) => {
    if (PeakMemory.isKnown) memory.watch(terraform)
  }
  await run.apply({ onStart })
  await run.requireNoChanges({ onStart, environment: { AGYN_API_URL: proxy.url } })
  await run.destroy({ onStart })
  const peak: Figure | Missing = PeakMemory.isKnown
    ? {
        what: 'peak memory of the provider, 1,000 secrets',
        value: memory.megabytes,
        unit: 'MB',
        promise: { atMost: 150 },
      }
    : { missing: 'The peak memory of the provider is known on Linux only.' }
  return [
    {
      what: 'calls of a refresh of 1,000 secrets',
      value: proxy.count,
      unit: 'calls',
      promise: { atMost: 12 },
    },
    peak,
  ]
}
