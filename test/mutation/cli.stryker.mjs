import { readFileSync } from 'node:fs';

const all = JSON.parse(readFileSync(new URL('../stryker.config.json', import.meta.url), 'utf8'));

/** What `stryker run` does with the command line, which needs other tests than the rest. */
export default {
  ...all,
  mutate: ['src/cli/**/*.ts'],
  // Some tests start what is built, as it is.
  ignorePatterns: all.ignorePatterns.filter((pattern) => pattern !== 'dist'),
  // What signals and closed pipes do shows in a process of its own alone, which no mutant reaches.
  thresholds: { ...all.thresholds, break: 85 },
  vitest: { configFile: 'test/mutation-cli.config.ts' },
  htmlReporter: { fileName: 'reports/mutation-cli.html' },
};
