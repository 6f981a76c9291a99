import { v7 as uuidv7 } from 'uuid'
import type { Database } from '../database/database.ts'
import { hashToken, makeToken, prefixOf } from './token.ts'

/** Makes the first admin token when there has never been one, and answers it this once. */
export async function introduceAdmin(database: Database): Promise<string | undefined> {
  const token = makeToken()
  return await database.transaction(async (transaction) => {
    await transaction.$executeRaw`LOCK TABLE "AdminToken" IN EXCLUSIVE MODE` // two first starts at once
    if ((await transaction.adminToken.count()) > 0) return undefined
    await transaction.adminToken.create({ data: rowOf(token, 'first start') })
    return token
  })
}

/** Makes a new admin token and revokes those before it, for whoever has lost one, or fears that somebody else has it. */
export async function renewAdmin(database: Database): Promise<string> {
  const token = makeToken()
  await database.transaction(async (transaction) => {
    await transaction.adminToken.updateMany({
      where: { revokedAt: null },
      data: { revokedAt: new Date() },
    })
    await transaction.adminToken.create({ data: rowOf(token, 'renewed') })
  })
  return token
}

const rowOf = (token: string, name: string) => ({
  id: uuidv7(),
  name,
  prefix: prefixOf(token),
  hash: new Uint8Array(hashToken(token)),
})
