import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseInteger, runMain } from './command-line.ts';
import { buildApiReference } from './docs/api.ts';
import { build } from './docs/build.ts';
import { preview } from './docs/preview.ts';

const help = `Usage: npm run docs -- [options]

Builds the docs page, one file that works offline, from generated/.

  --out DIR        where to write index.html; dist/docs without it
  --api-reference  build the API reference in DIR/api/ too, and link to it
  --preview        serve DIR, until Ctrl+C
  --port NUMBER    where to serve it; 8080 without it, 0 takes any free port
  --help           show this text

Exit codes: 0 done, 1 the page cannot be built or served, 2 wrong usage.
`;

await runMain({
  help,
  options: {
    out: { type: 'string', default: 'dist/docs' },
    'api-reference': { type: 'boolean', default: false },
    preview: { type: 'boolean', default: false },
    port: { type: 'string', default: '8080' },
  },
  run: async (values) => {
    const port = parseInteger('--port', values.port, 0, 65_535);
    const out = path.resolve(values.out);
    const { file, bytes } = await build(out, { apiReference: values['api-reference'] });
    console.log(`wrote ${path.relative(process.cwd(), file)} (${(bytes / 1_000_000).toFixed(1)} MB)`);
    if (values['api-reference']) {
      const api = path.join(out, 'api');
      await buildApiReference(fileURLToPath(new URL('..', import.meta.url)), api);
      console.log(`wrote ${path.relative(process.cwd(), api)}`);
    }
    if (values.preview) await preview(out, port);
  },
});
