import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, run, tsx } from './process.ts';

const fixture = path.join(root, 'test/fixtures/get-customer');

/** A copy of this project whose contract has one operation more, and whose `src/` is as it is here. */
export interface ProjectCopy extends AsyncDisposable {
  folder: string;
  /** A module of the copy; its types are those of the same file here. */
  load<Module>(file: string): Promise<Module>;
}

/** Adds `GET /customers/{customer_id}` in front of the contract's own operation, and generates. */
export async function copyWithGetCustomer(): Promise<ProjectCopy> {
  const folder = await mkdtemp(path.join(tmpdir(), 'second-operation-'));
  for (const name of ['src', 'scripts', 'openapi', 'package.json', 'tsconfig.json', 'redocly.yaml']) {
    await cp(path.join(root, name), path.join(folder, name), { recursive: true });
  }
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  await cp(fixture, path.join(folder, 'openapi'), { recursive: true });

  const entry = path.join(folder, 'openapi/openapi.yaml');
  const added = '  /customers/{customer_id}:\n    $ref: paths/customers_{customer_id}.yaml\n';
  const text = await readFile(entry, 'utf8');
  await writeFile(
    entry,
    text.replace(/^paths:\n/m, (line) => line + added),
  );

  const { code, stdout, stderr } = await run(process.execPath, ['--import', tsx, 'scripts/generate.ts'], folder);
  if (code !== 0) throw new Error(stdout + stderr);
  return {
    folder,
    load: (file) => import(pathToFileURL(path.join(folder, file)).href),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}
