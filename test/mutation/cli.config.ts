import { defineConfig } from 'vitest/config';

/** The tests that Stryker runs for each mutant of the command line, which then runs in the process of the test. */
export default defineConfig({
  test: {
    include: [
      'test/unit/{command-parts,key-input,output-errors,tables,customer-lists,progress,result-files}.test.ts',
      'test/unit/cli-*.test.ts',
      'test/integration/{get,get-many,mock,verify}-command.test.ts',
    ],
    env: { CLI_IN_PROCESS: '1' },
    deps: { interopDefault: false },
    testTimeout: 30_000,
  },
});
