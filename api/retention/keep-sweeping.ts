import { keepDoing } from '../keep-doing.ts'
import { sweep, type SweepOptions } from './sweep.ts'

const HOUR_MS = 60 * 60 * 1000

/** Sweeps now and every hour, and answers how to stop, which waits for the batch under way. */
export const keepSweeping = (
  options: Omit<SweepOptions, 'signal'>,
  onError: (error: unknown) => void,
): (() => Promise<void>) =>
  keepDoing([(signal) => sweep({ ...options, signal })], { everyMs: HOUR_MS, onError })
