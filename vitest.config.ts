import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.ts', 'suites/*/src/**/*.test.ts', 'scripts/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // They end what hangs: on a busy machine a test takes several times as long as on an idle one.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
