// `npm run build`: dist/, from src/: declarations, the entries, and the mock server's Prism.
import { execFileSync } from 'node:child_process';
import { chmod, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { bundleEntries } from './build/entries.ts';
import { collectNotices } from './build/notices.ts';
import { bundlePrism } from './build/prism.ts';

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

// The docs page has a command of its own.
for (const name of await readdir('dist').catch(() => [])) {
  if (name !== 'docs') await rm(`dist/${name}`, { recursive: true });
}
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
// Its declarations would ask for Prism, which the package's users do not have; nothing public mentions them.
for (const file of ['prism.d.ts', 'prism.d.ts.map']) await rm(`dist/mock/${file}`, { force: true });
await bundleEntries('src', 'dist');
await chmod('dist/cli.js', 0o755);
await writeFile(
  'dist/mock/THIRD-PARTY-NOTICES.txt',
  await collectNotices(await bundlePrism('src/mock/prism.ts', 'dist/mock/prism.js')),
);
