import { uniqueViolation } from '../database/errors.ts'
import { idTaken, nameTaken } from '../errors.ts'

/** Runs a change and says in words what a unique index refused: the name, or the id. */
export async function refuseTaken<T>(what: string, change: () => Promise<T>): Promise<T> {
  try {
    return await change()
  } catch (error) {
    const index = uniqueViolation(error)
    if (index === undefined) throw error
    throw index.endsWith('name_key') ? nameTaken(what) : idTaken()
  }
}
