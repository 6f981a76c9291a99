import { defineConfig } from 'vitest/config'

/** Tests against real third-party programs: `npm run test:live`. They are installed on first use. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'live',
          include: ['test/live/**/*.test.ts'],
          globalSetup: 'test/support/pglite-template.ts',
          testTimeout: 60_000,
          hookTimeout: 300_000,
          // Of tests that say they may run side by side: they wait for bad networks, and cost nothing meanwhile.
          maxConcurrency: 8,
        },
      },
      {
        // What `npm test` shows with Terraform, once more.
        test: {
          name: 'OpenTofu',
          include: ['test/terraform/**/*.test.ts'],
          globalSetup: ['test/support/pglite-template.ts', 'test/support/installed-constructs.ts'],
          setupFiles: 'test/support/with-opentofu.ts',
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
