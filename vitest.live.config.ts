import { defineConfig } from 'vitest/config'

/** Tests against real third-party servers: `npm run test:live`. They are installed on first use. */
export default defineConfig({
  test: {
    include: ['test/live/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
})
