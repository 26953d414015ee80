// `npm run test:mutation`: whether a test notices a change of the sources.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runMain } from './command-line.ts';
import { insertTable } from './insert-table.ts';
import { countScores, formatResults, readResults, shareOf } from './mutation/report.ts';

const help = `Usage: npm run test:mutation -- [options]

Changes the sources in thousands of ways, one at a time, and expects a test to fail: an hour or two. What it finds is kept in
reports/, and the next time only what has changed is tried again.

  --all      try everything again: a change of what the tests share is not noticed
  --write    put the scores and the survivors into test/mutation/README.md
  --help     show this text

Exit codes: 0 the tests of each folder notice 90 % of the changes, 1 they do not, 2 wrong usage.
`;

/** The least share of its changes that the tests of a folder must notice. */
const least = 0.9;
const runs = [
  { config: 'stryker.config.json', report: 'reports/mutation.json' },
  { config: 'test/mutation/cli.stryker.mjs', report: 'reports/mutation-cli.json' },
];
const root = fileURLToPath(new URL('..', import.meta.url));

await runMain({
  help,
  options: { all: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
  run: ({ all, write }) => {
    for (const { config } of runs) runStryker(config, all);
    const results = readResults(runs.map(({ report }) => root + report));
    const text = formatResults(results);
    console.log(text);
    if (write) {
      const day = new Date().toISOString().slice(0, 10);
      const readme = new URL('../test/mutation/README.md', import.meta.url);
      insertTable(readme, `${day}, Node ${process.version.slice(1)}\n\n${text}`);
    }
    const low = countScores(results).filter((score) => shareOf(score) < least);
    for (const { name } of low) console.error(`${name} is below ${100 * least} %.`);
    return low.length === 0 ? 0 : 1;
  },
});

function runStryker(config: string, all: boolean): void {
  const folder = dirname(createRequire(import.meta.url).resolve('@stryker-mutator/core/package.json'));
  const args = [join(folder, 'bin/stryker.js'), 'run', config, ...(all ? ['--force'] : [])];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`Stryker failed with ${config}.`);
}
