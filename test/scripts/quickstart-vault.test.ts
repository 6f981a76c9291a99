import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openVault, QUICKSTART_PATH } from '../../scripts/quickstart/vault.ts'
import { fakeBao, listening } from '../process/fake-bao.ts'

const { signal } = new AbortController()

describe('the Vault of VAULT_ADDR', () => {
  let bao: ReturnType<typeof fakeBao>
  beforeEach(async () => {
    bao = fakeBao('hvs.mine')
    vi.stubEnv('VAULT_ADDR', await listening(bao.server))
    vi.stubEnv('VAULT_TOKEN', 'hvs.mine')
  })
  afterEach(async () => {
    vi.unstubAllEnvs()
    bao.server.closeAllConnections()
    await new Promise((resolve) => bao.server.close(resolve))
  })
  const write = async (password: string) => {
    const vault = await openVault('/nowhere', () => undefined, signal)
    await vault?.write(password)
  }

  it('is written to at a path of the quickstart alone, run after run', async () => {
    for (const password of ['first', 'second', 'third']) await write(password)
    expect([...bao.secrets.keys()]).toEqual([QUICKSTART_PATH])
    expect(bao.secrets.get(QUICKSTART_PATH)?.versions).toEqual(
      ['first', 'second', 'third'].map((password) => ({
        user: 'billing',
        password,
        made_by: 'agyn-secrets quickstart',
      })),
    )
  })

  it.each([
    ["somebody's secret", { versions: [{ password: 'precious' }], deleted: false }],
    ['a deleted secret', { versions: [{ password: 'precious' }], deleted: true }],
  ])('keeps %s that is there, and the quickstart stops', async (_, stored) => {
    bao.secrets.set(QUICKSTART_PATH, { ...stored })
    await expect(write('mine')).rejects.toThrow('that no quickstart has made')
    expect(bao.secrets.get(QUICKSTART_PATH)).toEqual(stored)
  })

  it('keeps what somebody puts there in the same moment', async () => {
    const get = bao.secrets.get.bind(bao.secrets)
    const theirs = { versions: [{ password: 'precious' }], deleted: false }
    // Read as absent, then written.
    vi.spyOn(bao.secrets, 'get').mockImplementationOnce(() => {
      bao.secrets.set(QUICKSTART_PATH, theirs)
      return undefined
    })
    await expect(write('mine')).rejects.toThrow('that no quickstart has made')
    expect(get(QUICKSTART_PATH)).toBe(theirs)
  })

  it('is said to refuse a token that may not', async () => {
    vi.stubEnv('VAULT_TOKEN', 'hvs.other')
    await expect(write('mine')).rejects.toThrow(/does not let us .*\(403\)/)
  })
})
