import { vi } from 'vitest'
import { ownerTag } from '../../../../api/backends/aws-sm/own-secrets.ts'
import { type BackendHarness, describeBackend } from '../describe-backend.ts'
import { failing, rightKeys, rightToken, role, startAws } from './fake-aws.ts'
import { openAws, type OpenAwsOptions } from './open-aws.ts'

const keeps = {
  shape: 'bytes',
  versions: true,
  softDelete: true,
  marks: true,
  binary: true,
  batch: true,
} as const

const noDeletedVersions = 'AWS deletes secrets, not versions of them'
const cannot = {
  'tells a deleted version from a missing one': noDeletedVersions,
  'says so when the current version is deleted': noDeletedVersions,
  'says so when a version is destroyed': noDeletedVersions,
  'says so when a version is disabled': 'AWS disables none',
} as const
const cannotRenew = {
  ...cannot,
  'has its credentials renewed when they have expired': 'its credentials are all given to it',
} as const

describeBackend('a fake AWS, with an access key', {
  keeps,
  cannot: cannotRenew,
  start: () => startHarness({}),
})
describeBackend('a fake AWS, with a session token', {
  keeps,
  cannot: cannotRenew,
  start: () => startHarness({ keys: { ...rightKeys, sessionToken: rightToken } }),
})
describeBackend('a fake AWS, with the role of another account', {
  keeps,
  cannot,
  start: () => startHarness(role, { expires: true }),
})
describeBackend('a fake AWS, with the identity of the server', {
  keeps,
  cannot: cannotRenew,
  start: () => startDeployment({}),
})

/** The keys are where the SDK finds those of the server; providers with keys of their own do not see them. */
async function startDeployment(login: OpenAwsOptions): Promise<BackendHarness> {
  vi.stubEnv('AWS_ACCESS_KEY_ID', rightKeys.accessKeyId)
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', rightKeys.secretAccessKey)
  vi.stubEnv('AWS_PROFILE', undefined)
  const harness = await startHarness({ ...login, keys: null })
  return {
    ...harness,
    async close() {
      vi.unstubAllEnvs()
      await harness.close()
    },
  }
}

async function startHarness(
  login: OpenAwsOptions,
  { expires = false } = {},
): Promise<BackendHarness> {
  const aws = await startAws()
  const answer = (listener: Parameters<typeof aws.answer>[1]) => {
    aws.answer('*', listener)
    return Promise.resolve()
  }
  return {
    open: () => openAws(aws.address, login),
    openWithWrongCredentials: () =>
      openAws(aws.address, {
        ...login,
        keys: { accessKeyId: 'AKIAWRONG00000000000', secretAccessKey: 'wrong' },
      }),
    openUnreachable: () => openAws('http://127.0.0.1:1', login),
    path: (name) => `team/${name}`,
    forbiddenPath: 'team/forbidden',
    put: (name, content) => Promise.resolve(aws.secrets.store(`team/${name}`, content)),
    get: (name) => Promise.resolve(aws.secrets.stored(`team/${name}`)),
    markOf: (name) => Promise.resolve(aws.secrets.tagOf(`team/${name}`, ownerTag)),
    ...(expires && { expireCredentials: () => Promise.resolve(aws.expireSessions()) }),
    throttle(times) {
      let left = times
      const throttled = failing('ThrottlingException', 'Rate exceeded')
      return answer((request, response) => {
        left -= 1
        if (left <= 0) aws.heal()
        throttled(request, response)
      })
    },
    stall: () => answer(() => undefined),
    redirect: (to) => answer((_, response) => response.writeHead(307, { location: to }).end()),
    answerHuge: () => answer((_, response) => response.end(Buffer.alloc(2 ** 20 + 1, 32))),
    answerHtml: () => answer((_, response) => response.end('<html>Sign in</html>')),
    heal: () => Promise.resolve(aws.heal()),
    close: () => aws.close(),
  }
}
