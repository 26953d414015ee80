import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './docs/build.ts';

const help = `Usage: npm run docs -- [options]

Builds the docs page, one file that works offline, from generated/.

  --out DIR  where to write index.html; dist/docs without it
  --help     show this text

Exit codes: 0 done, 1 the page cannot be built, 2 wrong usage.
`;

async function main(): Promise<number> {
  const options = readOptions();
  if (typeof options === 'number') return options;
  const { file, bytes } = await build(path.resolve(options.out));
  console.log(`wrote ${path.relative(process.cwd(), file)} (${(bytes / 1_000_000).toFixed(1)} MB)`);
  return 0;
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: { out: { type: 'string', default: 'dist/docs' }, help: { type: 'boolean', default: false } },
    });
    if (!values.help) return values;
    console.log(help);
    return 0;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${help}`);
    return 2;
  }
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
