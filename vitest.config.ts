import { defineConfig } from 'vitest/config'

/** Tests of the API as a whole run twice: on the embedded PGlite and on a real PostgreSQL. */
const onEveryDatabase = 'test/api/{operations,http,database,principals,audit,story}/**/*.test.ts'

const installedConstructs = 'test/cdktf-provider/constructs/installed/**/*.test.ts'

const on = (database: 'pglite' | 'postgres') => ({
  test: {
    name: database,
    include: [onEveryDatabase],
    globalSetup: `test/support/${database}-template.ts`,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [
            onEveryDatabase,
            installedConstructs,
            'test/live/**',
            'test/terraform/**',
            'test/process/**',
          ],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      on('pglite'),
      on('postgres'),
      {
        // The packages of constructs, installed from their tarballs.
        test: {
          name: 'constructs',
          include: [installedConstructs],
          globalSetup: 'test/support/installed-constructs.ts',
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        // Whole programs: the built API, the built Terraform provider, the examples.
        test: {
          name: 'programs',
          include: ['test/{terraform,process}/**/*.test.ts'],
          globalSetup: ['test/support/pglite-template.ts', 'test/support/installed-constructs.ts'],
          setupFiles: 'test/support/with-terraform.ts',
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
