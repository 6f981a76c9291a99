import { fileURLToPath } from 'node:url'
import { defineConfig } from 'prisma/config'

// Prisma's own schema engine is a download that not every network allows, and with a wrong file in
// its place `prisma migrate deploy` reports success and does nothing. This one refuses in words.
process.env['PRISMA_SCHEMA_ENGINE_BINARY'] = fileURLToPath(
  new URL('./scripts/no-schema-engine.mjs', import.meta.url),
)

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env['DATABASE_URL'] ?? 'postgresql://localhost/agyn' },
})
