import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { type Description, identifier } from './openapi.ts';

const documentId = 'openapi';
/** Words of OpenAPI's own that a schema may carry and that check nothing. */
const openapiKeywords = ['discriminator', 'example', 'externalDocs', 'xml'];

/**
 * One checking function for each schema among the components, compiled ahead of time.
 *
 * `format` stays what JSON Schema 2020-12 makes of it, an annotation: what must be checked has a `pattern`.
 */
export async function validators(description: Description): Promise<{ code: string; declarations: string }> {
  const names = Object.keys(description.components?.schemas ?? {});
  const ajv = new Ajv2020({
    code: { source: true, esm: true, lines: true },
    allErrors: true,
    // Types are not narrowed in every good description; misspelt keywords are still refused.
    strictTypes: false,
    strictTuples: false,
    validateFormats: false,
  });
  // Bookkeeping for `unevaluated…` and `$dynamicRef` doubles the code and keeps bundlers from dropping any of it.
  const text = JSON.stringify(description.components?.schemas ?? {});
  ajv.opts.unevaluated = text.includes('"unevaluated');
  ajv.opts.dynamicRef = text.includes('"$dynamic');
  const schemas = asDefinitions(description.components?.schemas ?? {});
  ajv.addVocabulary([...openapiKeywords, ...extensionsIn(schemas)]);
  ajv.addSchema({ $id: documentId, $defs: schemas });
  const exported = Object.fromEntries(
    names.map((name) => [identifier(name), `${documentId}#/$defs/${encodePointer(name)}`]),
  );
  return {
    code: names.length === 0 ? 'export {};\n' : await withoutImports(standaloneCode.default(ajv, exported)),
    declarations: declarations(names),
  };
}

/** Ajv compiles a schema, not a description: the components become the definitions of one. */
function asDefinitions<Value>(value: Value): Value {
  const text = JSON.stringify(value, (key, child: unknown) =>
    key === '$ref' && typeof child === 'string' ? child.replace(/^#\/components\/schemas\//, '#/$defs/') : child,
  );
  return JSON.parse(text) as Value;
}

/** Ajv requires a helper at run time for some keywords: they are put into the file. */
async function withoutImports(contents: string): Promise<string> {
  const result = await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'js' },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    write: false,
  });
  return (result.outputFiles[0]?.text ?? '').replace('// <stdin>\n', '');
}

function declarations(names: string[]): string {
  return `import type { components } from './openapi.js';

/** One way in which a value breaks its schema. */
export interface Violation {
  /** Where, as a JSON Pointer into the value; empty for the value itself. */
  instancePath: string;
  keyword: string;
  message: string;
  params: Record<string, unknown>;
}

export interface Validator<Value> {
  (value: unknown): value is Value;
  /** What the last call found; null when the value was valid. */
  errors?: Violation[] | null;
}

${names.map((name) => `export const ${identifier(name)}: Validator<components['schemas'][${JSON.stringify(name)}]>;\n`).join('')}`;
}

function extensionsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) {
      if (key.startsWith('x-')) found.add(key);
      extensionsIn(child, found);
    }
  }
  return found;
}

function encodePointer(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
}
