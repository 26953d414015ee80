import { parseYaml } from '@redocly/openapi-core';
import { readText } from '../breaking/read.ts';
import type { Description } from '../generate/openapi.ts';

/** The OpenAPI description in a file, JSON or YAML. */
export async function readDescription(file: string): Promise<Description> {
  const text = await readText(file);
  let value: Partial<Description> | null | undefined;
  try {
    // The YAML parser reads JSON too, but slowly.
    value = /^\s*\{/.test(text) ? JSON.parse(text) : (parseYaml(text) as Partial<Description>);
  } catch (error) {
    throw new Error(`${file} is neither JSON nor YAML: ${(error as Error).message}`);
  }
  if (typeof value?.openapi !== 'string' || !value.openapi.startsWith('3.') || value.info === undefined) {
    throw new Error(`${file} is not an OpenAPI 3 description.`);
  }
  return value as Description;
}
