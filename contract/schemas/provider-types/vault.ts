import * as z from 'zod'
import { caCertificate, pathPrefix, serverUrl } from './common-fields.ts'
import { credential, field, providerType } from './provider-type.ts'

/** Where Kubernetes puts the token of a pod's service account. */
export const SERVICE_ACCOUNT_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token'

const common = {
  address: field(
    serverUrl('https://vault.internal:8200'),
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
  caCertificate,
  kvVersion: field(
    z.literal([1, 2], 'Give 1 or 2.').optional(),
    'KV version',
    'Version of the KV engine, 1 or 2. Detected when left out, and taken as 2 when that is forbidden.',
  ),
  mount: field(
    z.string().regex(mountPattern(), 'Give a mount such as secret or teams/kv.').optional(),
    'Mount',
    'Mount of the KV engine, such as `secret` or `teams/kv`. Detected from each path when left out.',
  ),
  pathPrefix: pathPrefix('secret/data/agyn'),
  metadataPathPrefix: field(
    pathPrefix('secret/metadata/agyn').unwrap().optional(),
    'Metadata path prefix',
    'Where the metadata of managed secrets is listed and deleted, when it is not `pathPrefix` with `data` replaced by `metadata`.',
  ),
}

const authMethod = <Schema extends z.ZodType>(method: Schema): Schema =>
  field(method, 'Auth method', 'How to log in.')

const role = field(
  z.string().min(1, 'Give the role to log in with.').max(200),
  'Role',
  'Role of the auth method, with a policy for the paths that secrets refer to.',
)

const mountPoint = field(
  z.string().regex(mountPattern(), 'Give a mount point such as kubernetes.').optional(),
  'Auth mount point',
  'Where the auth method is mounted; its own name (`kubernetes`, `jwt`, `aws`) when left out.',
)

const tokenPath = field(
  z
    .string()
    .regex(/^\/[^\p{Cc}]+$/u, 'Give the absolute path of a file.')
    .default(SERVICE_ACCOUNT_TOKEN),
  'Token file',
  'File on the server of the API with the JWT to log in with; one of those in AGYN_TOKEN_PATHS.',
)

export const vault = providerType({
  type: 'vault',
  name: 'HashiCorp Vault or OpenBao',
  description:
    'Secrets of the KV engine, version 1 or 2, read at each start of a workload or kept there.',
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
    z.strictObject({
      ...common,
      authMethod: authMethod(z.literal('approle')),
      roleId: field(z.string().min(1, 'Give the role id.'), 'Role id', 'Role id of the AppRole.'),
      secretId: field(credential(), 'Secret id', 'Secret id of the AppRole.'),
    }),
    z.strictObject({
      ...common,
      authMethod: authMethod(z.literal('kubernetes')),
      role,
      tokenPath,
      mountPoint,
    }),
    z.strictObject({
      ...common,
      authMethod: authMethod(z.literal('jwt')),
      role,
      tokenPath,
      mountPoint,
    }),
    z.strictObject({
      ...common,
      authMethod: authMethod(z.literal('aws')),
      role,
      mountPoint,
      region: field(
        z
          .string()
          .regex(/^[a-z0-9-]{1,50}$/, 'Give a region such as us-east-1.')
          .optional(),
        'AWS region',
        'Region that the login is signed for; `us-east-1` when left out.',
      ),
      stsEndpoint: field(
        serverUrl('https://sts.amazonaws.com').optional(),
        'STS endpoint',
        'Where Vault asks AWS who signed the login; `https://sts.amazonaws.com` when left out.',
      ),
      serverId: field(
        z
          .string()
          .regex(/^[\x21-\x7e]{1,200}$/, 'Give the value of the header.')
          .optional(),
        'IAM server id',
        "Value of the header `X-Vault-AWS-IAM-Server-ID`, when Vault's AWS method asks for it.",
      ),
    }),
  ]),
  borrows: ({ authMethod }) =>
    authMethod === 'kubernetes' || authMethod === 'jwt'
      ? 'logs in with a token file of the server'
      : authMethod === 'aws'
        ? "logs in with the server's own AWS identity"
        : undefined,
  places: ({ tokenPath }) =>
    typeof tokenPath === 'string' ? [{ field: 'tokenPath', file: tokenPath }] : [],
})

function mountPattern(): RegExp {
  return /^[^\s\p{Cc}/?#%\\]+(\/[^\s\p{Cc}/?#%\\]+)*\/?$/u
}
