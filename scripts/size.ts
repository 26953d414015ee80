import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** More than this the main entry must not grow to, in bytes. It is lowered with each saving, and never raised. */
const ceiling = 9_500;
/** What the main entry shall come to: this share of the official SDK. */
const target = 0.45;

/** What an import adds to a bundle, minified and compressed by gzip, in bytes. */
async function sizeOf(code: string, platform: 'browser' | 'node'): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: '.', loader: 'ts' },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform,
  });
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).byteLength;
}

const [main, sdk] = await Promise.all([
  sizeOf("export * from './src/index.ts';", 'browser'),
  sizeOf("export { Paddle } from '@paddle/paddle-node-sdk';", 'node'),
]);
console.log(`main entry, minified and gzip   ${main} B (ceiling ${ceiling} B)
@paddle/paddle-node-sdk         ${sdk} B
share                           ${(main / sdk).toFixed(2)} (target ${target})`);
if (main > ceiling) {
  console.error(`The main entry is ${main - ceiling} B over its ceiling in scripts/size.ts.`);
  process.exitCode = 1;
}
