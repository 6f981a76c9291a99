import type { Route } from './route.ts'

export const migrations = {
  MigrateSecrets: {
    method: 'POST',
    path: '/api/secrets/migrate',
    roles: ['owner'],
    status: 200,
    problems: [],
    summary:
      'Move many secrets to another storage, in the background: each is read, written, read back and compared before it changes over, and keeps its id, envs and history. With `dryRun` nothing is moved.',
  },
  ListSecretMigrations: {
    method: 'GET',
    path: '/api/secrets/migrations',
    roles: ['member'],
    status: 200,
    problems: [],
    summary: 'List the migrations, the newest first.',
  },
  GetSecretMigration: {
    method: 'GET',
    path: '/api/secrets/migrations/:id',
    roles: ['member'],
    status: 200,
    problems: ['not_found'],
    summary: 'How far a migration has come, and what failed.',
  },
  ListSecretMigrationItems: {
    method: 'GET',
    path: '/api/secrets/migrations/:id/items',
    roles: ['member'],
    status: 200,
    problems: ['not_found'],
    summary: 'List the secrets of a migration, and how it went with each.',
  },
  StopSecretMigration: {
    method: 'POST',
    path: '/api/secrets/migrations/:id/stop',
    roles: ['owner'],
    status: 200,
    problems: ['not_found'],
    summary: 'Stop a migration. What was moved stays moved; the rest stays where it is.',
  },
  ContinueSecretMigration: {
    method: 'POST',
    path: '/api/secrets/migrations/:id/continue',
    roles: ['owner'],
    status: 200,
    problems: ['not_found'],
    summary: 'Go on with a stopped migration, or try again what failed in a finished one.',
  },
} as const satisfies Record<string, Route>
