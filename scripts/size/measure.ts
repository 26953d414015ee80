import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { sdkName } from './limits.ts';

/** What a file takes on most disks is a whole number of these, and a folder one, in bytes: so `du` counts. */
const block = 4096;

/** What an import adds to a bundle, minified and compressed by gzip, in bytes. */
export async function measureBundle(code: string, platform: 'browser' | 'node', resolveDir = '.'): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir, loader: 'ts' },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform,
  });
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).byteLength;
}

interface Sizes {
  own: number;
  sdk: number;
}

/** What the client alone adds: ours to a page, the official SDK's to a server, where alone it runs. */
export async function measureClients(): Promise<Sizes> {
  return {
    own: await measureBundle("export { createCreditBalancesClient } from './src/index.ts';", 'browser'),
    sdk: await measureBundle(`export { Paddle } from '${sdkName}';`, 'node'),
  };
}

/** What everything adds that the main entries export. */
export async function measureEntries(): Promise<Sizes> {
  return {
    own: await measureBundle("export * from './src/index.ts';", 'browser'),
    sdk: await measureBundle(`export * from '${sdkName}';`, 'node'),
  };
}

/** What the packed package takes on a disk with all that it depends on, in bytes. It must be built. */
export function measureOwnPackage(): number {
  const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    encoding: 'utf8',
    stdio: 'pipe',
  });
  // npm 11 answers with a list, npm 12 with an object by package name.
  const [own] = Object.values(JSON.parse(packed) as Record<string, { files: { path: string; size: number }[] }>);
  const files = own?.files ?? [];
  const folders = new Set(files.flatMap((file) => listFoldersAround(file.path)));
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const packedSize = sum(files.map(({ size }) => roundToBlocks(size))) + folders.size * block;
  return packedSize + measurePackages(Object.keys(dependencies));
}

/** What packages take in node_modules with all that they depend on, in bytes. */
export function measurePackages(names: string[]): number {
  const folders = new Set<string>();
  const follow = (name: string, from: string) => {
    const folder = findPackage(name, from);
    if (folder === undefined || folders.has(folder)) return;
    folders.add(folder);
    const { dependencies = {} } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    for (const dependency of Object.keys(dependencies)) follow(dependency, folder);
  };
  for (const name of names) follow(name, '.');
  return sum([...folders].map(measureFolder));
}

/** Where Node would find a package; undefined for one that this platform does not need. */
function findPackage(name: string, from: string): string | undefined {
  const folder = path.join(from, 'node_modules', name);
  if (existsSync(folder)) return folder;
  return from === '.' ? undefined : findPackage(name, path.dirname(from));
}

/** Without the packages inside of it: each is counted by itself, where something needs it. */
function measureFolder(folder: string): number {
  const sizes = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    const inside = path.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? 0 : measureFolder(inside);
    return roundToBlocks(statSync(inside).size);
  });
  return sum(sizes) + block;
}

function listFoldersAround(file: string): string[] {
  const folder = path.dirname(file);
  return folder === file ? [] : [folder, ...listFoldersAround(folder)];
}

const roundToBlocks = (bytes: number) => Math.ceil(bytes / block) * block;
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
