// Prevents the first hour with agyn-secrets from being spent on reading: starts all of it on this machine,
// and lets an agent start. `npm run quickstart` runs it; with `--once` it ends by itself.
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from '../contract/client.ts'
import { startApi, type RunningApi } from './quickstart/api.ts'
import { applyThroughApi } from './quickstart/apply-through-api.ts'
import { Progress } from './quickstart/progress.ts'
import { printEnvs } from './quickstart/table.ts'
import { findTerraform, Terraform } from './quickstart/terraform.ts'
import { openVault, type Vault } from './quickstart/vault.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const dataDirectory = resolve(process.env['AGYN_DATA_DIR'] || join(root, '.agyn'))
const consumer = { kind: 'agent', id: 'billing' } as const
const staying = process.stdout.isTTY === true && !process.argv.includes('--once')

/** Aborted by a signal. Whatever is under way then gives up, and what has been started is stopped below. */
const interrupted = new AbortController()
const { signal } = interrupted
const progress = new Progress(signal)
/** Set once the objects were made with it. */
let terraform: Terraform | undefined
/** What was started, to be stopped in reverse. */
const started: (() => Promise<void>)[] = []

// Every further one is left unheard: npm repeats Ctrl-C, and all that is waited for has an end.
let exitCode = 0
for (const [name, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
  process.on(name, () => {
    if (!signal.aborted) exitCode = code
    interrupted.abort()
  })
}

try {
  const { api, organizationId } = await run()
  if (staying) await stay(api, organizationId)
} catch (error) {
  progress.failed()
  if (signal.aborted) console.log('\nInterrupted. Everything that was started is being stopped.')
  else {
    exitCode = 1
    console.error(`\n${(error as Error).message}`)
  }
}
for (const stop of started.reverse()) await stop().catch(() => undefined)
if (exitCode === 0 && !staying) {
  console.log(
    `\nAll of it worked (${progress.total()} s), and everything is stopped. \`npm start\` starts the API again on the same data.`,
  )
}
process.exit(exitCode)

async function run(): Promise<{ api: RunningApi; organizationId: string }> {
  const vault = await progress.step('Looking for a Vault', async () => {
    const note = (line: string) => progress.note(line)
    const opened = await openVault(join(root, '.cache/openbao'), note, signal)
    if (opened) started.push(() => opened.stop())
    return opened
  })
  progress.note(
    vault
      ? `${vault.what} at ${vault.address}`
      : 'No Vault here, so its part is left out. To see it, install python3, or put `bao` or `vault` on PATH, or set VAULT_ADDR and VAULT_TOKEN.',
  )

  const api = await progress.step('Starting the API on its embedded database', async () => {
    const allow = vault ? [new URL(vault.address).host] : []
    const running = await startApi({ root, dataDirectory, allow, signal })
    started.push(() => running.stop())
    return running
  })
  progress.note(`${api.url}, admin token in ${relative(process.cwd(), api.adminTokenFile) || '.'}`)

  await vault?.write('first-password')
  const organizationId = await declareAll(api, vault)
  const admin = connect(api, api.adminToken)
  const { id: runtimeId, token = '' } = await admin.call('CreateApiToken', {
    body: {
      organizationId,
      name: 'quickstart orchestrator',
      role: 'orchestrator',
      expiresAt: new Date(Date.now() + 60 * 60 * 1000).toISOString(),
    },
  })
  started.push(async () => {
    const client = new Client({ url: api.url, token: api.adminToken })
    const inTime = { signal: AbortSignal.timeout(5000) }
    await client.call('RevokeApiToken', { params: { id: runtimeId } }, inTime)
  })
  const orchestrator = connect(api, token)

  const resolve = () =>
    orchestrator.call('ResolveWorkload', { body: { consumer, workloadId: 'quickstart' } })
  const first = await progress.step('An agent starts: the orchestrator resolves its envs', resolve)
  await printEnvs(admin, first.env)

  if (vault) {
    const second = await progress.step(
      'Changing the password in Vault, and starting the agent again',
      async () => {
        await vault.write('second-password, which is longer')
        return await resolve()
      },
    )
    await printEnvs(admin, second.env)
    requireNewVersion(first.env, second.env)
    progress.note('The new version arrived; nothing was applied, and nothing was cached.')
  }
  if (terraform) {
    const plan = terraform
    await progress.step('A second terraform plan', () => plan.requireNoChanges())
    progress.note('No changes.')
  }
  return { api, organizationId }
}

/** A client whose calls end when we are told to. */
function connect({ url }: RunningApi, token: string): Pick<Client, 'call'> {
  const client = new Client({ url, token })
  return { call: (operation, parts) => client.call(operation, parts, { signal }) }
}

/** Makes the objects with Terraform, or without it through the API, and answers the organization's id. */
async function declareAll(api: RunningApi, vault: Vault | null): Promise<string> {
  if (!findTerraform()) {
    progress.note(
      'terraform is not on PATH, so the objects are made through the API. Install it to see that part: https://developer.hashicorp.com/terraform/install',
    )
    return await progress.step('Making an organization, secrets and envs', () =>
      applyThroughApi(connect(api, api.adminToken), vault, consumer),
    )
  }
  const working = new Terraform({
    example: join(root, 'examples/terraform/quickstart'),
    directory: join(dataDirectory, 'quickstart'),
    mirror: join(root, 'dist/terraform-mirror'),
    variables: vault ? { vault_address: vault.address, vault_token: vault.token } : undefined,
    environment: { AGYN_API_URL: api.url, AGYN_API_TOKEN: api.adminToken },
    signal,
  })
  terraform = working
  await progress.step('terraform init', () => working.init())
  const summary = await progress.step('terraform apply', () => working.apply())
  progress.note(summary)
  return working.organizationId()
}

type Envs = readonly { readonly name: string; readonly version?: string | undefined }[]

function requireNewVersion(before: Envs, after: Envs): void {
  const version = (envs: Envs) => envs.find(({ name }) => name === 'DATABASE_PASSWORD')?.version
  if (version(before) !== version(after)) return
  throw new Error('The value was changed in Vault, and the agent still received the old version.')
}

/** Until somebody says that it is enough. */
async function stay(api: RunningApi, organizationId: string): Promise<void> {
  const token = `$(cat ${relative(process.cwd(), api.adminTokenFile)})`
  console.log(`
All of it worked (${progress.total()} s). The API is at ${api.url}; the admin token is in ${api.adminTokenFile}.

Three things to try:
  1. Read the API reference:   ${api.url}/api/docs
  2. List the secrets:         curl -H "Authorization: Bearer ${token}" "${api.url}/api/secrets?organizationId=${organizationId}"
  3. Press Ctrl-C, change ${relative(process.cwd(), join(root, 'examples/terraform/quickstart/main.tf'))}, and run \`npm run quickstart\` again.

Ctrl-C stops everything.`)
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
  if (exitCode === 130) exitCode = 0
}
