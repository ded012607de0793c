import { defineConfig } from 'vitest/config';

/** Tests against real servers; `test/real/run.sh` installs them. One after the other, since they share the machine. */
export default defineConfig({
  test: {
    include: ['test/real/**/*.test.ts'],
    testTimeout: 90_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});
