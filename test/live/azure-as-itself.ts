// A server of its own for each of its identities: the SDK remembers the first it has found, and trusts no
// further certificates than those that Node knows of when it starts.
import { openBackend } from '../../api/backends/azure-kv/azure-kv.ts'
import { parseAllowList } from '../../api/backends/outbound/allow-list.ts'
import { Outbound } from '../../api/backends/outbound/outbound.ts'
import { TokenFiles } from '../../api/backends/token-files.ts'

const [vaultUrl = '', caCertificate = '', authorityHost] = process.argv.slice(2)
const outbound = new Outbound({ allow: parseAllowList(new URL(vaultUrl).host) })
const backend = await openBackend(
  { vaultUrl, caCertificate, authorityHost },
  { outbound, tokenFiles: new TokenFiles([]) },
)
const options = { signal: AbortSignal.timeout(30_000) }
const { identity } = await backend.check(options)
const stored = await backend.read('app', options)
console.log(JSON.stringify({ identity, value: stored?.value.reveal().toString() }))
await backend.close()
