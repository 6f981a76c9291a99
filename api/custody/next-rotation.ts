import { intervalMs } from '../../contract/rotation.ts'

/** When a value that was set at a time is to be replaced; null while nobody asked for that. */
export function nextRotation(since: Date, rotateEvery: string | null): Date | null {
  const ms = rotateEvery === null ? undefined : intervalMs(rotateEvery)
  return ms === undefined ? null : new Date(since.getTime() + ms)
}
