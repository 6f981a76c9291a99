import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { frameworks, tarball, type Framework } from '../scripts/constructs-packages.ts'
import { startCompanyStores } from '../test/support/company-stores.ts'
import { BuiltApi } from './harness/built-api.ts'
import { ConstructsProject } from './harness/constructs-project.ts'
import {
  interleaved,
  inTurns,
  type Bench,
  type Figure,
  type Missing,
  type Workspace,
} from './harness/figure.ts'
import { requireSameButForAddresses } from './harness/same-configuration.ts'
import { TerraformRun, terraformVersion } from './harness/terraform-run.ts'

/** What the packages of constructs cost: to load, beside L1 written by hand, on disk, and until all is there. */
export const constructs: Bench = async (workspace) => {
  const projects: ConstructsProject[] = []
  for (const framework of frameworks) {
    projects.push(await ConstructsProject.install(workspace, framework))
  }
  const figures: (Figure | Missing)[] = []
  for (const project of projects) {
    figures.push(...(await importTimes(project)), ...(await synthTimes(project)))
  }
  return [...figures, ...frameworks.flatMap(size), ...(await applyTimes(workspace, projects))]
}

async function importTimes(project: ConstructsProject): Promise<Figure[]> {
  const { framework } = project
  const ours = `@agyn/${framework}-provider`
  const ms = await inTurns(20, {
    ours: () => project.importTime(ours),
    framework: () => project.importTime(framework, 'constructs'),
  })
  return [
    { what: `import of ${ours}`, value: ms.ours, unit: 'ms' },
    { what: `import of ${framework} alone`, value: ms.framework, unit: 'ms' },
    { what: `import, ours : ${framework} alone`, value: ms.ours / ms.framework, unit: 'times' },
  ]
}

/** How many secrets, and how many rounds are worth the time that so many take. */
const sizes = [
  { secrets: 1, rounds: 20 },
  { secrets: 100, rounds: 15 },
  { secrets: 1000, rounds: 11 },
] as const

async function synthTimes(project: ConstructsProject): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const { secrets, rounds } of sizes) {
    const outputs = { L1: '', L2: '' }
    const synth = (layer: 'L1' | 'L2') => async () => {
      const { ms, output } = await project.synth(layer, secrets)
      outputs[layer] = output
      return ms
    }
    const ms = await inTurns(rounds, { L2: synth('L2'), L1: synth('L1') })
    requireSameButForAddresses(outputs.L2, outputs.L1)
    const what = `${project.framework}, stack of ${secrets}`
    figures.push(
      { what: `${what} in L2`, value: ms.L2, unit: 'ms' },
      { what: `${what} in L1`, value: ms.L1, unit: 'ms' },
      { what: `${what}, L2 : L1`, value: ms.L2 / ms.L1, unit: 'times', promise: { atMost: 1.3 } },
    )
  }
  return figures
}

function size(framework: Framework): Figure[] {
  const file = tarball(framework)
  const files = execFileSync('tar', ['-tzf', file], { encoding: 'utf8' }).trim().split('\n')
  const what = `@agyn/${framework}-provider, packed`
  return [
    { what, value: statSync(file).size / 1024, unit: 'KB' },
    { what, value: files.length, unit: 'files' },
  ]
}

async function applyTimes(
  workspace: Workspace,
  projects: readonly ConstructsProject[],
): Promise<(Figure | Missing)[]> {
  if (terraformVersion() === undefined) return [{ missing: 'terraform is not on PATH.' }]
  const stores = workspace.owning(await startCompanyStores(), (it) => it.close())
  const api = workspace.owning(await BuiltApi.start({ outboundAllow: '127.0.0.1' }), (it) =>
    it.remove(),
  )
  const works: Record<string, () => Promise<unknown>> = {}
  for (const project of projects) {
    const token = await ownerOf(api, project.framework)
    const environment = { AGYN_API_URL: api.url, AGYN_API_TOKEN: token, ...stores.variables }
    works[project.framework] = async () => {
      const configuration = await project.synthCompany()
      const run = await TerraformRun.start(workspace, {
        ...{ configuration, file: 'cdk.tf.json', environment },
      })
      await run.apply()
      return () => run.destroy()
    }
  }
  const ms = await interleaved(5, works)
  return projects.map(({ framework }): Figure => ({
    what: `examples/${framework}: synth, init and apply`,
    value: (ms[framework] ?? NaN) / 1000,
    unit: 's',
  }))
}

/** A token of the owner of a new organization. */
async function ownerOf(api: BuiltApi, name: string): Promise<string> {
  const { id: organizationId } = await api.client().call('CreateOrganization', { body: { name } })
  const body = { organizationId, name: 'owner', role: 'owner' } as const
  const { token = '' } = await api.client().call('CreateApiToken', { body })
  return token
}
