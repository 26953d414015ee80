import { camelCase, type Description } from './openapi.ts';

/**
 * The facts that a schema lists about its known values (`x-known-values`), as a module of the name that the
 * schema gives it (`x-known-values-module`).
 */
export function* knownValues(
  description: Description,
): Generator<{ schema: string; module: string; code: string; declarations: string }> {
  for (const [schema, { 'x-known-values': values, 'x-known-values-module': module }] of Object.entries(
    description.components?.schemas ?? {},
  )) {
    if (typeof module !== 'string') continue;
    const name = camelCase(module);
    const literal = JSON.stringify(values, null, 2);
    yield {
      schema,
      module,
      code: `export const ${name} = ${literal};\n`,
      declarations: `export const ${name}: ${readonly(literal)};\n`,
    };
  }
}

/** A JSON object literal is a TypeScript object type too; only the commas and `readonly` differ. */
function readonly(literal: string): string {
  return literal.replace(/^( *)"/gm, '$1readonly "').replace(/,$/gm, ';');
}
