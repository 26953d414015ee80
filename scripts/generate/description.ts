import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { bundle, createConfig, formatProblems, getTotals, lint, loadConfig } from '@redocly/openapi-core';
import type { Description } from './openapi.ts';

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

/** The description and everything it refers to, as one document. */
export async function bundled(spec: string): Promise<Description> {
  const { bundle: document, problems } = await bundle({ ref: spec, config: await createConfig({}) });
  if (problems.length > 0) {
    throw new Error(`${spec} cannot be bundled: ${problems.map(({ message }) => message).join('; ')}`);
  }
  const description = document.parsed as Description;
  if (!/^3\.1\./.test(description.openapi)) {
    throw new Error(`${spec} says openapi: ${description.openapi}; this generator reads OpenAPI 3.1`);
  }
  return description;
}

/** SHA-256 over the names and texts of every file in the description's folder, so that each edit is seen. */
export async function digest(spec: string): Promise<string> {
  const folder = path.dirname(spec);
  const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .sort();
  const hash = createHash('sha256');
  for (const file of files) {
    const text = await readFile(path.join(folder, file), 'utf8');
    hash.update(`${file}\n${text.replaceAll('\r\n', '\n')}\n`);
  }
  return hash.digest('hex');
}
