import { BackendFailure } from '../backend.ts'
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
  if (secretId.test(path)) return { secret: `${parentOf(place)}/secrets/${path}` }
  const { secret, version } = fullName.exec(path)?.groups ?? {}
  if (secret === undefined) throw invalid(path)
  return { secret, version }
}

/** Where a secret with a short name is. Regional endpoints serve the secrets of their region alone. */
export function parentOf({ projectId, endpoint }: GcpPlace): string {
  const region = /^https:\/\/secretmanager\.([a-z\d-]+)\.rep\.googleapis\.com\b/.exec(
    endpoint ?? '',
  )
  return `projects/${projectId}${region?.[1] ? `/locations/${region[1]}` : ''}`
}

/** Whether Google would take it for a version: a number, `latest`, or an alias. */
export const isVersion = (text: string): boolean => version.test(text)

/** What a secret is called in its project. */
export const secretId = /^[\w-]{1,255}$/

type GcpPlace = Pick<GcpConfig, 'projectId' | 'endpoint'>

const version = /^(?:[1-9]\d{0,17}|[A-Za-z][\w-]{0,62})$/

const fullName = new RegExp(
  [
    '^(?<secret>projects/[a-z0-9][a-z0-9:.-]{0,100}(?:/locations/[a-z0-9-]{1,60})?/secrets/[\\w-]{1,255})',
    `(?:/versions/(?<version>${version.source.slice(1, -1)}))?$`,
  ].join(''),
)

function invalid(path: string): BackendFailure {
  const why = path.includes('/')
    ? 'The path is not the full name of a secret.'
    : 'The name is not one of Google Cloud: letters, digits, - and _, at most 255 of them.'
  return new BackendFailure('path_invalid', why, {
    hint: 'Write db-password, or projects/my-project/secrets/db-password/versions/3.',
    notSent: true,
  })
}
