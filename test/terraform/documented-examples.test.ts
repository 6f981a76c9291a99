import { randomBytes } from 'node:crypto'
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { DebugSession } from '../../cdktf-provider/plugin/index.ts'
import { agyn } from '../../cdktf-provider/provider/provider.ts'
import { rightToken, startVault, type FakeVault } from '../api/backends/vault/fake-vault.ts'
import { ApiProcess, type ApiOrganization } from '../support/api-process.ts'
import { Terraform } from '../support/terraform.ts'
import { attach } from './world.ts'

const examples = join(import.meta.dirname, '../../examples/terraform')

let api: ApiProcess
let vault: FakeVault
let session: DebugSession
beforeAll(async () => {
  api = await ApiProcess.start()
  vault = await startVault({ mounts: { kv: 2 } })
  vault.put('kv/data/prod/database', '{"username":"billing","password":"pw"}')
  session = await attach()
  // The provider is in this process, and reads its environment.
  vi.stubEnv('AGYN_API_URL', api.url)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  session.close()
  await api.remove()
  await vault.close()
})

let terraform: Terraform
let acme: ApiOrganization | undefined
afterEach(async () => {
  terraform.remove()
  if (acme === undefined) return
  // Every example may call its organization "acme".
  const call = { params: { id: acme.id }, body: { name: acme.id } }
  await api.client().call('UpdateOrganization', call)
  acme = undefined
})

/** Puts an example in place, with a value for each variable that has none. */
function use(file: string, environment: NodeJS.ProcessEnv): void {
  terraform = new Terraform(environment)
  cpSync(join(examples, 'provider/provider.tf'), terraform.path('provider.tf'))
  const text = readFileSync(join(examples, file), 'utf8')
  terraform.write(text)
  for (const [, name = ''] of text.matchAll(/^variable "(\w+)"/gm)) {
    terraform.set({ [`TF_VAR_${name}`]: variables[name]?.() ?? 'a-value' })
  }
}

/** What not every text can be given for. */
const variables: Readonly<Record<string, () => string | undefined>> = {
  aws_access_key: () => '{ id = "AKIAEXAMPLE", secret = "a secret" }',
  google_key_file: () =>
    JSON.stringify({
      type: 'service_account',
      client_email: 'agents@acme-prod.iam.gserviceaccount.com',
      private_key: '-----BEGIN PRIVATE KEY-----\nMC4=\n-----END PRIVATE KEY-----\n',
    }),
  random: () => randomBytes(96).toString('base64').replace(/[+/]/g, '').slice(0, 43),
  runtime_token: () => acme?.orchestrator,
  token_version: () => '1',
}

const namesIn = (folder: string): string[] => readdirSync(join(examples, folder)).sort()

describe('the example of', () => {
  it.each(namesIn('resources'))('%s applies and imports as it says', async (type) => {
    const folder = `resources/${type}`
    const takesAdmin = type === 'agyn_organization'
    acme = takesAdmin ? undefined : await api.organization('acme')
    vi.stubEnv('AGYN_API_TOKEN', acme?.owner ?? api.adminToken)
    use(`${folder}/resource.tf`, session.environment)
    await terraform.applied()

    const commands = readFileSync(join(examples, folder, 'import.sh'), 'utf8')
    const imports = [...commands.matchAll(/^terraform import (\S+) (\S+)$/gm)]
    expect(imports.length).toBeGreaterThan(0)
    for (const [, address = '', typed = ''] of imports) {
      if (!terraform.state(address)) continue
      const id = await forget(address, typed)
      expect(await terraform.import(address, id)).toMatchObject({ code: 0 })
      await expectOnlyUpdates()
      await terraform.applied()
    }

    const block = readFileSync(join(examples, folder, 'import-by-string-id.tf'), 'utf8')
    const [, address = ''] = /to = (\S+)/.exec(block) ?? []
    const [, typed = ''] = /id = "(.*)"/.exec(block) ?? []
    const id = terraform.state(address) ? await forget(address, typed) : await madeElsewhere()
    terraform.write(block.replace(typed, id), 'import.tf')
    await expectOnlyUpdates()
    await terraform.applied()
    expect(await terraform.destroy()).toMatchObject({ code: 0 })
  })

  /** A token that Terraform made is known to it already, so one is imported that it did not make. */
  async function madeElsewhere(): Promise<string> {
    const body = { name: 'dashboard', role: 'member' } as const
    return (await api.client(acme?.owner).call('CreateApiToken', { body })).id
  }

  /** Takes an object out of the state, and answers the id to type for it: its own where one is shown. */
  async function forget(address: string, typed: string): Promise<string> {
    const own = String(terraform.state(address)?.['id'])
    expect(await terraform.run('state', 'rm', address)).toMatchObject({ code: 0 })
    return typed.replace(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, own)
  }

  /** After an import, what Terraform does not know yet may be sent, and nothing made anew. */
  async function expectOnlyUpdates(): Promise<void> {
    const changes = Object.entries(await terraform.planned())
    const others = changes.filter(([, { actions }]) => !/^(update|no-op)$/.test(actions.join()))
    expect(others).toEqual([])
  }

  const read = ['data-sources', 'ephemeral-resources', 'functions'].flatMap((folder) =>
    namesIn(folder).map((name) => [folder, name] as const),
  )
  it.each(read)('%s/%s applies', async (folder, name) => {
    acme = await api.organization('acme')
    await furnish(acme)
    vi.stubEnv('AGYN_API_TOKEN', acme.owner)
    // An attached provider is one process, which cannot have two configurations.
    const installed = folder === 'ephemeral-resources'
    const ofProcess = { AGYN_API_URL: api.url, AGYN_API_TOKEN: acme.owner }
    use(
      `${folder}/${name}/${folder.replace(/s$/, '')}.tf`,
      installed ? ofProcess : session.environment,
    )
    if (installed) expect(await terraform.init()).toMatchObject({ code: 0 })
    await terraform.applied()
  })

  /** What the examples look up. */
  async function furnish({ owner }: ApiOrganization): Promise<void> {
    const client = api.client(owner)
    const { id: scopeId } = await client.call('CreateScope', {
      body: { kind: 'team', name: 'payments' },
    })
    const config = { address: vault.address, token: rightToken }
    const { id: providerId } = await client.call('CreateSecretProvider', {
      body: { name: 'vault-prod', type: 'vault', config },
    })
    const { id: secretId } = await client.call('CreateSecret', {
      body: { name: 'stripe-api-key', value: 'sk_1', category: 'integration_credential' },
    })
    await client.call('CreateSecret', {
      body: {
        scopeId,
        name: 'database-password',
        providerId,
        remotePath: 'kv/data/prod/database',
        remoteKey: 'password',
      },
    })
    const consumer = { kind: 'agent', id: 'billing' } as const
    await client.call('CreateEnv', { body: { consumer, name: 'STRIPE_API_KEY', secretId } })
  }
})

describe('every part of the provider', () => {
  const { resources, dataSources, ephemeralResources = [], functions = [] } = agyn
  const documented: [folder: string, names: readonly string[]][] = [
    ['resources', resources.map(({ type }) => type)],
    ['data-sources', dataSources.map(({ type }) => type)],
    ['ephemeral-resources', ephemeralResources.map(({ type }) => type)],
    ['functions', functions.map(({ name }) => name)],
  ]
  it.each(documented)('has an example: %s', (folder, names) => {
    expect(namesIn(folder)).toEqual([...names].sort())
    const file = `${folder.replace(/s$/, '')}.tf`
    for (const name of names) expect(existsSync(join(examples, folder, name, file))).toBe(true)
  })
})
