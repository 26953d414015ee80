import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inject } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { root, run } from './process.ts';

/** A stranger's project: the packed package and its dependencies, and nothing else of this repository. */
export interface Stranger extends AsyncDisposable {
  folder: string;
  /** Where the package is in it. */
  installed: string;
}

/** @param also packages that the stranger has besides. */
export async function makeStranger(also: string[] = []): Promise<Stranger> {
  const folder = await mkdtemp(path.join(tmpdir(), 'stranger-'));
  const modules = path.join(folder, 'node_modules');
  const installed = path.join(modules, manifest.name);
  await mkdir(installed, { recursive: true });
  const { code, stderr } = await run('tar', ['-xzf', inject('tarball').file, '-C', installed, '--strip-components=1']);
  if (code !== 0) throw new Error(stderr);
  for (const name of [...Object.keys(manifest.dependencies), 'openapi-typescript-helpers', ...also]) {
    await mkdir(path.dirname(path.join(modules, name)), { recursive: true });
    await symlink(path.join(root, 'node_modules', name), path.join(modules, name));
  }
  await writeFile(path.join(folder, 'package.json'), '{"type":"module"}');
  return { folder, installed, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}
