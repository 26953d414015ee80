// `npm run bench`: what the package does, beside what people would use instead.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { missing } from './bench/peers.ts';
import { type Measured, machine, report, verdicts, withTable } from './bench/report.ts';

const help = `Usage: npm run bench -- [options]

Measures the package beside its peers, in turns, and prints medians and ratios.

  --only NAME    one row, or all whose names start so; --list names them
  --rounds N     how many turns; 15 without it
  --growth       measure growth too: a million calls, some minutes
  --json FILE    write the figures as JSON too
  --write        put the table into scripts/bench/README.md
  --list         name the rows
  --help         show this text

Exit codes: 0 done, whether targets are met or not; 1 a contender has a wrong answer; 2 wrong usage, or peers missing.
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: '' },
      rounds: { type: 'string', default: '15' },
      growth: { type: 'boolean', default: false },
      json: { type: 'string' },
      write: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const rounds = Number(values.rounds);
  if (!(Number.isInteger(rounds) && rounds > 0)) throw new Error('--rounds must be a whole number, 1 or more.');
  if (missing.length > 0) {
    throw new Error(`These peers are missing: ${missing.join(', ')}. To install them: npm --prefix scripts/bench ci`);
  }
  const [{ sizeRows }, { clientRows }, { checkRows }, { mockRows }, { toolchainRow, generateGrowth }, growth] =
    await Promise.all([
      import('./bench/sizes.ts'),
      import('./bench/clients.ts'),
      import('./bench/checks.ts'),
      import('./bench/mocks.ts'),
      import('./bench/toolchain.ts'),
      import('./bench/growth.ts'),
    ]);
  const rows = [...sizeRows, ...clientRows, ...checkRows, ...mockRows, toolchainRow];
  if (values.list) {
    for (const { name, what } of rows) console.log(name.padEnd(12), what);
    return 0;
  }
  const chosen = rows.filter(({ name }) => name.startsWith(values.only));
  if (chosen.length === 0)
    throw new Error(`There is no row ${values.only}. There are: ${rows.map(({ name }) => name).join(', ')}`);
  // What is measured is the package as it is now.
  console.error('npm run build');
  execFileSync('npm', ['run', 'build']);

  const measured: Measured[] = [];
  for (const [index, row] of chosen.entries()) {
    console.error(`[${index + 1}/${chosen.length}] ${row.what}`);
    measured.push({ row, outcomes: await row.measure(rounds) });
  }
  const growths = [];
  if (values.growth) {
    console.error('growth: some minutes');
    // Memory can be compared after a collection only.
    setFlagsFromString('--expose-gc');
    globalThis.gc = runInNewContext('gc');
    growths.push(
      growth.checkGrowth(),
      await growth.mockFetchGrowth(1_000_000),
      await growth.mockServerGrowth(1_000_000),
      generateGrowth(),
    );
  }

  const table = report(measured, growths);
  console.log(`${machine()}\n\n${table}`);
  if (values.json !== undefined) {
    const figures = measured.map((each) => ({ ...each.row, outcomes: each.outcomes, verdicts: verdicts(each) }));
    writeFileSync(values.json, `${JSON.stringify({ machine: machine(), rows: figures, growths }, null, 2)}\n`);
  }
  if (values.write) {
    const readme = new URL('./bench/README.md', import.meta.url);
    const day = new Date().toISOString().slice(0, 10);
    const command = `npm run bench -- ${process.argv.slice(2).join(' ')}`;
    writeFileSync(readme, withTable(readme, `${day}, ${machine()}, \`${command}\`\n\n${table}`));
  }
  return 0;
}

process.exitCode = await main().catch((error: Error & { code?: string }) => {
  const wrongUsage =
    error.code?.startsWith('ERR_PARSE_ARGS') || /^(--|There is no row|These peers)/.test(error.message);
  console.error(error.message);
  return wrongUsage ? 2 : 1;
});
