import { BackendFailure } from '../backend.ts'
import { checkStorePath } from '../check-store-path.ts'

/** Takes a path such as `secret/my-app/key` apart, unless it could mean another place as part of a URL. */
export function parseVaultPath(path: string): readonly [string, ...string[]] {
  checkStorePath('vault', path)
  const [first = '', ...rest] = path.split('/')
  return [first, ...rest]
}

/** Segments as they stand in a URL. */
export function encodeSegments(segments: readonly string[]): string {
  return segments.map(encodeURIComponent).join('/')
}

export function invalidPath(message: string): BackendFailure {
  return new BackendFailure('path_invalid', message)
}
