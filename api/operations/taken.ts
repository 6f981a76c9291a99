import type { Existing } from '../../contract/problems.ts'
import { pathTaken } from '../custody/managed-path.ts'
import { isForeignKeyViolation, uniqueViolation } from '../database/errors.ts'
import { idTaken, NameTaken, tokenTaken, unknownId } from '../errors.ts'

/**
 * Runs a change and says in words what a constraint refused: the name, the id, the token, or the
 * organization, which went in the meantime. All else that a row refers to is locked by who refers to it.
 *
 * @param existing - finds what has the name, of a thing that was to be made
 */
export async function refuseTaken<T>(
  what: string,
  change: () => Promise<T>,
  existing?: () => Promise<Existing | undefined>,
): Promise<T> {
  try {
    return await change()
  } catch (error) {
    if (isForeignKeyViolation(error)) throw unknownId('organizationId', 'organization')
    const index = uniqueViolation(error)
    if (index === undefined) throw error
    if (index.endsWith('path_key')) throw pathTaken()
    if (index.endsWith('hash_key')) throw tokenTaken()
    throw index.endsWith('name_key') ? new NameTaken(what, await existing?.()) : idTaken()
  }
}
