import { describeBackend } from '../describe-backend.ts'
import type { BackendHarness } from '../backend-harness.ts'
import { startAzure } from './fake-azure.ts'
import { openAzure } from './open-azure.ts'

describeBackend('a fake Azure Key Vault', {
  keeps: { shape: 'bytes', versions: true, softDelete: true, marks: true },
  cannot: {
    'reads a value of 64 KiB': 'a vault keeps 25 KB at most',
    'tells a deleted version from a missing one': 'a vault deletes whole secrets alone',
    'says so when the current version is deleted': 'a vault deletes whole secrets alone',
    'says so when a version is destroyed': 'a vault purges whole secrets alone',
  },
  start: startHarness,
})

async function startHarness(): Promise<BackendHarness> {
  const azure = await startAzure()
  const { store } = azure
  const path = (name: string) => name.replace(/[^0-9A-Za-z-]/g, '-')
  const nobody = { ...azure.vault, address: 'https://127.0.0.1:1' }
  return {
    open: () => openAzure(azure),
    openWithWrongCredentials: () => openAzure(azure, { secret: 'wrong' }),
    openUnreachable: () => openAzure({ ...azure, vault: nobody }),
    path,
    forbiddenPath: 'forbidden',
    put: (name, content) =>
      Promise.resolve(store.put(path(name), { value: content.toString() }).id),
    get(name) {
      const version = store.latest(path(name))
      return Promise.resolve(version ? Buffer.from(version.value) : null)
    },
    disableVersion(name, id) {
      const versions = store.living.get(path(name))?.versions ?? []
      for (const version of versions) if (version.id === id) version.attributes.enabled = false
      return Promise.resolve()
    },
    markOf: (name) => Promise.resolve(store.latest(path(name))?.tags?.['agyn-secret']),
    expireCredentials: () => Promise.resolve(azure.revokeTokens()),
    throttle(times) {
      let left = times
      return fault((_, response) => {
        left -= 1
        if (left <= 0) azure.answer = undefined
        response.writeHead(429, { 'retry-after': '1' }).end()
      })
    },
    stall: () => fault(() => undefined),
    redirect: (to) => fault((_, response) => response.writeHead(302, { location: to }).end()),
    answerHuge: () => fault((_, response) => response.end(Buffer.alloc(2 ** 20 + 1, 'x'))),
    answerHtml: () =>
      fault((_, response) =>
        response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>'),
      ),
    heal: () => Promise.resolve(void (azure.answer = undefined)),
    close: () => azure.close(),
  }

  function fault(listener: NonNullable<typeof azure.answer>): Promise<void> {
    azure.answer = listener
    return Promise.resolve()
  }
}
