import { defineConfig } from 'vitest/config'

/** What a test file of a project with a database gets before it is read: an environment of its own. */
const withDatabase = {
  globalSetup: ['test/support/global-setup.ts'],
  setupFiles: ['test/support/environment.ts'],
  hookTimeout: 60_000,
}

export default defineConfig({
  test: {
    // Two cores are the floor, and the database works beside the tests.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/*.test.ts', 'test/{architecture,devices,domain,pdf,postgres,scripts,ui}/**/*.test.{ts,tsx}'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          ...withDatabase,
          name: 'database',
          include: ['test/{db,live,jobs,services,routes,server}/**/*.test.{ts,tsx}'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'hid',
          include: ['test/hid/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          ...withDatabase,
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
