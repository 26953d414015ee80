import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const names = ['ajv-cli', 'autocannon', 'ky', 'ofetch', 'zod', 'valibot'];

/** The packages of scripts/bench/package.json that are not installed. */
export const missing = names.filter((name) => !existsSync(new URL(`node_modules/${name}`, import.meta.url)));

/** Loads a package that the rest of the project does not have, so that it is no part of its types either. */
export async function loadPeer<Module>(name: string): Promise<Module> {
  return (await import(pathToFileURL(require.resolve(name)).href)) as Module;
}
