import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BackendFailure, SecretBackend, StoredSecret } from '../../../api/backends/backend.ts'
import { selectKey } from '../../../api/backends/select-key.ts'
import type { FailureCode } from '../../../contract/problems.ts'

/** A store to test against, real or standing in, and the ways to bring about what the suite asks for. */
export interface BackendHarness {
  /** What the store can do; the suite leaves out what it cannot. */
  readonly keeps: { readonly shape: StoredSecret['shape']; readonly versions: boolean }
  /** Opens the backend with credentials that may read everything but `forbiddenPath`. */
  open(): Promise<SecretBackend>
  openWithWrongCredentials(): Promise<SecretBackend>
  /** Opens a backend whose address nobody answers at. */
  openUnreachable(): Promise<SecretBackend>
  /** A path, in the store's own words, for a secret of this name. */
  path(name: string): string
  readonly forbiddenPath: string
  /** Stores a secret, or its next version; answers the version's name where there are any. */
  write(name: string, content: string): Promise<string | undefined>
  deleteVersion?(name: string, version: string): Promise<void>
  destroyVersion?(name: string, version: string): Promise<void>
  close(): Promise<void>
}

/** The guarantees that every backend gives. */
export function describeBackend(name: string, start: () => Promise<BackendHarness>): void {
  describe(name, () => {
    let store: BackendHarness
    let backend: SecretBackend
    beforeAll(async () => {
      store = await start()
      backend = await store.open()
    })
    afterAll(async () => {
      await backend.close()
      await store.close()
    })

    const signal = AbortSignal.timeout(60_000)
    const read = (secret: string, version?: string) =>
      backend.read(store.path(secret), { signal, version })
    const valueOf = async (secret: string, key?: string): Promise<string> => {
      const stored = await read(secret)
      if (!stored) throw new Error(`Nothing is stored at ${secret}`)
      return selectKey(stored, key).reveal().toString('utf8')
    }

    it('reads what is stored', async () => {
      const version = await store.write('plain', '{"password":"s3cr3t","user":"app"}')
      const stored = await read('plain')
      expect(stored?.shape).toBe(store.keeps.shape)
      expect(stored?.version).toBe(version)
      expect(JSON.parse(stored?.value.reveal().toString() ?? '')).toEqual({
        password: 's3cr3t',
        user: 'app',
      })
    })

    it('gives one key of several, and a pointer into it', async () => {
      await store.write('keys', '{"user":"app","nested":{"list":[1,{"deep":"here"}]},"port":5432}')
      expect(await valueOf('keys', 'user')).toBe('app')
      expect(await valueOf('keys', 'port')).toBe('5432')
      expect(await valueOf('keys', '/nested/list/1/deep')).toBe('here')
    })

    it('names the keys that are there when the one asked for is not', async () => {
      await store.write('other-keys', '{"pass":"1","user":"2"}')
      const failure = await failureOf(valueOf('other-keys', 'password'))
      expect(failure.code).toBe('key_missing')
      expect([...(failure.availableKeys ?? [])].sort()).toEqual(['pass', 'user'])
    })

    it('keeps text exactly: line ends, spaces at the ends, NUL, characters of every size', async () => {
      const text = ' -----BEGIN KEY-----\r\n\tañ漢😀\u0000\n\n '
      await store.write('exact', JSON.stringify({ text }))
      expect(await valueOf('exact', 'text')).toBe(text)
    })

    it('reads a value of 64 KiB', async () => {
      const text = 'é'.repeat(32 * 1024)
      await store.write('large', JSON.stringify({ text }))
      expect(await valueOf('large', 'text')).toBe(text)
    })

    it('reads many at once', async () => {
      const names = Array.from({ length: 50 }, (_, at) => `many-${at}`)
      for (const each of names) await store.write(each, JSON.stringify({ each }))
      expect(await Promise.all(names.map((each) => valueOf(each, 'each')))).toEqual(names)
    })

    it('answers null where nothing is stored, for any version', async () => {
      expect(await read('nothing-here')).toBeNull()
      if (store.keeps.versions) expect(await read('nothing-here', '1')).toBeNull()
    })

    it('reads the version that is named, and the current one otherwise', async ({ skip }) => {
      if (!store.keeps.versions) skip()
      const first = await store.write('versions', '{"value":"old"}')
      const second = await store.write('versions', '{"value":"new"}')
      const old = await read('versions', first)
      expect(old?.version).toBe(first)
      expect(
        selectKey(old as StoredSecret, 'value')
          .reveal()
          .toString(),
      ).toBe('old')
      expect((await read('versions'))?.version).toBe(second)
      expect(await valueOf('versions', 'value')).toBe('new')
    })

    it.each(['99', '0', '-1', '1.5', 'one', '', '1&x=1'])(
      'says that there is no version %j',
      async (version) => {
        await store.write('one-version', '{"value":"x"}')
        expect(await codeOf(read('one-version', version))).toBe('version_missing')
      },
    )

    it('tells a deleted version from a missing one', async ({ skip }) => {
      if (!store.deleteVersion) skip()
      const first = (await store.write('deleted', '{"value":"x"}')) ?? ''
      await store.write('deleted', '{"value":"y"}')
      await store.deleteVersion?.('deleted', first)
      expect(await codeOf(read('deleted', first))).toBe('version_deleted')
      expect(await valueOf('deleted', 'value')).toBe('y')
    })

    it('says so when the current version is deleted', async ({ skip }) => {
      if (!store.deleteVersion) skip()
      const only = (await store.write('deleted-now', '{"value":"x"}')) ?? ''
      await store.deleteVersion?.('deleted-now', only)
      const failure = await failureOf(read('deleted-now'))
      expect(failure.code).toBe('version_deleted')
      expect(failure.message).toMatch(/\d{4}-\d\d-\d\dT/)
      expect(await codeOf(read('deleted-now', '99'))).toBe('version_missing')
    })

    it('says so when a version is destroyed', async ({ skip }) => {
      if (!store.destroyVersion) skip()
      const only = (await store.write('destroyed', '{"value":"x"}')) ?? ''
      await store.destroyVersion?.('destroyed', only)
      expect((await failureOf(read('destroyed'))).message).toContain('destroyed')
    })

    it('is forbidden what its credentials may not read', async () => {
      const denied = backend.read(store.forbiddenPath, { signal })
      expect(await codeOf(denied)).toBe('forbidden')
    })

    it('is forbidden everything with wrong credentials', async () => {
      await store.write('with-wrong', '{"value":"x"}')
      const wrong = await store.openWithWrongCredentials()
      expect(await codeOf(wrong.read(store.path('with-wrong'), { signal }))).toBe('forbidden')
      expect(await codeOf(wrong.check({ signal }))).toBe('forbidden')
      await wrong.close()
    })

    it('is unreachable where nobody answers', async () => {
      const nowhere = await store.openUnreachable()
      expect(await codeOf(nowhere.read(store.path('plain'), { signal }))).toBe('unreachable')
      expect(await codeOf(nowhere.check({ signal }))).toBe('unreachable')
      await nowhere.close()
    })

    it('stops when it is told to', async () => {
      const aborted = AbortSignal.abort()
      expect(await codeOf(backend.read(store.path('plain'), { signal: aborted }))).toBe('timeout')
      expect(await codeOf(backend.check({ signal: aborted }))).toBe('timeout')
    })

    it('checks its credentials', async () => {
      const report = await backend.check({ signal })
      expect(report.identity).toBeTypeOf('object')
      expect([true, 'unknown']).toContain(report.can.read)
    })
  })
}

/** How a call fails; the test fails when it does not. */
export async function failureOf(call: Promise<unknown>): Promise<BackendFailure> {
  const outcome = await call.then(
    () => null,
    (error: unknown) => error,
  )
  expect(outcome).toMatchObject({ name: 'BackendFailure' })
  return outcome as BackendFailure
}

export const codeOf = async (call: Promise<unknown>): Promise<FailureCode> =>
  (await failureOf(call)).code
