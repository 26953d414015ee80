import { type Description, toCamelCase } from './openapi.ts';

/**
 * The facts that a schema lists about its known values (`x-known-values`), as a module of the name that the
 * schema gives it (`x-known-values-module`).
 */
export function* makeKnownValues(
  description: Description,
): Generator<{ schema: string; module: string; code: string; declarations: string }> {
  for (const [schema, { 'x-known-values': values, 'x-known-values-module': module }] of Object.entries(
    description.components?.schemas ?? {},
  )) {
    if (typeof module !== 'string') continue;
    const name = toCamelCase(module);
    const exported = Object.entries({ [name]: values, ...extractNumbers(values as Facts) }).map(
      ([constant, value]) => [constant, JSON.stringify(value, null, 2)] as const,
    );
    yield {
      schema,
      module,
      code: exported.map(([constant, literal]) => `export const ${constant} = ${literal};\n`).join('\n'),
      declarations: exported
        .map(([constant, literal]) => `export const ${constant}: ${makeReadonly(literal)};\n`)
        .join('\n'),
    };
  }
}

type Facts = Record<string, Record<string, unknown>>;

/**
 * Each fact that is a number by itself, null for the values without it: what counts with it need not carry the words
 * beside it.
 */
function extractNumbers(values: Facts): Facts {
  const facts = Object.values(values).flatMap((value) => Object.entries(value));
  const names = new Set(facts.filter(([, fact]) => typeof fact === 'number').map(([name]) => name));
  const pickFact = (fact: string) => Object.entries(values).map(([value, known]) => [value, known[fact] ?? null]);
  return Object.fromEntries([...names].map((fact) => [fact, Object.fromEntries(pickFact(fact))]));
}

/** A JSON object literal is a TypeScript object type too; only `readonly`, commas and the quotes of names differ. */
function makeReadonly(literal: string): string {
  return literal
    .replace(/^( *)(?=")/gm, '$1readonly ')
    .replace(/(?<=^ *readonly )"([A-Za-z_]\w*)"(?=:)/gm, '$1')
    .replace(/,$/gm, ';');
}
