// Generated from contract/schemas/provider-types by `npm run generate`. Do not edit.
import { number, text } from '../../plugin/index.ts'

/** Every field of every provider type. Which of them a type takes is checked at plan. */
export const configAttributes = {
  address: text("`vault`: Base URL of the server, such as https://vault.internal:8200.").optional(),
  namespace: text("`vault`: Namespace of Vault Enterprise or OpenBao, such as `team-a/dev`.").optional(),
  ca_certificate: text("`vault`: Certificate authority of the server, in PEM, when the system's own do not know it.").optional(),
  kv_version: number("`vault`: Version of the KV engine, 1 or 2. Detected when left out, and taken as 2 when that is forbidden.").optional(),
  mount: text("`vault`: Mount of the KV engine, such as `secret` or `teams/kv`. Detected from each path when left out.").optional(),
  auth_method: text("`vault`: How to log in.").optional(),
  token: text("`vault`: Token with read access to the paths that secrets refer to.").optional({ sensitive: true }),
}

/** What the API calls each field, and what it is. */
export const configFields = {
  address: {"key":"address","sensitive":false,"destination":true,"default":null},
  namespace: {"key":"namespace","sensitive":false,"destination":false,"default":null},
  ca_certificate: {"key":"caCertificate","sensitive":false,"destination":true,"default":null},
  kv_version: {"key":"kvVersion","sensitive":false,"destination":false,"default":null},
  mount: {"key":"mount","sensitive":false,"destination":false,"default":null},
  auth_method: {"key":"authMethod","sensitive":false,"destination":false,"default":"token"},
  token: {"key":"token","sensitive":true,"destination":false,"default":null},
} as const
