import type { RequestListener } from 'node:http'
import { afterAll, beforeAll, vi } from 'vitest'
import type { VaultConfig } from '../../../../api/backends/vault/vault-config.ts'
import { type BackendHarness, describeBackend } from '../describe-backend.ts'
import { send, startVault } from './fake-vault.ts'
import { logInWays } from './log-in-ways.ts'
import { openVaultAs } from './open-vault.ts'

type AuthMethod = keyof typeof logInWays

beforeAll(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY')
})
afterAll(() => vi.unstubAllEnvs())

const common = { shape: 'object', softDelete: true, versions: true, marks: true } as const
const keeps = {
  1: { ...common, folders: true, softDelete: false, versions: false, marks: false },
  2: { ...common, folders: true, separateMarks: true },
}

const wholeVersions = 'version 1 keeps one version and cannot delete it softly'
const notOnVersion1 = {
  'tells a deleted version from a missing one': wholeVersions,
  'says so when the current version is deleted': wholeVersions,
  'says so when a version is destroyed': wholeVersions,
  'lets one of many that write the same new secret succeed': 'version 1 has no compare-and-set',
}
const notInVault = { 'says so when a version is disabled': 'Vault disables no versions' }
const notWithToken = {
  'has its credentials renewed when they have expired': 'a token that was given is all there is',
}

for (const method of Object.keys(logInWays) as AuthMethod[]) {
  for (const kvVersion of [1, 2] as const) {
    describeBackend(`a fake Vault, key-value version ${kvVersion}, logged in by ${method}`, {
      keeps: keeps[kvVersion],
      cannot: {
        ...notInVault,
        ...(kvVersion === 1 && notOnVersion1),
        ...(method === 'token' && notWithToken),
      },
      start: () => startHarness(kvVersion, kvVersion === 1 ? 'team/old' : 'secret', method),
    })
  }
}

async function startHarness(
  kvVersion: 1 | 2,
  mount: string,
  method: AuthMethod,
): Promise<BackendHarness> {
  const data = kvVersion === 2 ? `${mount}/data` : mount
  const { right, wrong, logins, tokenPaths, close } = await logInWays[method]()
  const forbidden = [`${data}/forbidden`]
  const vault = await startVault({ mounts: { [mount]: kvVersion }, forbidden, logins })
  const open = (address: string, settings: typeof right | typeof wrong) =>
    openVaultAs({ address, ...settings } as VaultConfig, { tokenPaths })
  const fault = (listener: RequestListener) => {
    vault.answer('', listener)
    return Promise.resolve()
  }
  const change = (state: 'deleted' | 'destroyed') => (name: string, version: string) => {
    vault.change(`${data}/${name}`, Number(version), state)
    return Promise.resolve()
  }
  return {
    open: () => open(vault.address, right),
    openWithWrongCredentials: () => open(vault.address, wrong),
    // Port 1 (tcpmux) is one that nothing listens at.
    openUnreachable: () => open('http://127.0.0.1:1', right),
    path: (name) => `${mount}/${name}`,
    forbiddenPath: `${mount}/forbidden`,
    put(name, content) {
      const version = vault.put(`${data}/${name}`, String(content))
      return Promise.resolve(kvVersion === 2 ? String(version) : undefined)
    },
    get(name) {
      const json = vault.get(`${data}/${name}`)
      return Promise.resolve(json === null ? null : Buffer.from(json))
    },
    ...(kvVersion === 2 && {
      deleteVersion: change('deleted'),
      destroyVersion: change('destroyed'),
      openWithoutMarks() {
        vault.answer(`${mount}/metadata`, (_, response) => send(response, 403, '{"errors":[]}'))
        return open(vault.address, right)
      },
      markOf: (name) => Promise.resolve(vault.customMetadata(`${data}/${name}`)?.['secret']),
    }),
    ...(method !== 'token' && {
      expireCredentials: () => Promise.resolve(vault.tokens.revokeAll()),
    }),
    throttle(times) {
      let left = times
      return fault((request, response) => {
        if ((left -= 1) === 0) vault.heal()
        request.resume()
        send(response, 429, '{"errors":["request path: rate limit quota exceeded"]}')
      })
    },
    stall: () => fault(() => undefined),
    redirect: (to) =>
      fault((request, response) =>
        response.writeHead(307, { location: `${to}${request.url ?? ''}` }).end(),
      ),
    answerHuge: () => fault((_, response) => response.end(Buffer.alloc(2 ** 20 + 1))),
    answerHtml: () => fault((_, response) => response.end('<html><body>Sign in</body></html>')),
    heal: () => Promise.resolve(vault.heal()),
    async close() {
      await close()
      await vault.close()
    },
  }
}
