import type { WayOut } from './outbound/outbound.ts'
import type { TokenFiles } from './token-files.ts'

/** What every backend is given. */
export interface BackendWorld {
  readonly outbound: WayOut
  readonly tokenFiles: TokenFiles
}
