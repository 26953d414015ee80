import { parseArgs } from 'node:util';
import { describeDifference } from './drift/compare.ts';
import { readDescription } from './drift/read.ts';
import { compareDescriptions } from './drift/report.ts';

const help = `Usage: npm run check:drift -- FILE [options]

Compares the contract with a newer official description of the Paddle API (OpenAPI 3, JSON or YAML), and lists every
difference that scripts/drift/explained.ts doesn't explain.

  --spec FILE  another contract than generated/openapi.json
  --json       print the report as JSON, explained differences included
  --help       show this text

Exit codes: 0 no unexplained difference, 1 at least one, 2 wrong usage, an unreadable file, or the operation isn't in it.
`;

async function checkDrift(): Promise<number> {
  const { values, positionals } = readOptions();
  if (values.help) {
    console.log(help);
    return 0;
  }
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new Error(`Expected one FILE.\n\n${help}`);
  const ours = await readDescription(values.spec);
  const theirs = await readDescription(file);

  const operations = compareDescriptions(ours, theirs);
  const all = operations.flatMap(({ differences }) => differences);
  const unexplained = all.filter(({ explanation }) => explanation === undefined).length;

  const { title, version } = theirs.info;
  if (values.json) {
    console.log(JSON.stringify({ title, version, unexplained, operations }, null, 2));
  } else {
    for (const { name, differences } of operations) {
      console.log(`${name}, compared with ${title} ${version}:`);
      for (const difference of differences) {
        if (difference.explanation === undefined) console.log(`- ${describeDifference(difference)}`);
      }
    }
    console.log(`${unexplained} unexplained and ${all.length - unexplained} explained differences (--json lists all).`);
  }
  return unexplained > 0 ? 1 : 0;
}

function readOptions() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        spec: { type: 'string', default: 'generated/openapi.json' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${help}`);
  }
}

process.exitCode = await checkDrift().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 2;
});
