import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { run } from './process.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The packed package, and the files in it. */
    tarball: { file: string; files: string[] };
  }
}

/** Packs once for all tests: the build empties `dist`, so that two at a time would take it from each other. */
export default async function packOnce({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'packed-'));
  const { code, stdout, stderr } = await run('npm', ['pack', '--json', '--pack-destination', folder]);
  if (code !== 0) throw new Error(`npm pack failed:\n${stdout}${stderr}`);
  // npm 11 answers with a list, npm 12 with an object by package name; the build may print before it.
  const json: unknown = JSON.parse(/[[{][\s\S]*/.exec(stdout)?.[0] ?? stderr);
  const [first] = Object.values(json as Record<string, { filename: string; files: { path: string }[] }>);
  if (first === undefined) throw new Error(`npm pack answered ${stdout}`);
  provide('tarball', { file: path.join(folder, first.filename), files: first.files.map((file) => file.path) });
  return () => rm(folder, { recursive: true });
}
