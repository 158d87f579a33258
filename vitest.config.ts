import { defineConfig } from 'vitest/config'
import { CountReporter } from './e2e/setup/count-reporter.ts'

const IGNORED = ['**/node_modules/**', '**/dist/**', '**/generated/**']

export default defineConfig({
  // Node loads graphql's CommonJS build, Vite would take the other one; two copies refuse each other's types.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    // The last line of a run is the reporter's `N passed, N failed, N skipped`.
    reporters: ['default', new CountReporter()],
    // One throw-away Postgres for the whole run; its URL reaches the workers as HEADCOUNT_TEST_POSTGRES.
    globalSetup: './packages/database/testing/global-setup.ts',
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: [
            '{bin,packages,subgraphs,gateway,registry,platform,dashboard,bench,deploy}/**/*.test.{ts,tsx}',
          ],
          exclude: IGNORED,
          maxWorkers: 2,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          // Whole platforms are started here: one file after the other, when the rest is done.
          name: 'e2e',
          include: ['e2e/**/*.test.{ts,tsx}'],
          exclude: IGNORED,
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
