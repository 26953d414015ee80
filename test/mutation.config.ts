import { defineConfig } from 'vitest/config';

/** The tests that Stryker runs for each mutant: those of the client, without the slow random ones. */
export default defineConfig({
  test: {
    include: [
      'test/unit/{messages,mock-fetch,money,retry,secrets,usage,validate}.test.ts',
      'test/integration/{abort,faults,key,wire}.test.ts',
    ],
  },
});
