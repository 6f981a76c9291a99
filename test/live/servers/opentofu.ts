import { findOpenTofu, installOpenTofu } from '../../../scripts/opentofu.ts'
import { cacheDir, onLine } from './cache.ts'

/** The path of OpenTofu, which is built when there is none. */
export const openTofu = async (): Promise<string> =>
  (await findOpenTofu()) ?? (await installOpenTofu(cacheDir, onLine))
