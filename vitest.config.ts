import { defineConfig } from 'vitest/config'

// Rings two and three start programs and servers; a slow machine must not fail them.
const timeouts = { testTimeout: 120_000, hookTimeout: 120_000 }
/** Tests that want the real control plane, which one global setup starts for all of them. */
const onCluster = ['__tests__/{cluster,cluster-client,e2e,lab,tools}/**/*.test.ts']

export default defineConfig({
  test: {
    // Tests wait for programs they start more than they compute; by default, two cores would have one worker.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'pure',
          include: ['__tests__/**/*.test.ts'],
          exclude: onCluster,
          setupFiles: ['__tests__/fix-seed.ts'],
          ...timeouts,
        },
      },
      {
        test: {
          name: 'cluster',
          include: onCluster,
          globalSetup: ['__tests__/cluster/global-setup.ts'],
          fileParallelism: false,
          ...timeouts,
        },
      },
    ],
  },
})
