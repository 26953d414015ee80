import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { inlineDefinitions } from './inline.ts';
import { type Schema, toIdentifier } from './openapi.ts';
import { uniqueBy } from './unique-by.ts';

const documentId = 'openapi';
/** After more violations than these no further item of a list is checked: a hostile body of a megabyte may have millions. */
const enoughViolations = 1000;
/** Words of OpenAPI's own that a schema may carry and that check nothing. */
const openapiKeywords = ['discriminator', 'example', 'externalDocs', 'xml'];

/**
 * A checking function for each schema, as code: constants that are named as the schemas.
 *
 * @param schemas the components, and others that may refer to them.
 * @param exported the names of those that the module exports.
 */
export function compileValidators(schemas: Record<string, Schema>, exported: string[]): string {
  const ajv = new Ajv2020({
    code: { source: true, esm: true, lines: true },
    allErrors: true,
    // Types are not narrowed in every good description; misspelt keywords are still refused.
    strictTypes: false,
    strictTuples: false,
    // JSON Schema 2020-12 makes an annotation of `format`; checking it would double the code.
    validateFormats: false,
  });
  // Bookkeeping for `unevaluated…` and `$dynamicRef` doubles the code and keeps bundlers from dropping any of it.
  const text = JSON.stringify(schemas);
  ajv.opts.unevaluated = text.includes('"unevaluated');
  ajv.opts.dynamicRef = text.includes('"$dynamic');
  const definitions = inlineDefinitions(toDefinitions(schemas));
  ajv.addKeyword(uniqueBy);
  const extensions = collectKeys(definitions).filter((key) => key.startsWith('x-') && key !== uniqueBy.keyword);
  ajv.addVocabulary([...openapiKeywords, ...extensions]);
  ajv.addSchema({ $id: documentId, $defs: definitions });
  const pointers = Object.keys(schemas).map(
    (name) => [toIdentifier(name), `${documentId}#/$defs/${encodePointer(name)}`] as const,
  );
  const isExported = new Set(exported.map(toIdentifier));
  return shortenCode(standaloneCode.default(ajv, Object.fromEntries(pointers))).replace(
    /^export (const ([\p{ID_Continue}$]+) )/gmu,
    (whole, declaration: string, name: string) => (isExported.has(name) ? whole : declaration),
  );
}

/** Without what nobody reads: of a violation its rule, where in the schema that stands, and its message in parts. */
function shortenCode(code: string): string {
  const short = dropCounts(
    code
      .replace(/schemaPath:"(?:[^"\\]|\\.)*",/g, '')
      .replace(/keyword:"(?:[^"\\]|\\.)*",/g, '')
      .replace(
        /\(\(typeof (\w+) == "number"\) && \(!\(\1 % 1\) && !isNaN\(\1\)\)\) && \(isFinite\(\1\)\)/g,
        'Number.isInteger($1)',
      )
      .replace(/params:\{(?:[^"{}]|"(?:[^"\\]|\\.)*")*\},/g, '')
      .replace(
        /const (\w+) = (\{.*\});\s*if\(vErrors === null\)\{\s*vErrors = \[\1\];\s*\}\s*else \{\s*vErrors\.push\(\1\);\s*\}/g,
        '(vErrors ??= []).push($2);',
      )
      .replace(/\bfor\(let (\w+)=0; \1<\w+; \1\+\+\)\{/g, boundLoop)
      .replace(/\bfor\(const \w+ in \w+\)\{/g, boundLoop),
  );
  // Only functions that call one another tell where the value stands.
  if (short.includes(',rootData}')) return short;
  return short
    .replace(/, \{instancePath="", parentData, parentDataProperty, rootData=data[^}]*\}=\{\}/g, '')
    .replace(/\binstancePath:instancePath\+/g, 'instancePath:')
    .replaceAll('{instancePath,', '{instancePath:"",');
}

const boundLoop = `$&if(vErrors?.length > ${enoughViolations})break;`;

/** Without a count of the violations beside their list, unless a rule such as `anyOf` compares counts. */
function dropCounts(code: string): string {
  if (/\b_errs\d|errors = vErrors\.length/.test(code)) return code;
  return code
    .replace(/\berrors\+\+;/g, '')
    .replace(/\blet errors = 0;/g, '')
    .replace(/\breturn errors === 0;/g, 'return vErrors === null;');
}

/** Ajv requires a helper at run time for some keywords: they are put into the file. */
export async function inlineImports(contents: string): Promise<string> {
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

export const componentPrefix = '#/components/schemas/';

/** Ajv compiles a schema, not a description: the components become the definitions of one. */
function toDefinitions<Value>(value: Value): Value {
  const text = JSON.stringify(value, (key, child: unknown) =>
    key === '$ref' && typeof child === 'string' && child.startsWith(componentPrefix)
      ? `#/$defs/${child.slice(componentPrefix.length)}`
      : child,
  );
  return JSON.parse(text) as Value;
}

function collectKeys(value: unknown, found = new Set<string>()): string[] {
  JSON.stringify(value, (key, child: unknown) => {
    found.add(key);
    return child;
  });
  return [...found];
}

function encodePointer(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
}
