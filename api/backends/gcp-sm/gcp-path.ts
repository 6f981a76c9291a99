import { gcpFullName } from '../../../contract/store-paths.ts'
import { checkStorePath } from '../check-store-path.ts'
import type { GcpConfig } from './gcp-config.ts'

/** A secret by its full name, and the version where the path names one. */
export interface GcpPath {
  readonly secret: string
  readonly version?: string | undefined
}

/**
 * Takes a path such as `db-password`, or `projects/my-project/secrets/db-password/versions/3`. A short
 * name is one of the provider's own project; a full one may name another, since the credentials decide.
 */
export function parseGcpPath(path: string, place: GcpPlace): GcpPath {
  checkStorePath('gcp-sm', path)
  const { secret, version } = gcpFullName.exec(path)?.groups ?? {}
  return { secret: secret ?? `${parentOf(place)}/secrets/${path}`, version }
}

/** Where a secret with a short name is. Regional endpoints serve the secrets of their region alone. */
export function parentOf({ projectId, endpoint }: GcpPlace): string {
  const region = /^https:\/\/secretmanager\.([a-z\d-]+)\.rep\.googleapis\.com\b/.exec(
    endpoint ?? '',
  )
  return `projects/${projectId}${region?.[1] ? `/locations/${region[1]}` : ''}`
}

type GcpPlace = Pick<GcpConfig, 'projectId' | 'endpoint'>
