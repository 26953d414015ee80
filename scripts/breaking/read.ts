import { readFile } from 'node:fs/promises';
import semver from 'semver';
import type { Description } from '../generate/openapi.ts';

/** The text as a bundled description with a version; `name` is what an error calls it. */
export function parseDescription(text: string, name: string): Description {
  let value: Partial<Description> | null;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`${name} is not JSON.`);
  }
  if (typeof value?.openapi !== 'string' || !/^3\./.test(value.openapi)) {
    throw new Error(`${name} is not an OpenAPI 3 description.`);
  }
  const version: unknown = value.info?.version;
  if (typeof version !== 'string' || semver.valid(version) === null) {
    throw new Error(`${name} has no semantic version at info.version.`);
  }
  return value as Description;
}

export async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`${file} cannot be read: ${error.code}.`);
  });
}
