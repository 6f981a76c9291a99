import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { timed, type Bench, type Figure } from './harness/figure.ts'

/** From a clean clone to the end of the quickstart, once, part by part. */
export const cleanClone: Bench = async (workspace) => {
  const parent = mkdtempSync(join(tmpdir(), 'agyn-bench-clone-'))
  workspace.owning(parent, (it) => rmSync(it, { recursive: true, force: true }))
  const clone = join(parent, 'agyn-secrets')
  const root = fileURLToPath(new URL('..', import.meta.url))
  await run('git', ['clone', '--quiet', root, clone], parent)

  const figures: Figure[] = []
  const part = async (what: string, command: string, args: readonly string[]) => {
    let said = ''
    const ms = await timed(async () => (said = await run(command, args, clone)))
    figures.push({ what, value: ms / 1000, unit: 's' })
    return said
  }
  await part('install', 'npm', ['ci', '--no-audit', '--no-fund'])
  await part('generate', 'npm', ['run', 'generate'])
  await part('build', 'npm', ['run', 'build'])
  const said = await part('quickstart', 'npm', ['run', 'quickstart', '--', '--once'])
  const whole = figures.reduce((seconds, { value }) => seconds + value, 0)
  return [...figures, ...quickstartSteps(said), { what: 'all of it', value: whole, unit: 's' }]
}

/** The steps as the quickstart times them: `▸ terraform apply … 1.9 s`, or on a line of its own after notes. */
function quickstartSteps(said: string): Figure[] {
  const steps = [...said.matchAll(/^(?:▸ (.+?) … |  (.+): )([\d.]+) s$/gm)]
  if (steps.length === 0) throw new Error(`The quickstart timed none of its steps: ${said}`)
  return steps.map(([, what, afterNotes, seconds]) => ({
    what: `quickstart: ${what ?? afterNotes}`,
    value: Number(seconds),
    unit: 's',
  }))
}

async function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  // Nothing of this checkout or of its user's Terraform reaches the clone.
  const environment = Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_(?!config)|TF_|AGYN_|VAULT_|SECRETS_|DATABASE_URL|PORT|INIT_CWD)/.test(name),
  )
  const options = { cwd, env: Object.fromEntries(environment), maxBuffer: 64 * 1024 * 1024 }
  return await new Promise((resolve, reject) => {
    execFile(command, [...args], options, (error, stdout, stderr) => {
      if (error) reject(new Error(`${[command, ...args].join(' ')} failed.\n${stdout}${stderr}`))
      else resolve(stdout)
    })
  })
}
