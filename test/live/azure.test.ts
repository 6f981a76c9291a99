import { openBackend } from '../../api/backends/azure-kv/azure-kv.ts'
import type { SecretBackend } from '../../api/backends/backend.ts'
import { parseAllowList } from '../../api/backends/outbound/allow-list.ts'
import { Outbound } from '../../api/backends/outbound/outbound.ts'
import { TokenFiles } from '../../api/backends/token-files.ts'
import { SecretValue } from '../../api/keyring/secret-value.ts'
import { type BackendHarness, describeBackend } from '../api/backends/describe-backend.ts'
import { askVault } from './ask-vault.ts'
import { startCloudDoubles } from './servers/cloud-doubles.ts'
import { startTokenAuthority } from './servers/token-authority.ts'

const wholeSecrets = 'a vault deletes and purges whole secrets alone'

describeBackend("a key vault on the vendor's own server code, with a client secret", {
  keeps: { shape: 'bytes', versions: true, softDelete: true, marks: true },
  cannot: {
    'reads a value of 64 KiB': 'a vault keeps 25 KB at most',
    'tells a deleted version from a missing one': wholeSecrets,
    'says so when the current version is deleted': wholeSecrets,
    'says so when a version is destroyed': wholeSecrets,
    'has its credentials renewed when they have expired':
      'the double takes every token that was not made for a wrong client',
    'follows no redirect': 'the double redirects nobody',
    'refuses an answer that is larger than any secret': 'the double answers none',
  },
  start: startHarness,
})

async function startHarness(): Promise<BackendHarness> {
  const authority = await startTokenAuthority()
  const doubles = await startCloudDoubles({ authority: authority.authority })
  const open = ({ clientId = 'right-client', vaultUrl = doubles.keyVault } = {}) => {
    const allow = [vaultUrl, authority.address].flatMap((url) => parseAllowList(new URL(url).host))
    const config = {
      vaultUrl,
      authorityHost: authority.address,
      caCertificate: `${doubles.ca}\n${authority.ca}`,
      tenantId: authority.tenant,
      clientId,
      clientSecret: SecretValue.fromText('of the client'),
    }
    const world = { outbound: new Outbound({ allow }), tokenFiles: new TokenFiles([]) }
    return openBackend(config, world)
  }
  const path = (name: string) => name.replace(/[^0-9A-Za-z-]/g, '-')
  const ask = (method: string, target: string, body?: object) =>
    askVault(doubles, method, target, body)
  const secret = async (name: string) => await ask('GET', `/secrets/${path(name)}`)
  return {
    open: () => open(),
    // The authority gives a token to everybody; the vault does not take this one.
    openWithWrongCredentials: () => open({ clientId: 'wrong-client' }),
    openUnreachable: (): Promise<SecretBackend> => open({ vaultUrl: 'https://127.0.0.1:1' }),
    path,
    forbiddenPath: 'forbidden',
    async put(name, content) {
      const answer = await ask('PUT', `/secrets/${path(name)}`, { value: content.toString() })
      return String(answer?.id).split('/').pop()
    },
    async get(name) {
      const answer = await secret(name)
      return answer?.value === undefined ? null : Buffer.from(answer.value)
    },
    async disableVersion(name, version) {
      await ask('PATCH', `/secrets/${path(name)}/${version}`, { attributes: { enabled: false } })
    },
    markOf: async (name) => (await secret(name))?.tags?.['agyn-secret'],
    throttle: (times) => doubles.fail('azure-kv', 'throttled', { times, retryAfterSeconds: 1 }),
    stall: () => doubles.fail('azure-kv', 'hanging', { times: 1000 }),
    answerHtml: () => doubles.fail('azure-kv', 'garbage', { times: 1000 }),
    heal: () => doubles.heal(),
    async close() {
      await doubles.stop()
      await authority.stop()
    },
  }
}
