import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import { type BackendHarness, describeBackend } from '../describe-backend.ts'
import { type FakeGoogle, send, startGoogle, subjectToken } from './fake-google.ts'
import { refusal, states } from './fake-secret-manager.ts'
import { federation, impersonation, openGcp, serviceAccountKey, subjectUrl } from './open-gcp.ts'

const keeps = {
  shape: 'bytes',
  versions: true,
  softDelete: true,
  marks: true,
  binary: true,
} as const
const cannot = {
  'tells a deleted version from a missing one': 'a version is disabled or destroyed, not deleted',
  'says so when the current version is deleted': 'a version is disabled or destroyed, not deleted',
}

describeBackend('a fake Secret Manager, with a service account', {
  ...{ keeps, cannot },
  start: () => startHarness(({ address }) => serviceAccountKey(address)),
})
describeBackend('a fake Secret Manager, with a federated identity from a URL', {
  ...{ keeps, cannot },
  start: () => startHarness(({ address }) => federation(address, subjectUrl(address))),
})
describeBackend('a fake Secret Manager, with a federated identity from a file, impersonating', {
  ...{ keeps, cannot },
  start: () =>
    startHarness(({ address }, file) => ({
      ...federation(address, { file }),
      ...impersonation(address),
    })),
})

describeBackend("a fake Secret Manager, with the server's own identity", {
  ...{ keeps, cannot },
  start: () =>
    startHarness(({ address }) => federation(address, subjectUrl(address)), { own: true }),
})

/** A store that is logged in to with this key file; where it is the server's `own`, by its environment. */
async function startHarness(
  keyFileOf: (google: FakeGoogle, tokenFile: string) => object,
  { own = false } = {},
): Promise<BackendHarness> {
  const google = await startGoogle()
  const folder = await mkdtemp(join(tmpdir(), 'gcp-sm-'))
  const tokenFile = join(folder, 'token')
  await writeFile(tokenFile, `${subjectToken}\n`)
  const keyFile = keyFileOf(google, tokenFile)
  const wrongKeyFile = { ...keyFile, ...wrongIn(keyFile) }
  const environment = join(folder, 'environment.json')
  if (own) {
    await writeFile(environment, JSON.stringify(keyFile))
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', environment)
  }
  const open = (address = google.address, file = keyFile) =>
    openGcp(address, own ? undefined : file, { tokenPaths: [tokenFile] })

  const { manager } = google
  const pathOf = (name: string) => name.replace(/[^\w-]/g, '_')
  const change = (state: number) => (name: string, version: string) => {
    const found = manager.secrets.get(pathOf(name))?.versions[Number(version) - 1]
    if (found) found.state = state
    return Promise.resolve()
  }
  const interrupt = (listener: Parameters<FakeGoogle['interrupt']>[0]) => {
    google.interrupt(listener)
    return Promise.resolve()
  }
  return {
    open,
    async openWithWrongCredentials() {
      const backend = await open(google.address, wrongKeyFile)
      if (!own) return backend
      await writeFile(environment, JSON.stringify(wrongKeyFile))
      const close = backend.close.bind(backend)
      const closeAndRight = async () => {
        await writeFile(environment, JSON.stringify(keyFile))
        await close()
      }
      return Object.assign(backend, { close: closeAndRight })
    },
    openUnreachable: () => open('http://127.0.0.1:1'),
    path: pathOf,
    forbiddenPath: 'forbidden-secret',
    put: (name, content) =>
      Promise.resolve(String(manager.put(pathOf(name), Buffer.from(content)))),
    get(name) {
      const latest = manager.secrets.get(pathOf(name))?.versions.at(-1)
      return Promise.resolve(latest?.state === states.enabled ? latest.data : null)
    },
    disableVersion: change(states.disabled),
    destroyVersion: change(states.destroyed),
    markOf: (name) => Promise.resolve(manager.secrets.get(pathOf(name))?.labels['agyn-secret']),
    expireCredentials() {
      google.expireTokens()
      return Promise.resolve()
    },
    throttle(times) {
      let left = times
      return interrupt((request, response) => {
        left -= 1
        if (left === 0) google.interrupt(undefined)
        request.resume()
        send(response, refusal(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded.'))
      })
    },
    stall: () => interrupt((request) => void request.resume()),
    redirect: (to) =>
      interrupt((_, response) => void response.writeHead(307, { location: to }).end()),
    answerHuge: () => interrupt((_, response) => void response.end('x'.repeat(2 ** 21))),
    answerHtml: () => interrupt((_, response) => void response.end('<html>Welcome</html>')),
    heal: () => interrupt(undefined),
    async close() {
      vi.unstubAllEnvs()
      await google.close()
      await rm(folder, { recursive: true })
    },
  }
}

/** Somebody whom Google does not know. */
const wrongIn = (keyFile: object): object =>
  'audience' in keyFile ? { audience: '//iam.googleapis.com/another' } : { client_email: 'nobody' }
