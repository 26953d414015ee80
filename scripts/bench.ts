// `npm run bench`: what the package does, beside what people would use instead.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { checkRows } from './bench/checks.ts';
import { clientRows } from './bench/clients.ts';
import {
  type Growth,
  measureCheckGrowth,
  measureManyGrowth,
  measureMockFetchGrowth,
  measureMockServerGrowth,
} from './bench/growth.ts';
import { manyRows } from './bench/many.ts';
import { mockRows } from './bench/mocks.ts';
import { missing } from './bench/peers.ts';
import { describeMachine, formatResults, judgeTargets, type Measured } from './bench/report.ts';
import { sizeRows } from './bench/sizes.ts';
import { measureGenerateGrowth, toolchainRow } from './bench/toolchain.ts';
import { ArgumentError, parseInteger, runMain } from './command-line.ts';
import { insertTable } from './insert-table.ts';

const help = `Usage: npm run bench -- [options]

Measures the package beside its peers, in turns, and prints medians and ratios.

  --only NAME    one row, or all whose names start so; --list names them
  --rounds N     how many turns; 15 without it
  --growth       measure growth too: a million calls, some minutes
  --json FILE    write the figures as JSON too
  --write        put the table into scripts/bench/README.md
  --list         name the rows
  --help         show this text

Exit codes: 0 done, whether targets are met or not; 1 peers are missing or gave an unexpected answer; 2 wrong usage.
`;

const rows = [...sizeRows, ...clientRows, ...checkRows, ...mockRows, ...manyRows, toolchainRow];

await runMain({
  help,
  options: {
    only: { type: 'string', default: '' },
    rounds: { type: 'string', default: '15' },
    growth: { type: 'boolean', default: false },
    json: { type: 'string' },
    write: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
  run: async (values) => {
    const chosen = rows.filter(({ name }) => name.startsWith(values.only));
    if (chosen.length === 0) {
      throw new ArgumentError(`--only must be one of ${rows.map(({ name }) => name).join(', ')}.`);
    }
    const rounds = parseInteger('--rounds', values.rounds, 1, 1_000);
    if (values.list) {
      for (const { name, what } of chosen) console.log(name.padEnd(12), what);
      return;
    }
    if (missing.length > 0) {
      throw new Error(`These peers are missing: ${missing.join(', ')}. To install them: npm --prefix scripts/bench ci`);
    }
    // What is measured is the package as it is now.
    console.error('npm run build');
    execFileSync('npm', ['run', 'build']);

    const measured: Measured[] = [];
    for (const [index, row] of chosen.entries()) {
      console.error(`[${index + 1}/${chosen.length}] ${row.what}`);
      measured.push({ row, outcomes: await row.measure(rounds) });
    }
    const growths = values.growth ? await measureGrowth() : [];

    const table = formatResults(measured, growths);
    console.log(`${describeMachine()}\n\n${table}`);
    if (values.json !== undefined) {
      const figures = measured.map((each) => ({ ...each.row, outcomes: each.outcomes, verdicts: judgeTargets(each) }));
      writeFileSync(
        values.json,
        `${JSON.stringify({ machine: describeMachine(), rows: figures, growths }, null, 2)}\n`,
      );
    }
    if (values.write) {
      const readme = new URL('./bench/README.md', import.meta.url);
      const day = new Date().toISOString().slice(0, 10);
      const command = `npm run bench -- ${process.argv.slice(2).join(' ')}`;
      insertTable(readme, `${day}, ${describeMachine()}, \`${command}\`\n\n${table}`);
    }
  },
});

async function measureGrowth(): Promise<Growth[]> {
  console.error('growth: some minutes');
  // Memory can be compared after a collection only.
  setFlagsFromString('--expose-gc');
  globalThis.gc = runInNewContext('gc');
  return [
    measureCheckGrowth(),
    await measureMockFetchGrowth(1_000_000),
    await measureMockServerGrowth(1_000_000),
    await measureManyGrowth(1_000_000),
    measureGenerateGrowth(),
  ];
}
