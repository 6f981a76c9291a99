import { storePathComplaint, type StoreType } from '../../contract/store-paths.ts'
import { BackendFailure } from './backend.ts'

/** Throws `path_invalid` for a path that this kind of store could not hold. */
export function checkStorePath(type: StoreType, path: string): void {
  const complaint = storePathComplaint(type, path)
  if (complaint === undefined) return
  const { message, hint } = complaint
  throw new BackendFailure('path_invalid', message, { hint, notSent: true })
}
