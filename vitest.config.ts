import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      // In process, without a socket: seconds.
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 30_000 } },
      // Real servers, real Prism, the scripts as they are called.
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: ['test/support/pack.ts'],
          // A CommonJS module is imported as Node does it.
          deps: { interopDefault: false },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      // Chromium; where there is none, they are skipped, and say what to install.
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          deps: { interopDefault: false },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
