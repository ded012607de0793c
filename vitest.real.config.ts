import { defineConfig } from 'vitest/config';

/**
 * Tests against real servers, which `test/real/run.sh` installs, and the contracts of those that cannot run here. One after the other,
 * since they share the machine.
 */
export default defineConfig({
  test: {
    include: ['test/real/**/*.test.ts', 'test/contract/table.test.ts'],
    globalSetup: ['test/support/tls.ts'],
    testTimeout: 90_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});
