import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/real/**', 'test/bench/**', 'node_modules/**'],
    globalSetup: ['test/support/tls.ts'],
    setupFiles: ['test/seed.ts'],
    testTimeout: 60_000,
  },
});
