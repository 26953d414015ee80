import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './docs/build.ts';
import { preview } from './docs/preview.ts';

const help = `Usage: npm run docs -- [options]

Builds the docs page, one file that works offline, from generated/.

  --out DIR        where to write index.html; dist/docs without it
  --api-reference  link to the API reference, which is then expected in DIR/api/
  --preview        serve the page, until Ctrl+C
  --port NUMBER    where to serve it; 8080 without it, 0 takes any free port
  --help           show this text

Exit codes: 0 done, 1 the page cannot be built or served, 2 wrong usage.
`;

async function main(): Promise<number> {
  const options = readOptions();
  if (typeof options === 'number') return options;
  const { file, bytes } = await build(path.resolve(options.out), { apiReference: options['api-reference'] });
  console.log(`wrote ${path.relative(process.cwd(), file)} (${(bytes / 1_000_000).toFixed(1)} MB)`);
  if (options.preview) await preview(file, options.port);
  return 0;
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        out: { type: 'string', default: 'dist/docs' },
        'api-reference': { type: 'boolean', default: false },
        preview: { type: 'boolean', default: false },
        port: { type: 'string', default: '8080' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(help);
      return 0;
    }
    const port = Number(values.port);
    if (!/^\d+$/.test(values.port) || port > 65_535) throw new Error('--port must be a number from 0 to 65535.');
    return { ...values, port };
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${help}`);
    return 2;
  }
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
