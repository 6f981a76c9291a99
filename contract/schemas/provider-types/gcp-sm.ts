import * as z from 'zod'
import { caCertificate, pathPrefix, serverUrl } from './common-fields.ts'
import { credential, field, providerType, type Place } from './provider-type.ts'
import { isObject, refusing } from '../rule.ts'

export const gcpSm = providerType({
  type: 'gcp-sm',
  name: 'Google Cloud Secret Manager',
  description: 'Secrets of one Google Cloud project.',
  config: z.strictObject({
    projectId: field(
      z
        .string()
        .regex(
          /^[a-z0-9][a-z0-9:.-]{0,100}$/,
          'Give the id of the project, such as my-project-123456.',
        ),
      'Project id',
      'Id or number of the project.',
    ),
    serviceAccountJson: field(
      credential().superRefine(refusing(keyFileComplaint, 'invalid_key_file')).optional(),
      'Service account key',
      "Key file of a service account, or a configuration of workload identity federation, as JSON. Without one the server's own identity is used. Both federation and that take an admin.",
    ).meta({ multiline: true }),
    endpoint: field(
      serverUrl('https://secretmanager.europe-west3.rep.googleapis.com').optional(),
      'Endpoint',
      'Another endpoint than https://secretmanager.googleapis.com, such as a regional one.',
    ),
    caCertificate,
    pathPrefix: pathPrefix('agyn'),
  }),
  borrows: ({ serviceAccountJson }) => {
    if (typeof serviceAccountJson !== 'string') {
      return "has no key, and uses the server's own Google identity"
    }
    if (parsed(serviceAccountJson)?.['type'] === 'service_account') return undefined
    // Whoever also chose where the token is sent would read what lies there.
    return "exchanges a token that lies in the server's files or network"
  },
  places: ({ serviceAccountJson }) => {
    const file = typeof serviceAccountJson === 'string' ? parsed(serviceAccountJson) : undefined
    return file ? placesIn(file) : []
  },
})

/** What is wrong with a key file, in words that hold nothing of it. */
function keyFileComplaint(text: string): string | undefined {
  const file = parsed(text)
  if (!file) return 'This is not a JSON object: give the whole content of the key file.'
  const needed = neededMembers[String(file['type'])]
  if (!needed)
    return 'The `type` of a key file is service_account or external_account; this has another.'
  const missing = needed.filter((name) => file[name] === undefined)
  if (missing.length > 0)
    return `The key file has no ${missing.map((name) => `\`${name}\``).join(', ')}.`
  const source = file['credential_source']
  if (source === undefined) return undefined
  if (
    isObject(source) &&
    (typeof source['file'] === 'string' || typeof source['url'] === 'string')
  ) {
    return undefined
  }
  return 'The `credential_source` must have `file` or `url`: programs and other clouds are not asked.'
}

const neededMembers: Readonly<Record<string, readonly string[] | undefined>> = {
  service_account: ['client_email', 'private_key'],
  external_account: ['audience', 'subject_token_type', 'token_url', 'credential_source'],
}

/** Where a key file leads. */
function placesIn(file: Readonly<Record<string, unknown>>): Place[] {
  const field = 'serviceAccountJson'
  const source = isObject(file['credential_source']) ? file['credential_source'] : {}
  const urls = {
    token_uri: file['token_uri'],
    token_url: file['token_url'],
    token_info_url: file['token_info_url'],
    service_account_impersonation_url: file['service_account_impersonation_url'],
    'credential_source.url': source['url'],
  }
  return [
    ...Object.entries(urls).flatMap(([member, url]): Place[] =>
      url === undefined ? [] : [{ field, member, url: String(url) }],
    ),
    ...(typeof source['file'] === 'string'
      ? [{ field, member: 'credential_source.file', file: source['file'] }]
      : []),
  ]
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const json: unknown = JSON.parse(text)
    return isObject(json) ? json : undefined
  } catch {
    return undefined
  }
}
