import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { ApiProcess } from '../support/api-process.ts'
import { Terraform } from '../support/terraform.ts'
import { required, World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await World.start()
})
afterAll(() => world.close())

const many = (prefix: string, count: number) => `
  resource "agyn_secret" "many" {
    count = ${count}
    name  = "${prefix} \${count.index}"
    value = "value \${count.index}"
  }`

/** Ids of the secrets that the API has, by all pages. */
async function idsOnServer(api: ApiProcess, q: string, token?: string): Promise<unknown[]> {
  const ids: unknown[] = []
  for (let cursor: string | null | undefined; cursor !== null;) {
    const query = { q, limit: 200, ...(cursor === undefined ? {} : { cursor }) }
    const page = await api.client(token).call('ListSecrets', { query })
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  }
  return ids.sort()
}

const idsInState = (terraform: Terraform): unknown[] =>
  terraform
    .states('agyn_secret')
    .map(({ id }) => id)
    .sort()

/** Starts an apply, and calls `then` when it has made a few secrets and is making more. */
async function interrupt(
  terraform: Terraform,
  then: (leader: number) => unknown,
  ...args: readonly string[]
): Promise<string> {
  const apply = terraform.start('apply', '-no-color', '-auto-approve', ...args)
  let output = ''
  let made = 0
  apply.stderr?.on('data', (chunk) => (output += String(chunk)))
  apply.stdout?.on('data', (chunk) => {
    output += String(chunk)
    if (made < 5 && (made = output.split('Creation complete').length - 1) >= 5) {
      then(apply.pid as number)
    }
  })
  await once(apply, 'close')
  return output
}

/** Installed, so that Terraform starts the provider in a process of its own. */
async function installed(configuration: string): Promise<Terraform> {
  const terraform = new Terraform({
    AGYN_API_URL: world.api.url,
    AGYN_API_TOKEN: world.acme.owner,
  }).write(`${required}${configuration}`)
  onTestFinished(() => terraform.remove())
  await terraform.init()
  return terraform
}

/** The processes that another one has started. */
const childrenOf = (parent: number): number[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([pid = 0, ppid]) => (ppid === parent ? [pid] : []))

describe('a hundred secrets', () => {
  it('are made, read and destroyed side by side', async () => {
    const terraform = world.terraform()
    const { output } = await terraform.applied(many('side by side', 100))
    expect(output).toContain('100 added')
    expect(await idsOnServer(world.api, 'side by side')).toEqual(idsInState(terraform))
    expect((await terraform.destroy()).output).toContain('100 destroyed')
    expect(await idsOnServer(world.api, 'side by side')).toEqual([])
  })

  it('survive an API that is killed on the way: the next apply finishes, and nothing is left over', async () => {
    const terraform = world.terraform().write(many('killed', 100))
    let killed: Promise<void> | undefined
    const output = await interrupt(terraform, () => (killed = world.api.kill('SIGKILL')))
    await killed
    expect(output).toContain('The agyn-secrets API cannot be reached.')
    await world.api.start()
    terraform.set({ TF_VAR_api_url: world.api.url })
    // Whatever the API has, the state knows: an object whose fate was unknown included.
    const known = idsInState(terraform)
    for (const id of await idsOnServer(world.api, 'killed')) expect(known).toContain(id)
    await terraform.applied()
    expect(idsInState(terraform)).toHaveLength(100)
    expect(await idsOnServer(world.api, 'killed')).toEqual(idsInState(terraform))
  })

  it('survive Ctrl-C: the next apply finishes, and nothing is left over', async () => {
    const terraform = await installed(many('interrupted', 100))
    // A terminal signals the whole process group, the provider included.
    const output = await interrupt(terraform, (leader) => process.kill(-leader, 'SIGINT'))
    expect(output).toContain('Interrupt received')
    const known = idsInState(terraform)
    for (const id of await idsOnServer(world.api, 'interrupted')) expect(known).toContain(id)
    await terraform.applied()
    expect(await idsOnServer(world.api, 'interrupted')).toEqual(idsInState(terraform))
  })

  it.each([10, 50])(
    'survive a provider that is killed with %d under way: what Terraform never heard of is named by its id, and imported',
    async (parallelism) => {
      const name = `orphaned ${parallelism}`
      const terraform = await installed(many(name, 100))
      const kill = (leader: number) => {
        for (const pid of childrenOf(leader)) process.kill(pid, 'SIGKILL')
      }
      const output = await interrupt(terraform, kill, `-parallelism=${parallelism}`)
      expect(output).toMatch(/[Pp]lugin/)

      // Never adopted: each is named, with its id, and everything else is made.
      const next = await terraform.apply()
      const known = new Set(idsInState(terraform))
      const orphans = (await idsOnServer(world.api, name)).filter((id) => !known.has(id))
      expect(orphans.length).toBeLessThanOrEqual(parallelism)
      const named = [...next.raw.matchAll(/terraform import agyn_secret\.NAME '([^']+)'/g)]
      expect(named.map(([, id]) => id).sort()).toEqual(orphans)
      expect(next.output.split('already exists.')).toHaveLength(orphans.length + 1)
      expect(idsInState(terraform)).toHaveLength(100 - orphans.length)

      const client = world.api.client()
      const imports = orphans.map(async (id) => {
        const found = await client.call('GetSecret', { params: { id: String(id) } })
        const index = found.name.slice(name.length)
        return `import {\n to = agyn_secret.many[${index}]\n id = "${found.id}"\n}`
      })
      terraform.write((await Promise.all(imports)).join('\n'), 'import.tf')
      await terraform.applied()
      expect(idsInState(terraform)).toHaveLength(100)
      expect(await idsOnServer(world.api, name)).toEqual(idsInState(terraform))
    },
  )
})

describe('a rate limit', () => {
  it('is obeyed, and the apply takes longer', async () => {
    // Two requests a second are slower than any machine that applies.
    const limited = await ApiProcess.start({ AGYN_RATE_LIMIT: '120' })
    onTestFinished(() => limited.remove())
    const acme = await limited.organization('acme')
    const terraform = world.terraform(acme.owner).set({ TF_VAR_api_url: limited.url })
    const headers = { authorization: `Bearer ${acme.owner}` }
    for (let status = 200; status === 200;) {
      status = (await fetch(`${limited.url}/api/whoami`, { headers })).status
    }
    expect((await terraform.write(many('limited', 14)).apply()).output).toContain('14 added')
    expect(await idsOnServer(limited, 'limited')).toEqual(idsInState(terraform))
    await expect.poll(() => limited.output).toMatch(/"CreateSecret".*"status":429/)
  })
})
