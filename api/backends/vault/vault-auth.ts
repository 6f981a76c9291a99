import type { CallOptions } from '../backend.ts'

/** How a provider proves to Vault who it is. */
export interface VaultAuth {
  /** A token that is valid now, as far as we know. */
  token(options: CallOptions): Promise<string>
  /** Whether a token that was refused is good for nothing any more, so that `token` will give another. */
  isDead(token: string, options: CallOptions): Promise<boolean>
  /** What was obtained after another was dead is refused as well: that is not because it is dead. */
  refusedAnew(): void
  /** Gives back what was obtained. */
  close(): Promise<void>
}
