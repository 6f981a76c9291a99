import { SecretValue } from '../../../../api/keyring/secret-value.ts'
import { openGcp } from './open-gcp.ts'

// A program of its own, so that a rejection that nobody handles would end it. It says how everything
// that can be asked of a backend went: node use-once.ts address [key file]
const [address, keyFile] = process.argv.slice(2)
const outcomes: Record<string, unknown> = {}

async function note(name: string, call: () => Promise<unknown>): Promise<void> {
  try {
    outcomes[name] = await call()
  } catch (error) {
    outcomes[name] = (error as { code?: string }).code ?? String(error)
  }
}

const signal = AbortSignal.timeout(30_000)
const owner = '01890a5d-ac96-774b-bcce-b302099a8057'
const value = SecretValue.fromText('canary-value-9d2e')
await note('open', async () => {
  const backend = await openGcp(address, keyFile)
  await note('check', async () => (await backend.check({ signal })).can.list)
  const options = { signal, owner, isNew: true, encoding: 'utf8' } as const
  await note('write', () => backend.write('written', value, options))
  await note('read', async () => (await backend.read('written', { signal }))?.version)
  await note('list', async () => (await backend.list({ signal, limit: 10 })).items.length)
  await note('remove', () => backend.remove('written', { signal, owner, forGood: true }))
  await backend.close()
  return 'opened'
})
console.log(JSON.stringify(outcomes))
