import { defineConfig } from 'vitest/config';

/** Tests of the sources in process; the others start what is built, which Stryker does not change. */
const servers = 'abort,ask-prism,faults,fetch-client,key,mock*,prism,sdk,verify,wire';

/** The tests that Stryker runs for each mutant, without the slow random ones. */
export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.ts', `test/integration/{${servers}}.test.ts`],
    exclude: [
      'test/unit/*properties.test.ts',
      // Their own run has them, and some load the sources anew, with constants that no test of the others can change.
      'test/unit/cli-*.test.ts',
      'test/integration/mock-{command,robustness}.test.ts',
      // They read the sources, which Stryker has changed, or nothing of src.
      'test/unit/{bundle,drift,examples,layers,versions}.test.ts',
    ],
    deps: { interopDefault: false },
    testTimeout: 30_000,
  },
});
