import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { bundle, createConfig, formatProblems, getTotals, lint, loadConfig } from '@redocly/openapi-core';
import type { Description } from './openapi.ts';
import { finishDescription, portable } from './portable.ts';

/**
 * Lints with the rules of redocly.yaml and prints what is wrong, a warning too.
 *
 * @returns whether nothing was found.
 */
export async function isClean(spec: string): Promise<boolean> {
  const problems = await lint({ ref: spec, config: await loadConfig() });
  formatProblems(problems, { totals: getTotals(problems) });
  return problems.length === 0;
}

/** The description and everything it refers to, as one document for every tool, and the files that it is made of. */
export async function bundleDescription(spec: string): Promise<{ description: Description; sources: string[] }> {
  const config = await createConfig({ plugins: [portable], decorators: { 'generate/portable': 'on' } });
  const { bundle: document, problems, fileDependencies } = await bundle({ ref: spec, config });
  if (problems.length > 0) {
    throw new Error(`${spec} cannot be bundled: ${problems.map(({ message }) => message).join('; ')}`);
  }
  const description = document.parsed as Description;
  if (!/^3\.1\./.test(description.openapi)) {
    throw new Error(`${spec} says openapi: ${description.openapi}; this generator reads OpenAPI 3.1`);
  }
  return {
    description: finishDescription(description),
    sources: [...fileDependencies].filter((file) => path.isAbsolute(file)),
  };
}

/** SHA-256 over the names and texts of the files, so that each edit is seen. */
export async function hashFiles(folder: string, files: string[]): Promise<string> {
  const names = files.map((file) => path.relative(folder, file).replaceAll(path.sep, '/')).sort();
  const hash = createHash('sha256');
  for (const name of names) {
    const text = await readFile(path.join(folder, name), 'utf8');
    hash.update(`${name}\n${text.replaceAll('\r\n', '\n')}\n`);
  }
  return hash.digest('hex');
}
