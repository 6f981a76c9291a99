import type * as z from 'zod'
import type { OperationId } from '../routes.ts'
import { apiTokens } from './api-tokens.ts'
import { due } from './due.ts'
import { envs } from './envs.ts'
import { migrations } from './migrations.ts'
import { organizations } from './organizations.ts'
import { references } from './references.ts'
import { resolving } from './resolving.ts'
import { scopes } from './scopes.ts'
import { secretProviders } from './secret-providers.ts'
import { secretImport } from './secret-import.ts'
import { secretHistory } from './secret-history.ts'
import { secrets } from './secrets.ts'
import { workloads } from './workloads.ts'

export interface OperationSchema {
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  readonly answer?: z.ZodType
}

/** What each operation takes and answers. A row of `routes` without its schemas does not compile, nor the other way round. */
export const schemas = {
  ...organizations,
  ...scopes,
  ...apiTokens,
  ...due,
  ...secretProviders,
  ...migrations,
  ...secrets,
  ...secretImport,
  ...secretHistory,
  ...references,
  ...envs,
  ...resolving,
  ...workloads,
} satisfies Record<OperationId, OperationSchema>

type Schemas = typeof schemas

type Parsed<Id extends OperationId, Part extends keyof OperationSchema> =
  Schemas[Id] extends Record<Part, z.ZodType> ? z.output<Schemas[Id][Part]> : undefined

type Written<Id extends OperationId, Part extends keyof OperationSchema> =
  Schemas[Id] extends Record<Part, z.ZodType> ? z.input<Schemas[Id][Part]> : undefined

/** What a handler receives: checked, its defaults filled in. */
export interface Input<Id extends OperationId> {
  readonly params: Parsed<Id, 'params'>
  readonly query: Parsed<Id, 'query'>
  readonly body: Parsed<Id, 'body'>
}

export type Answer<Id extends OperationId> = Parsed<Id, 'answer'>

type Part<Name extends string, Value> = Value extends undefined
  ? unknown
  : { readonly [_ in Name]: Value }

type Optional<Name extends string, Value> = Value extends undefined
  ? unknown
  : { readonly [_ in Name]?: Value }

/** What a caller writes: only the parts that the operation has. */
export type Call<Id extends OperationId> = Part<'params', Written<Id, 'params'>> &
  Optional<'query', Written<Id, 'query'>> &
  Part<'body', Written<Id, 'body'>>
