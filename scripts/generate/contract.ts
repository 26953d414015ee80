import { compiled, componentPrefix, withoutImports } from './compile.ts';
import {
  type Description,
  type Header,
  identifier,
  namedOperations,
  type Reference,
  type Response,
  resolve,
  type Schema,
} from './openapi.ts';
import { outline } from './outline.ts';

/**
 * What each operation may answer, as one module: the statuses, and for each its headers and media types with the
 * functions that check them, `format` included.
 */
export async function contract(description: Description): Promise<{ code: string; declarations: string }> {
  const components = description.components?.schemas ?? {};
  const schemas: Record<string, Schema> = { ...components };

  /** The name of the function that checks a schema; one that stands in its place without a name is given one. */
  function check(schema: Schema | Reference): string {
    const { $ref, ...beside } = schema;
    const isComponent =
      typeof $ref === 'string' && $ref.startsWith(componentPrefix) && Object.keys(beside).length === 0;
    const name = isComponent ? $ref.slice(componentPrefix.length) : `inline schema ${Object.keys(schemas).length}`;
    schemas[name] ??= schema as Schema;
    return identifier(name);
  }

  function declaredHeader([name, reference]: [string, Header | Reference]) {
    const { required = false, schema } = resolve(description, reference);
    // OpenAPI ignores a Content-Type here: the media types say it.
    if (schema === undefined || name.toLowerCase() === 'content-type') return [];
    return [
      [name, { required, types: [resolve(description, schema).type ?? []].flat(), check: check(schema) }] as const,
    ];
  }

  function declared({ headers = {}, content = {} }: Response) {
    const bodies = Object.entries(content).map(([mediaType, { schema = {} }]) => [
      mediaType,
      { check: check(schema), outline: outline(schema) },
    ]);
    return {
      headers: Object.fromEntries(Object.entries(headers).flatMap(declaredHeader)),
      content: Object.fromEntries(bodies),
    };
  }

  const operations = Object.fromEntries(
    namedOperations(description).map(({ name, operation }) => [
      name,
      Object.fromEntries(
        Object.entries(operation.responses ?? {}).map(([status, reference]) => [
          status,
          declared(resolve(description, reference)),
        ]),
      ),
    ]),
  );
  const outlines = Object.fromEntries(Object.entries(components).map(([name, schema]) => [name, outline(schema)]));
  // The functions are of this file alone, and stand in the data by their names.
  const functions = Object.keys(schemas).length === 0 ? '' : compiled(schemas, true).replace(/^export /gm, '');
  const data = JSON.stringify(operations, null, 2).replace(/"check": "(.+)"/g, '"check": $1');
  return {
    code: await withoutImports(
      `${functions}\nexport const operations = ${data};\nexport const outlines = ${JSON.stringify(outlines, null, 2)};\n`,
    ),
    declarations: declarations(Object.keys(operations)),
  };
}

function declarations(names: string[]): string {
  return `import type { Validator } from './validators.js';

/** What each operation may answer, by its status; it may also be a range such as \`4XX\`, or \`default\`. */
export const operations: {
${names.map((name) => `  readonly ${JSON.stringify(name)}: Readonly<Record<string, DeclaredResponse>>;\n`).join('')}};

/** What each named schema knows, by the schema's name. */
export const outlines: Readonly<Record<string, Outline>>;

export interface DeclaredResponse {
  /** By the name of the header. */
  readonly headers: Readonly<Record<string, DeclaredHeader>>;
  /** By the media type; none where the response has no body. */
  readonly content: Readonly<Record<string, DeclaredBody>>;
}

export interface DeclaredHeader {
  readonly required: boolean;
  /** The types that the value may have once it is read from the text; any where there are none. */
  readonly types: readonly string[];
  /** Formats included. */
  readonly check: Validator<unknown>;
}

export interface DeclaredBody {
  /** Formats included. */
  readonly check: Validator<unknown>;
  readonly outline: Outline;
}

/** What a schema knows of the values that it allows, and need not be all of it. */
export interface Outline {
  /** The properties of an object. */
  readonly properties?: Readonly<Record<string, Outline>>;
  /** Whether all other properties are declared too. */
  readonly anyProperty?: boolean;
  /** The items of an array. */
  readonly items?: Outline;
  /** The known values of an open set. */
  readonly known?: readonly string[];
  /** Named schemas that say more about the same value. */
  readonly refs?: readonly string[];
  /** Schemas without a name that do. */
  readonly parts?: readonly Outline[];
}
`;
}
