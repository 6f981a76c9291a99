import * as z from 'zod'
import type { FieldIssue } from '../../field-errors.ts'
import { destination } from '../../masking.ts'
import { field } from './provider-type.ts'

/** Fields that several types of provider have, in the same words. */

/** The address of a server: scheme, host and port, and nothing else. */
export const serverUrl = (example: string) =>
  destination(
    z
      .url({ protocol: /^https?$/, error: `Give a URL such as ${example}.` })
      .refine(
        (text) => !/[\s\p{Cc}]/u.test(text),
        'Give the URL without spaces and control characters.',
      )
      .refine(
        (text) => !URL.canParse(text) || isBare(new URL(text)),
        'Give only the scheme, the host and the port, without user name, path, query or fragment.',
      ),
  )

export const caCertificate = field(
  destination(
    z.string().refine(isPem, 'Give certificates in PEM: -----BEGIN CERTIFICATE----- …').optional(),
  ),
  'CA certificate',
  "Certificate authority of the server, in PEM, when the system's own do not know it.",
).meta({ multiline: true })

export const pathPrefix = (example: string) =>
  field(
    z
      .string()
      .regex(
        /^[^\s\p{Cc}/?#%\\]+(\/[^\s\p{Cc}/?#%\\]+)*$/u,
        `Give a prefix such as ${example}, without a slash at its ends.`,
      )
      .max(200, 'A prefix has at most 200 characters.')
      .refine(
        (text) => text.split('/').every((part) => !/^\.+$/.test(part)),
        'A prefix has no `.` and no `..`.',
      )
      .optional(),
    'Path prefix',
    `Where managed secrets are kept: under this prefix, \`${example}\` when left out.`,
  )

/** A field that is of no use without another: `needs({ a }, { b })`. */
export function needs(given: Fields, other: Fields): FieldIssue[] {
  const [[name, value] = ['', undefined]] = Object.entries(given)
  const [[missing, its] = ['', undefined]] = Object.entries(other)
  if (value === undefined || its !== undefined) return []
  const detail = `Give \`${missing}\` together with \`${name}\`.`
  return [{ path: [missing], code: 'required', detail }]
}

type Fields = Readonly<Record<string, unknown>>

const isBare = (url: URL): boolean =>
  url.username === '' &&
  url.password === '' &&
  (url.pathname === '/' || url.pathname === '') &&
  url.search === '' &&
  url.hash === ''

/** Whether they are certificates indeed, the API tells: this file is also read where there is no Node. */
function isPem(text: string): boolean {
  return /^\s*-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\s/.test(`${text}\n`)
}
