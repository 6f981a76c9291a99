import { BuiltApi } from './harness/built-api.ts'
import {
  median,
  Skipped,
  timed,
  type Bench,
  type Figure,
  type Workspace,
} from './harness/figure.ts'
import { TerraformRun, terraformVersion } from './harness/terraform-run.ts'

/** How many resources, and how many rounds are worth the time that so many take. */
const sizes = [
  { count: 1, rounds: 7 },
  { count: 100, rounds: 3 },
] as const

/** Plan and apply of local secrets against as many `terraform_data`, which Terraform keeps itself. */
export const terraform: Bench = async (workspace) => {
  if (terraformVersion() === undefined) throw new Skipped('terraform is not on PATH.')
  const api = workspace.owning(await BuiltApi.start(), (it) => it.remove())
  const { id: organizationId } = await api.organization()
  const environment = { AGYN_API_URL: api.url, AGYN_API_TOKEN: api.adminToken }
  const figures: Figure[] = []
  for (const { count, rounds } of sizes) {
    const ours = await prepare(workspace, secrets(count, organizationId), environment)
    const builtIn = await prepare(workspace, data(count), {})
    const times = { ours: new Times(), builtIn: new Times() }
    for (let round = 0; round < rounds; round++) {
      await times.ours.round(ours)
      await times.builtIn.round(builtIn)
    }
    for (const phase of phases) {
      figures.push(
        { what: `${phase} of ${count} agyn_secret`, value: times.ours.of(phase), unit: 's' },
        { what: `${phase} of ${count} terraform_data`, value: times.builtIn.of(phase), unit: 's' },
      )
    }
  }
  return figures
}

const phases = ['plan', 'apply', 'second plan'] as const

/** Seconds of each phase, round by round. */
class Times {
  readonly #seconds = { plan: [], apply: [], 'second plan': [] } as Record<
    (typeof phases)[number],
    number[]
  >

  of(phase: (typeof phases)[number]): number {
    return median(this.#seconds[phase])
  }

  /** Makes everything, and takes it away again for the next round. */
  async round(run: TerraformRun): Promise<void> {
    const note = async (phase: (typeof phases)[number], work: () => Promise<void>) => {
      this.#seconds[phase].push((await timed(work)) / 1000)
    }
    await note('plan', () => run.plan())
    await note('apply', () => run.apply())
    await note('second plan', () => run.requireNoChanges())
    await run.destroy()
  }
}

async function prepare(
  workspace: Workspace,
  configuration: string,
  environment: NodeJS.ProcessEnv,
): Promise<TerraformRun> {
  const run = workspace.owning(new TerraformRun(configuration, environment), (it) => it.remove())
  await run.init()
  return run
}

const secrets = (count: number, organizationId: string) => `
terraform {
  required_providers {
    agyn = { source = "agynio/agyn" }
  }
}
provider "agyn" {}
resource "agyn_secret" "bench" {
  count           = ${count}
  organization_id = "${organizationId}"
  name            = "bench-\${count.index}"
  value           = "not-a-real-value-\${count.index}"
}
`

const data = (count: number) => `
resource "terraform_data" "bench" {
  count = ${count}
  input = "not-a-real-value-\${count.index}"
}
`
