import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  createMasterKeyFile,
  deriveKey,
  keyId,
  MasterKeyError,
  parseMasterKey,
  readMasterKeys,
} from '../../../api/keyring/master-key.ts'

const bytes = Buffer.alloc(32, 7)

describe('a master key', () => {
  it.each([
    `hex:${bytes.toString('hex')}`,
    `hex:${bytes.toString('hex').toUpperCase()}`,
    `base64:${bytes.toString('base64')}`,
  ])('is 32 bytes: %s', (text) => {
    expect(parseMasterKey(text, 'KEY')).toEqual({ derivation: 'raw', key: bytes })
  })

  it.each([
    `hex:${bytes.toString('hex').slice(2)}`,
    `hex:${bytes.toString('hex')}00`,
    `hex:${bytes.toString('hex').slice(1)}g`,
    `base64:${bytes.toString('base64').replace('=', '')}`,
    `base64:${bytes.toString('base64')}\n`,
    'base64:',
    'hex:',
  ])('is not %j, and the refusal quotes nothing of it', (text) => {
    const refusal = refusalOf(() => parseMasterKey(text, 'SECRETS_MASTER_KEY'))
    expect(refusal).toMatch(/^SECRETS_MASTER_KEY must hold exactly 32 bytes after `(hex|base64):`/)
    expect(refusal).toContain('openssl rand')
    expect(refusal).not.toContain('0707')
  })

  it('is a passphrase of 16 characters and more', () => {
    expect(parseMasterKey('correct horse ba', 'KEY')).toEqual({
      derivation: 'scrypt',
      passphrase: 'correct horse ba',
    })
    const refusal = refusalOf(() => parseMasterKey('correct horse b', 'KEY'))
    expect(refusal).toMatch(/at least 16 characters/)
    expect(refusal).not.toContain('correct')
  })

  it('of a passphrase is the same for ever, however its accents are typed', async () => {
    const salt = Buffer.alloc(32, 1)
    const of = (passphrase: string) => deriveKey({ derivation: 'scrypt', passphrase }, salt)
    expect((await of('correct horse battery staple')).toString('hex')).toBe(
      'fe3b7191756bef28b6d703d0c8bdcc7de6fe05059f04573f8d52d736e1a919eb',
    )
    expect(await of('un caf\u00e9 tr\u00e8s noir')).toEqual(
      await of('un cafe\u0301 tre\u0300s noir'),
    )
  })

  it('has an id that stays and says nothing of it', () => {
    expect(keyId(bytes)).toBe('32840a36a9a77f9a64a97aee03b8e4f0')
    expect(keyId(Buffer.alloc(32, 8))).not.toBe(keyId(bytes))
  })
})

describe('a key file', () => {
  let directory: string
  beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'agyn-keys-'))))
  afterEach(() => rmSync(directory, { recursive: true }))

  it('is made once, for this user alone, and read again', () => {
    const file = join(directory, 'master-key')
    createMasterKeyFile(file)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const [key] = readMasterKeys(file, 'KEY')
    expect(key).toMatchObject({ derivation: 'raw', key: { length: 32 } })
    expect(() => createMasterKeyFile(file)).toThrow(/EEXIST/)
    expect(readMasterKeys(file, 'KEY')).toEqual([key])
  })

  it('may be one of a mounted directory, in order of their names', () => {
    const hidden = join(directory, '..2026_01_01')
    mkdirSync(hidden)
    for (const [name, fill] of [
      ['2', 2],
      ['1', 1],
    ] as const) {
      writeFileSync(join(hidden, name), `hex:${Buffer.alloc(32, fill).toString('hex')}\n`)
      symlinkSync(join('..2026_01_01', name), join(directory, name))
    }
    expect(readMasterKeys(directory, 'KEY')).toEqual([
      { derivation: 'raw', key: Buffer.alloc(32, 1) },
      { derivation: 'raw', key: Buffer.alloc(32, 2) },
    ])
  })

  it('that is missing, empty or wrong is named', () => {
    expect(refusalOf(() => readMasterKeys(join(directory, 'none'), 'KEY'))).toMatch(/ENOENT/)
    expect(refusalOf(() => readMasterKeys(directory, 'KEY'))).toMatch(/has no file/)
    mkdirSync(join(directory, 'sub'))
    expect(refusalOf(() => readMasterKeys(directory, 'KEY'))).toMatch(/EISDIR/)
    rmSync(join(directory, 'sub'), { recursive: true })
    writeFileSync(join(directory, 'a'), 'canary')
    const refusal = refusalOf(() => readMasterKeys(directory, 'KEY'))
    expect(refusal).toContain(join(directory, 'a'))
    expect(refusal).not.toContain('canary')
  })
})

function refusalOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    expect(error).toBeInstanceOf(MasterKeyError)
    return (error as Error).message
  }
  throw new Error('It was accepted.')
}
