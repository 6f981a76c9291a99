import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median, type Bench, type Figure } from './harness/figure.ts'
import { startTerraformWorld } from './harness/terraform-world.ts'

/** How long the provider takes for each call of Terraform, by its own log, with 100 secrets. */
export const terraformRpcs: Bench = async (workspace) => {
  const world = await startTerraformWorld(workspace)
  const run = await world.secrets(100)
  const directory = workspace.owning(mkdtempSync(join(tmpdir(), 'agyn-bench-log-')), (it) =>
    rmSync(it, { recursive: true, force: true }),
  )
  // Terraform adds to the file, command by command.
  const log = join(directory, 'log')
  const traced = { environment: { TF_LOG_PROVIDER: 'TRACE', TF_LOG_PATH: log } }
  await run.validate(traced)
  await run.apply(traced)
  await run.requireNoChanges(traced)
  await run.destroy(traced)
  const times = durations(readFileSync(log, 'utf8'))
  return rpcs.flatMap((rpc): Figure[] => {
    const all = times.get(rpc) ?? []
    return [
      { what: rpc, value: median(all), unit: 'ms' },
      // Mostly a process's first, which loads what the others find.
      { what: `${rpc}, the slowest`, value: Math.max(...all), unit: 'ms' },
    ]
  })
}

const rpcs = [
  'GetProviderSchema',
  'ConfigureProvider',
  'ValidateResourceConfig',
  'PlanResourceChange',
  'ApplyResourceChange',
  'ReadResource',
] as const

/** Milliseconds of each call that a line of the log tells of. */
function durations(log: string): Map<string, number[]> {
  const times = new Map<string, number[]>()
  for (const line of log.split('\n')) {
    const rpc = /\brpc="?\/tfplugin6\.Provider\/(\w+)/.exec(line)?.[1]
    const ms = /\bdurationMs=([\d.]+)/.exec(line)?.[1]
    if (rpc === undefined || ms === undefined) continue
    times.set(rpc, [...(times.get(rpc) ?? []), Number(ms)])
  }
  return times
}
