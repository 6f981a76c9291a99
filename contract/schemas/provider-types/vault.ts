import * as z from 'zod'
import { destination } from '../../masking.ts'
import { credential, field, providerType } from './provider-type.ts'

const common = {
  address: field(
    destination(
      z
        .url({ protocol: /^https?$/, error: 'Give a URL such as https://vault.internal:8200.' })
        .refine(
          (text) => !URL.canParse(text) || isBare(new URL(text)),
          'Give only the scheme, the host and the port, without user name, path, query or fragment.',
        ),
    ),
    'Vault URL',
    'Base URL of the server, such as https://vault.internal:8200.',
  ),
  namespace: field(
    z
      .string()
      .regex(/^[^\s\p{Cc}]{1,500}$/u, 'Give a namespace such as team-a/dev, without spaces.')
      .optional(),
    'Namespace',
    'Namespace of Vault Enterprise or OpenBao, such as `team-a/dev`.',
  ),
  caCertificate: field(
    destination(
      z
        .string()
        .refine(isPem, 'Give certificates in PEM: -----BEGIN CERTIFICATE----- …')
        .optional(),
    ),
    'CA certificate',
    "Certificate authority of the server, in PEM, when the system's own do not know it.",
  ).meta({ multiline: true }),
  kvVersion: field(
    z.literal([1, 2], 'Give 1 or 2.').optional(),
    'KV version',
    'Version of the KV engine, 1 or 2. Detected when left out, and taken as 2 when that is forbidden.',
  ),
  mount: field(
    z
      .string()
      .regex(
        /^[^\s\p{Cc}/?#%\\]+(\/[^\s\p{Cc}/?#%\\]+)*\/?$/u,
        'Give a mount such as secret or teams/kv.',
      )
      .optional(),
    'Mount',
    'Mount of the KV engine, such as `secret` or `teams/kv`. Detected from each path when left out.',
  ),
}

const authMethod = <Schema extends z.ZodType>(method: Schema): Schema =>
  field(method, 'Auth method', 'How to log in.')

export const vault = providerType({
  type: 'vault',
  name: 'HashiCorp Vault or OpenBao',
  description: 'Read secrets from the KV engine, version 1 or 2, at each start of a workload.',
  config: z.discriminatedUnion('authMethod', [
    z.strictObject({
      ...common,
      authMethod: authMethod(z.literal('token').default('token')),
      token: field(
        credential().regex(
          /^[\x21-\x7e]+$/,
          'A token has no space, line break or non-ASCII character.',
        ),
        'Vault token',
        'Token with read access to the paths that secrets refer to.',
      ),
    }),
  ]),
})

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
