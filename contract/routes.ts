import { apiTokens } from './routes/api-tokens.ts'
import { due } from './routes/due.ts'
import { envs } from './routes/envs.ts'
import { migrations } from './routes/migrations.ts'
import { organizations } from './routes/organizations.ts'
import { references } from './routes/references.ts'
import { resolving } from './routes/resolving.ts'
import { scopes } from './routes/scopes.ts'
import { secretProviders } from './routes/secret-providers.ts'
import { secrets } from './routes/secrets.ts'
import { workloads } from './routes/workloads.ts'
import type { Route } from './routes/route.ts'

export { creatingProblems, sharedProblems, type Role, type Route } from './routes/route.ts'

/**
 * Every operation of the API. Plain data: the Terraform provider starts with this table and without
 * zod. What each one takes and answers stands in `schemas/`, under the same id.
 */
export const routes = {
  ...organizations,
  ...scopes,
  ...apiTokens,
  ...due,
  ...secretProviders,
  ...migrations,
  ...secrets,
  ...references,
  ...envs,
  ...resolving,
  ...workloads,
} as const satisfies Record<string, Route>

export type OperationId = keyof typeof routes
