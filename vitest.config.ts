import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['__tests__/**/*.test.ts'],
    globalSetup: ['__tests__/cluster/global-setup.ts'],
    // Rings two and three start programs and servers; a slow machine must not fail them.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
