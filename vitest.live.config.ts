import { defineConfig } from 'vitest/config'

/** Tests against real third-party servers: `npm run test:live`. They are installed on first use. */
export default defineConfig({
  test: {
    include: ['test/live/**/*.test.ts'],
    globalSetup: 'test/support/pglite-template.ts',
    testTimeout: 60_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
    // Of tests that say they may run side by side: they wait for bad networks, and cost nothing meanwhile.
    maxConcurrency: 8,
  },
})
