import { readFileSync } from 'node:fs';

const sources = JSON.parse(readFileSync(new URL('../../stryker.config.json', import.meta.url), 'utf8'));

/** What `stryker run` does with the command line, which needs other tests than the rest. */
export default {
  ...sources,
  mutate: ['src/cli/**/*.ts'],
  // Some tests start what is built, as it is.
  ignorePatterns: sources.ignorePatterns.filter((pattern) => pattern !== 'dist'),
  vitest: { configFile: 'test/mutation/cli.config.ts' },
  incrementalFile: 'reports/mutation-cli-known.json',
  htmlReporter: { fileName: 'reports/mutation-cli.html' },
  jsonReporter: { fileName: 'reports/mutation-cli.json' },
};
