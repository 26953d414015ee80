// `npm run size`: what the main entry adds to a page, against its budget.
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** The share of the official SDK's size that the main entry may have, its check of each response included. */
export const share = 0.45;

/** Bundled for a browser, minified and compressed by gzip at its best, in bytes. */
export async function bundledSize(specifier: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: `export * from '${specifier}';`, resolveDir: '.', loader: 'ts' },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    // The SDK imports modules of Node by name.
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['import', 'default'],
    external: ['node:*', 'crypto', 'buffer'],
    logLevel: 'silent',
  });
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).byteLength;
}

if (process.argv[1]?.endsWith('size.ts')) {
  const [main, sdk] = await Promise.all(['./src/index.ts', '@paddle/paddle-node-sdk'].map(bundledSize));
  if (main === undefined || sdk === undefined) throw new Error('nothing was bundled');
  const budget = Math.floor(sdk * share);
  console.log(`main entry              ${main} B, minified and gzip`);
  console.log(`budget                  ${budget} B, ${share} of @paddle/paddle-node-sdk's ${sdk} B`);
  console.log(main <= budget ? `within the budget       ${budget - main} B are left` : `over it by              ${main - budget} B`);
  if (main > budget) process.exitCode = 1;
}
