import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: import.meta.dirname,
  test: {
    include: ['**/*.test.ts'],
    // A CommonJS module is imported as Node does it.
    deps: { interopDefault: false },
    // The mock is run as it is built.
    globalSetup: ['../support/pack.ts'],
    testTimeout: 60_000,
  },
});
