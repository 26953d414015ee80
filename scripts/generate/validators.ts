import { compiled, withoutImports } from './compile.ts';
import { type Description, identifier } from './openapi.ts';

/**
 * One checking function for each schema among the components, compiled ahead of time.
 *
 * `format` stays what JSON Schema 2020-12 makes of it, an annotation: what must be checked has a `pattern`.
 */
export async function validators(description: Description): Promise<{ code: string; declarations: string }> {
  const schemas = description.components?.schemas ?? {};
  const names = Object.keys(schemas);
  return {
    code: names.length === 0 ? 'export {};\n' : await withoutImports(compiled(schemas, false)),
    declarations: declarations(names),
  };
}

function declarations(names: string[]): string {
  return `import type { components } from './openapi.js';

/** One way in which a value breaks its schema. */
export interface Violation {
  /** Where, as a JSON Pointer into the value; empty for the value itself. */
  instancePath: string;
  keyword: string;
  message: string;
}

export interface Validator<Value> {
  (value: unknown): value is Value;
  /** What the last call found; null when the value was valid. */
  errors?: Violation[] | null;
}

${names.map((name) => `export const ${identifier(name)}: Validator<components['schemas'][${JSON.stringify(name)}]>;\n`).join('')}`;
}
