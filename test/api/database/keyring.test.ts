import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../api/database/database.ts'
import { Keyring } from '../../../api/keyring/keyring.ts'
import {
  MasterKeyError,
  parseMasterKey,
  type MasterKeyInput,
} from '../../../api/keyring/master-key.ts'
import { SealBroken } from '../../../api/keyring/seal.ts'
import { SecretValue } from '../../../api/keyring/secret-value.ts'
import { openTestDatabase } from '../../support/open-test-database.ts'

const raw = (fill: string): MasterKeyInput => parseMasterKey(`hex:${fill.repeat(32)}`, 'KEY')
const [one, two, three] = [raw('01'), raw('02'), raw('03')] as const
const passphrase = parseMasterKey('correct horse battery staple', 'KEY')
const place = { type: 'SecretVersion', recordId: 'x', field: 'value', version: '1' }

/** In order: each finds the database as the one before it left it. */
describe('a keyring', () => {
  let database: Database
  let remove: () => Promise<void>
  beforeAll(async () => void ({ database, remove } = await openTestDatabase()))
  afterAll(() => remove())

  async function organization(keyring: Keyring): Promise<string> {
    const id = uuidv7()
    await database.transaction(async (transaction) => {
      await transaction.organization.create({ data: { id, name: id } })
      await keyring.create(transaction, id)
    })
    return id
  }
  const keyOf = async (id: string) =>
    (await database.prisma.dataKey.findFirstOrThrow({ where: { organizationId: id } })).masterKeyId

  let acme: string
  let sealed: ReturnType<Awaited<ReturnType<Keyring['of']>>['seal']>

  it('takes the first key it is given, and opens with it what it sealed', async () => {
    const keyring = await Keyring.open(database, [one])
    acme = await organization(keyring)
    sealed = (await keyring.of(acme)).seal(place, SecretValue.fromText('v'))
    const again = await Keyring.open(database, [one])
    expect((await again.of(acme)).open(place, sealed).reveal().toString()).toBe('v')
    expect(await database.prisma.masterKey.count()).toBe(1)
  })

  it('refuses another key, names the right one, and changes nothing', async () => {
    const [row] = await database.prisma.masterKey.findMany()
    for (const wrong of [two, passphrase]) {
      const refusal = await refusalOf(Keyring.open(database, [wrong]))
      expect(refusal).toContain(row?.id)
      expect(refusal).toContain('SECRETS_MASTER_KEY')
    }
    expect(await database.prisma.masterKey.findMany()).toEqual([row])
  })

  it('takes a second key beside the first; the last one seals', async () => {
    const both = await Keyring.open(database, [one, two])
    const globex = await organization(both)
    expect(await keyOf(globex)).not.toBe(await keyOf(acme))
    expect((await both.of(acme)).open(place, sealed).reveal().toString()).toBe('v')
    const turned = await Keyring.open(database, [two, one])
    expect(await keyOf(await organization(turned))).toBe(await keyOf(acme))
    expect(await refusalOf(Keyring.open(database, [two]))).toContain(await keyOf(acme))
    expect(await refusalOf(Keyring.open(database, [two, three]))).toContain(await keyOf(acme))
    expect(await database.prisma.masterKey.count()).toBe(2)
  })

  it('refuses to start when a canary was changed', async () => {
    const id = await keyOf(acme)
    const { canary } = await database.prisma.masterKey.findUniqueOrThrow({ where: { id } })
    const changed = flipped(canary, 50)
    await database.prisma.masterKey.update({ where: { id }, data: { canary: changed } })
    expect(await refusalOf(Keyring.open(database, [one, two]))).toContain(id)
    await database.prisma.masterKey.update({ where: { id }, data: { canary } })
  })

  it('opens no data key that was moved, changed or given another purpose', async () => {
    const all = [one, two] as const
    const globex = await organization(await Keyring.open(database, all))
    const ofOne = (organizationId: string) =>
      database.prisma.dataKey.findFirstOrThrow({ where: { organizationId, purpose: 'seal' } })
    const [mine, theirs] = [await ofOne(acme), await ofOne(globex)]
    for (const data of [
      { wrapped: theirs.wrapped },
      { wrapped: flipped(mine.wrapped, 80) },
      { purpose: 'fingerprint' },
      { masterKeyId: theirs.masterKeyId },
    ] as const) {
      await database.prisma.dataKey.update({ where: { id: mine.id }, data })
      const keyring = await Keyring.open(database, all)
      await expect(keyring.of(acme)).rejects.toThrow(SealBroken)
      const { wrapped, purpose, masterKeyId } = mine
      await database.prisma.dataKey.update({
        where: { id: mine.id },
        data: { wrapped, purpose, masterKeyId },
      })
    }
    await (await Keyring.open(database, all)).of(acme)
  })

  it('takes a passphrase, which its salt turns into the same key again', async () => {
    const keyring = await Keyring.open(database, [one, two, passphrase])
    const id = await organization(keyring)
    const blob = (await keyring.of(id)).seal(place, SecretValue.fromText('v'))
    const again = await Keyring.open(database, [passphrase, one, two])
    expect((await again.of(id)).open(place, blob).reveal().toString()).toBe('v')
    const row = await database.prisma.masterKey.findFirstOrThrow({
      where: { derivation: 'scrypt' },
    })
    expect(row.salt).toHaveLength(32)
    const other = parseMasterKey('incorrect horse battery staple', 'KEY')
    await refusalOf(Keyring.open(database, [other]))
  })
})

describe('two first starts at once', () => {
  it('agree on one passphrase’s salt', async () => {
    const { database, remove } = await openTestDatabase()
    const keyrings = await Promise.all([
      Keyring.open(database, [passphrase]),
      Keyring.open(database, [passphrase]),
    ])
    expect(await database.prisma.masterKey.count()).toBe(1)
    expect(keyrings).toHaveLength(2)
    await remove()
  })
})

const flipped = (bytes: Uint8Array, at: number) =>
  new Uint8Array(bytes.map((byte, index) => (index === at ? byte ^ 1 : byte)))

async function refusalOf(opening: Promise<Keyring>): Promise<string> {
  const error: unknown = await opening.catch((error: unknown) => error)
  expect(error).toBeInstanceOf(MasterKeyError)
  return (error as Error).message
}
