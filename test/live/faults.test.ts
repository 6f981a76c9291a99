import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { ProviderType } from '../../api/backends/registry.ts'
import { providerTypeNames } from '../../contract/schemas/provider-types/index.ts'
import { faults, IN_TIME_MS, mend, UNTIL_WELL, VALUE_BYTES, type Fault } from './faults-networks.ts'
import {
  startFaultsWorld,
  timed,
  type FaultsWorld,
  type ProxiedProvider,
  type TimedAnswer,
} from './faults-world.ts'

let world: FaultsWorld
/** One of each store, whose networks stay as they are. */
let sound: readonly StoredElsewhere[]
beforeAll(async () => {
  world = await startFaultsWorld()
  sound = await Promise.all(providerTypeNames.map((type) => store(type, `sound ${type}`)))
})
afterAll(() => world.close())

const cases = Object.entries(faults).flatMap(([name, fault]) =>
  providerTypeNames.map((type) => [name, type, fault] as const),
)

it.concurrent.for(cases)(
  'a network that %s costs those alone who need the %s behind it',
  async ([name, type, fault]) => {
    const others = sound.filter((secret) => secret.type !== type)
    const struck = await store(type, `${type} behind a network that ${name}`)
    const { id, proxy } = struck.provider
    const alone = await agent(`alone ${id}`, [struck])
    const mixed = await agent(`mixed ${id}`, [...others, struck])
    const unaffected = await agent(`unaffected ${id}`, others)
    expectResolved(await mixed(), [...others, struck])

    await fault.strike(proxy)
    const [ofAlone, ofMixed, ofUnaffected, ofTest] = await Promise.all([
      alone(),
      mixed(),
      unaffected(),
      timed(() => world.owner.post(`/api/secret-providers/${id}/test`)),
    ])
    expectFailed(ofAlone, struck, fault)
    expectFailed(ofMixed, struck, fault)
    expectResolved(ofUnaffected, others)
    expectTested(ofTest, fault)

    await mend(proxy)
    await vi.waitFor(async () => expectResolved(await mixed(), [...others, struck]), UNTIL_WELL)
  },
)

const authorityCases = cases.filter(
  ([, type, fault]) => (type === 'azure-kv' || type === 'gcp-sm') && !fault.sparesShortAnswers,
)

it.concurrent.for(authorityCases)(
  'a network that %s keeps nobody waiting who needs a login to the %s behind it',
  async ([name, type, fault]) => {
    const struck = await store(type, `${type} with an authority behind a network that ${name}`)
    const { authorityProxy } = struck.provider
    if (!authorityProxy) throw new Error('A store that gives its tokens itself.')
    const alone = await agent(`login ${struck.provider.id}`, [struck])

    await fault.strike(authorityProxy)
    expectFailed(await alone(), struck, fault)

    await mend(authorityProxy)
    await vi.waitFor(async () => expectResolved(await alone(), [struck]), UNTIL_WELL)
  },
)

it('would notice a value that is told', async () => {
  const resolve = await agent('control', sound)
  const { text } = await resolve()
  expect(() => world.expectNothingTold(text)).toThrow()
})

/** A value that somebody else has put into a store, and a secret of ours that refers to it. */
interface StoredElsewhere {
  readonly id: string
  readonly name: string
  readonly type: ProviderType
  readonly path: string
  readonly value: string
  readonly provider: ProxiedProvider
}

async function store(type: ProviderType, providerName: string): Promise<StoredElsewhere> {
  const provider = await world.provider(type, providerName)
  const path = provider.store.path(`of-${provider.id}`)
  const canary = world.canary()
  const value = canary.repeat(VALUE_BYTES / canary.length)
  await provider.store.put(path, value)
  const name = `in ${providerName}`
  const body = { name, providerId: provider.id, remotePath: path }
  const { id } = (await world.owner.post('/api/secrets', body).expect(201)).body
  return { id, name, type, path, value, provider }
}

/** Answers how the agent asks for what he is given. */
async function agent(
  id: string,
  secrets: readonly StoredElsewhere[],
): Promise<() => Promise<TimedAnswer>> {
  const consumer = { kind: 'agent', id }
  for (const { id: secretId, type } of secrets) {
    await world.owner.post('/api/envs', { consumer, name: envOf(type), secretId }).expect(201)
  }
  return () => timed(() => world.orchestrator.post('/api/resolve/workload', { consumer }))
}

const envOf = (type: ProviderType): string => type.toUpperCase().replace('-', '_')

function expectResolved({ status, body }: TimedAnswer, secrets: readonly StoredElsewhere[]): void {
  const values = secrets.map(({ type, value }) => ({ name: envOf(type), value }))
  expect({ status, body }).toMatchObject({ status: 200, body: { env: sorted(values) } })
}

/** As the API answers them. */
const sorted = <T extends { readonly name: string }>(envs: readonly T[]): T[] =>
  envs.toSorted((a, b) => (a.name < b.name ? -1 : 1))

/** In time, by name, and without a word that is secret. */
function expectFailed(answer: TimedAnswer, struck: StoredElsewhere, { code }: Fault): void {
  const { status, headers, body, ms } = answer
  const { id, name, type, path, provider } = struck
  expect(body).toMatchObject({ code: 'provider_unavailable' })
  expect(body.errors).toEqual([
    {
      env: envOf(type),
      secretId: id,
      secretName: name,
      providerId: provider.id,
      providerName: provider.name,
      path,
      code,
      detail: expect.stringMatching(/\.$/),
    },
  ])
  expect(status).toBe(503)
  expect(Number(headers['retry-after'])).toBeGreaterThan(0)
  expect(ms).toBeLessThan(IN_TIME_MS)
  world.expectNothingTold(answer.text)
}

function expectTested(answer: TimedAnswer, { code, sparesShortAnswers }: Fault): void {
  const said = { detail: expect.any(String), hint: expect.any(String) }
  const failed = { ok: false, code, ...said }
  expect(answer.body).toMatchObject(sparesShortAnswers ? { ok: true } : failed)
  expect(answer.ms).toBeLessThan(IN_TIME_MS)
  world.expectNothingTold(answer.text)
}
