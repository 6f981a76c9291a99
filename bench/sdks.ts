import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { providerTypeNames, type ProviderType } from '../contract/schemas/provider-types/index.ts'
import { median, type Bench, type Figure } from './harness/figure.ts'
import { openStoreWorld, type StoreWorld } from './harness/store-world.ts'

const { optionalDependencies } = createRequire(import.meta.url)('../package.json') as {
  optionalDependencies: Readonly<Record<string, string>>
}

/** Fresh processes. The figures are medians. */
const imports = 5
const starts = 3

/** What the stores' packages cost: the time that each takes to load, and what the API then needs of memory. */
export const sdks: Bench = async (workspace) => [
  ...(await importTimes()),
  ...(await memories(await openStoreWorld(workspace))),
]

async function importTimes(): Promise<Figure[]> {
  const packages = Object.keys(optionalDependencies)
  const times = new Map(packages.map((name) => [name, [] as number[]]))
  for (let round = 0; round < imports; round++) {
    for (const name of packages) times.get(name)?.push(await importOnce(name))
  }
  return packages.map((name): Figure => ({
    what: `import of ${name}`,
    value: median(times.get(name) ?? []),
    unit: 'ms',
  }))
}

/** Milliseconds, without those that Node.js itself takes to start. */
async function importOnce(name: string): Promise<number> {
  const program = `const began = performance.now()
    await import(${JSON.stringify(name)})
    console.log(performance.now() - began)
    process.exit()`
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', program],
    { cwd: import.meta.dirname },
  )
  return Number(stdout)
}

/** Of the API, started anew, after it has tested providers of these types. */
async function memories(world: StoreWorld): Promise<Figure[]> {
  const cases = [
    { what: 'no store', types: [] },
    ...providerTypeNames.map((type) => ({ what: type, types: [type] })),
    { what: 'all four stores', types: providerTypeNames },
  ].map((each) => ({ ...each, megabytes: [] as number[] }))
  for (let round = 0; round < starts; round++) {
    for (const { types, megabytes } of cases) megabytes.push(await memoryAfter(world, types))
  }
  return cases.map(({ what, megabytes }): Figure => ({
    what: `memory of the API with ${what} in use`,
    value: median(megabytes),
    unit: 'MB',
  }))
}

async function memoryAfter(
  { api, providers }: StoreWorld,
  types: readonly ProviderType[],
): Promise<number> {
  await api.stop()
  await api.start()
  const admin = api.client()
  await admin.call('ListSecretProviders', {})
  for (const type of types) {
    const { ok } = await admin.call('TestSecretProvider', { params: { id: providers[type] } })
    if (!ok) throw new Error(`The stand-in of ${type} was not reached.`)
  }
  return api.memory()
}
