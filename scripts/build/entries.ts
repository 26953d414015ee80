import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';

/**
 * Bundles each entry of the package, with what several share in files of their own: a hundred small files would take
 * twice the space on a disk, and longer to load.
 */
export async function bundleEntries(source: string, outdir: string): Promise<void> {
  const entries = (await readdir(source)).filter((name) => name.endsWith('.ts'));
  await build({
    entryPoints: entries.map((name) => path.join(source, name)),
    outdir,
    chunkNames: 'shared-[hash]',
    bundle: true,
    splitting: true,
    // One entry runs on Node, the others anywhere.
    platform: 'neutral',
    format: 'esm',
    target: 'es2022',
    packages: 'external',
    charset: 'utf8',
    logLevel: 'warning',
    plugins: [keepFiles],
  });
}

/** What the package carries as files of their own, seen from the folder of the entries. */
const keepFiles: Plugin = {
  name: 'keep-files',
  setup({ onResolve }) {
    onResolve({ filter: /\/generated\/[^/]+\.js$/ }, ({ path: file }) => ({
      path: `../generated/${path.posix.basename(file)}`,
      external: true,
    }));
    onResolve({ filter: /^\.\/prism\.js$/ }, () => ({ path: './mock/prism.js', external: true }));
  },
};
