import type { PrivateState } from '../plugin/index.ts'

/** What is remembered of an object beside its state, where nobody sees it. Never a value. */
export interface Remembered {
  /** Which revision the state shows. */
  readonly revision?: number
  /** Which credentials came by write-only arguments, for nothing in the state tells. */
  readonly writeOnly?: readonly string[]
  /** Whether the API had a fingerprint of the credentials; those kept since before it made any have none. */
  readonly isFingerprinted?: boolean
}

export const remembered = ({ value }: PrivateState): Remembered => (value ?? {}) as Remembered

export function remember(privateState: PrivateState, facts: Remembered): void {
  privateState.value = { ...remembered(privateState), ...facts }
}
