// Measures what agyn-secrets promises of its speed, and prints it as a table. `npm run bench` runs all
// and keeps the table in README.md and results.json; `npm run bench -- NAME` runs one and keeps nothing.
import { cleanClone } from './clean-clone.ts'
import { constructs } from './constructs.ts'
import { handshake } from './handshake.ts'
import { Skipped, Workspace, type Bench } from './harness/figure.ts'
import { describeMachine } from './harness/machine.ts'
import { listSecrets } from './list-secrets.ts'
import { keep, print, type Result } from './harness/report.ts'
import { migrate } from './migrate.ts'
import { sdks } from './sdks.ts'
import { resolveBrief } from './resolve-brief.ts'
import { resolveLocal } from './resolve-local.ts'
import { resolveStores } from './resolve-stores.ts'
import { resolveVault } from './resolve-vault.ts'
import { stalledStore } from './stalled-store.ts'
import { start } from './start.ts'
import { terraformRpcs } from './terraform-rpcs.ts'
import { terraformThousand } from './terraform-thousand.ts'
import { terraform } from './terraform.ts'
import { throughput } from './throughput.ts'

const benches: Readonly<Record<string, Bench>> = {
  handshake,
  terraform,
  'terraform-thousand': terraformThousand,
  'terraform-rpcs': terraformRpcs,
  constructs,
  'resolve-local': resolveLocal,
  'resolve-brief': resolveBrief,
  'list-secrets': listSecrets,
  'resolve-vault': resolveVault,
  'resolve-stores': resolveStores,
  'stalled-store': stalledStore,
  sdks,
  migrate,
  start,
  throughput,
  'clean-clone': cleanClone,
}

const names = process.argv.slice(2)
const unknown = names.find((name) => !Object.hasOwn(benches, name))
if (unknown !== undefined) {
  console.error(`There is no bench ${unknown}. There are ${Object.keys(benches).join(', ')}.`)
  process.exit(1)
}

const workspace = new Workspace()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void workspace.clear().finally(() => process.exit(1)))
}

const results: Result[] = []
for (const [name, bench] of Object.entries(benches)) {
  if (names.length > 0 && !names.includes(name)) continue
  process.stderr.write(`${name} …\n`)
  results.push({ name, ...(await measure(bench)) })
}
print(results)
const failed = results.some((result) => result.failed)
if (names.length === 0 && !failed) keep(await describeMachine(), results)
process.exit(failed ? 1 : 0)

async function measure(bench: Bench): Promise<Omit<Result, 'name'>> {
  try {
    return { figures: await bench(workspace) }
  } catch (error) {
    const instead = (error as Error).message
    process.stderr.write(`${instead}\n`)
    return { figures: [], instead, failed: !(error instanceof Skipped) }
  } finally {
    await workspace.clear()
  }
}
