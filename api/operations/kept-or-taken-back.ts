import type { Database, Transaction } from '../database/database.ts'

/**
 * Commits what is to be kept, and rolls back all else. A dry run is therefore the real thing but for
 * its end: it cannot promise what the real one would refuse.
 */
export async function keptOrTakenBack<T extends { readonly keep: boolean }>(
  database: Pick<Database, 'transaction'>,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  let answer: T | undefined
  try {
    return await database.transaction(async (transaction) => {
      answer = undefined
      answer = await work(transaction)
      if (!answer.keep) throw new Error('taken back')
      return answer
    })
  } catch (error) {
    if (answer && !answer.keep) return answer
    throw error
  }
}
