import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SecretBackend } from '../../api/backends/backend.ts'
import { openBackend } from '../../api/backends/gcp-sm/gcp-sm.ts'
import { parseAllowList } from '../../api/backends/outbound/allow-list.ts'
import { Outbound } from '../../api/backends/outbound/outbound.ts'
import { TokenFiles } from '../../api/backends/token-files.ts'
import { SecretValue } from '../../api/keyring/secret-value.ts'
import { type BackendHarness, codeOf, describeBackend } from '../api/backends/describe-backend.ts'
import { startServer } from '../api/backends/fake-server.ts'
import { askSecretManager, type SecretManagerServer } from './ask-secret-manager.ts'
import { type CloudDoubles, startCloudDoubles } from './servers/cloud-doubles.ts'
import { startDrongo } from './servers/drongo.ts'
import { startTokenAuthority, type TokenAuthority } from './servers/token-authority.ts'

const keeps = {
  shape: 'bytes',
  versions: true,
  softDelete: true,
  marks: true,
  binary: true,
} as const
const noDeletion = 'a version is disabled or destroyed, not deleted'

describeBackend("Secret Manager on the vendor's own server code, with a service account", {
  keeps,
  cannot: {
    'tells a deleted version from a missing one': noDeletion,
    'says so when the current version is deleted': noDeletion,
    'has its credentials renewed when they have expired':
      'the double takes every token that was not made to be wrong',
    'follows no redirect': 'the double redirects nobody',
    'refuses an answer that is larger than any secret': 'the double answers none',
  },
  async start() {
    const world = await startWorld()
    const { doubles } = world
    const disturb = (kind: 'hanging' | 'garbage') => doubles.fail('gcp-sm', kind, { times: 1000 })
    return {
      ...harnessOf({ address: doubles.secretManagerPlain }),
      open: () => world.open(doubles.secretManager),
      openWithWrongCredentials: () => world.openWrong(doubles.secretManager),
      openUnreachable: () => world.open('https://127.0.0.1:1'),
      ...changesOf({ address: doubles.secretManagerPlain }),
      throttle: (times) => doubles.fail('gcp-sm', 'throttled', { times }),
      stall: () => disturb('hanging'),
      answerHtml: () => disturb('garbage'),
      heal: () => doubles.heal(),
      close: () => world.close(),
    }
  },
})

const noIdentity = 'drongo asks nobody who he is'
const noFaults = 'drongo answers as ever, whatever one would like'
const noAnnotations = 'drongo keeps no annotations, so it is forgotten which versions were disabled'
const skipsDisabled =
  "drongo's latest passes over what is disabled or destroyed, where Google's says so"

describeBackend('drongo', {
  keeps,
  cannot: {
    'tells a deleted version from a missing one': noDeletion,
    'says so when the current version is deleted': noDeletion,
    'says so when a version is destroyed': skipsDisabled,
    'says so when a version is disabled': skipsDisabled,
    'restores what it removed, as often as it is asked to': noAnnotations,
    'leaves no version readable that it removed, and restores them all': noAnnotations,
    'loses nothing before it is for good': noAnnotations,
    'does not write a new secret over one that it removed': noAnnotations,
    'lists what is there, page by page, in a stable order': 'drongo lists all on one page',
    'is forbidden what its credentials may not do': noIdentity,
    'is forbidden everything with wrong credentials': noIdentity,
    'has its credentials renewed when they have expired': noIdentity,
    'asks again when it is throttled, for reading and for writing': noFaults,
    'says so when it is throttled for longer': noFaults,
    'gives up a slow store at the deadline': noFaults,
    'follows no redirect': noFaults,
    'refuses an answer that is larger than any secret': noFaults,
    'takes no page for an answer, nor for a success': noFaults,
  },
  async start() {
    const world = await startWorld()
    const drongo = await startDrongo()
    return {
      ...harnessOf(drongo),
      open: () => world.open(drongo.address),
      openWithWrongCredentials: () => world.openWrong(drongo.address),
      openUnreachable: () => world.open('http://127.0.0.1:1'),
      async close() {
        await drongo.stop()
        await world.close()
      },
    }
  },
})

describe('Secret Manager', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world.close())

  it('sends a value that does not fit its checksum, which is refused', async () => {
    const { doubles } = world
    const harness = harnessOf({ address: doubles.secretManagerPlain })
    await harness.put('harmed', 'value')
    await doubles.fail('gcp-sm', 'corrupt')
    const backend = await world.open(doubles.secretManager)
    const signal = AbortSignal.timeout(30_000)
    expect(await codeOf(backend.read('harmed', { signal }))).toBe('unreadable_answer')
    expect((await backend.read('harmed', { signal }))?.value.reveal().toString()).toBe('value')
    await backend.close()
  })
})

interface World {
  readonly doubles: CloudDoubles
  readonly open: (endpoint: string) => Promise<SecretBackend>
  readonly openWrong: (endpoint: string) => Promise<SecretBackend>
  readonly close: () => Promise<void>
}

/** The double, and those who give tokens for it: an authority that reads our assertions, and a liar. */
async function startWorld(): Promise<World> {
  const [authority, doubles, liar] = await Promise.all([
    startTokenAuthority(),
    startCloudDoubles(),
    startServer((_, response) => response.end('{"access_token":"wrong","expires_in":3600}')),
  ])
  const openAs = (tokenUri: string) => (endpoint: string) =>
    openGoogle({ doubles, authority }, tokenUri, endpoint)
  return {
    doubles,
    open: openAs(`${authority.address}/google/token`),
    openWrong: openAs(`${liar.address}/token`),
    async close() {
      await Promise.all([authority.stop(), doubles.stop(), liar.close()])
    },
  }
}

function openGoogle(
  { doubles, authority }: { doubles: CloudDoubles; authority: TokenAuthority },
  tokenUri: string,
  endpoint: string,
): Promise<SecretBackend> {
  const allow = [tokenUri, endpoint].flatMap((url) => parseAllowList(new URL(url).host))
  const keyFile = JSON.stringify({
    type: 'service_account',
    client_email: 'reader@my-project.iam.gserviceaccount.com',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    token_uri: tokenUri,
  })
  const config = {
    projectId: 'my-project',
    endpoint,
    caCertificate: `${doubles.ca}\n${authority.ca}`,
    serviceAccountJson: SecretValue.fromText(keyFile),
  }
  return openBackend(config, { outbound: new Outbound({ allow }), tokenFiles: new TokenFiles([]) })
}

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

const idOf = (name: string): string => name.replace(/[^\w-]/g, '_')

/** What somebody else does to the store, and finds in it. */
function harnessOf(server: SecretManagerServer) {
  const of = (name: string) => `/secrets/${idOf(name)}`
  return {
    path: idOf,
    forbiddenPath: 'forbidden-secret',
    async put(name, content) {
      const replication = { automatic: {} }
      await askSecretManager(server, 'POST', `/secrets?secretId=${idOf(name)}`, { replication })
      const payload = { data: Buffer.from(content).toString('base64') }
      const added = await askSecretManager(server, 'POST', `${of(name)}:addVersion`, { payload })
      return added?.name?.split('/').at(-1)
    },
    async get(name) {
      const found = await askSecretManager(server, 'GET', `${of(name)}/versions/latest:access`)
      return found?.payload ? Buffer.from(found.payload.data, 'base64') : null
    },
    markOf: async (name) =>
      (await askSecretManager(server, 'GET', of(name)))?.labels?.['agyn-secret'],
  } satisfies Partial<BackendHarness>
}

function changesOf(server: SecretManagerServer) {
  const change = (action: string) => async (name: string, version: string) => {
    const target = `/secrets/${idOf(name)}/versions/${version}:${action}`
    await askSecretManager(server, 'POST', target, {})
  }
  return { disableVersion: change('disable'), destroyVersion: change('destroy') }
}
