import { defineConfig } from 'vitest/config';

/** The tests that Stryker runs for each mutant: all that need no packed package, without the slow random ones. */
export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.ts', 'test/integration/{abort,faults,key,mock,verify,wire}.test.ts'],
    exclude: [
      'test/unit/*properties.test.ts',
      // They read the sources, which Stryker has changed, or nothing of src.
      'test/unit/{bundle,drift,examples,layers,versions}.test.ts',
    ],
    deps: { interopDefault: false },
    testTimeout: 30_000,
  },
});
