import { compiled, componentPrefix, withoutImports } from './compile.ts';
import {
  allParameters,
  camelCase,
  type Description,
  type Header,
  identifier,
  namedOperations,
  type Parameter,
  type Reference,
  type Response,
  resolve,
  type Schema,
} from './openapi.ts';
import { type Declaration, declarations } from './operations-types.ts';
import { outline } from './outline.ts';
import { namedServers, securityOf } from './security.ts';

/**
 * Each operation as data, with the functions that check its parameters, headers and bodies: compiled once, one for each
 * schema. `format` is an annotation, as JSON Schema 2020-12 has it: the outlines carry it for whoever checks formats.
 */
export async function operations(description: Description): Promise<{ code: string; declarations: string }> {
  const components = description.components?.schemas ?? {};
  const schemas: Record<string, Schema> = { ...components };

  /** The name of the schema, which is also that of the function that checks it; an inline schema is given one. */
  function nameOf(schema: Schema | Reference): string {
    const { $ref, ...beside } = schema;
    const isComponent =
      typeof $ref === 'string' && $ref.startsWith(componentPrefix) && Object.keys(beside).length === 0;
    const name = isComponent ? $ref.slice(componentPrefix.length) : `inline ${Object.keys(schemas).length}`;
    schemas[name] ??= schema as Schema;
    return name;
  }
  const check = (schema: Schema | Reference) => `=>${identifier(nameOf(schema))}`;
  const typesOf = (schema: Schema | Reference) => [resolve(description, schema).type ?? []].flat();

  function parameter(reference: Parameter | Reference) {
    const { name, in: place, required = false, style, explode, schema = {}, ...rest } = resolve(description, reference);
    const defaultStyle = place === 'query' || place === 'cookie' ? 'form' : 'simple';
    const resolved = resolve(description, schema);
    const item = resolve(description, (resolved.items ?? {}) as Schema);
    const [example] = (resolved.examples ?? item.examples ?? []) as unknown[];
    const expected = resolved['x-expected'] ?? item['x-expected'];
    return {
      name,
      in: place,
      required,
      style: style ?? defaultStyle,
      explode: explode ?? (style ?? defaultStyle) === 'form',
      types: typesOf(schema),
      property: camelCase(name),
      ...(expected === undefined ? {} : { expected }),
      ...(example === undefined ? {} : { example }),
      ...(rest['x-sent-value'] === undefined ? {} : { value: rest['x-sent-value'] }),
      ...(rest['x-filters'] === undefined ? {} : { filters: rest['x-filters'] }),
      validate: check(schema),
    };
  }

  function header([name, reference]: [string, Header | Reference]) {
    const { required = false, schema } = resolve(description, reference);
    // OpenAPI ignores a Content-Type here: the media types say it.
    if (schema === undefined || name.toLowerCase() === 'content-type') return [];
    return [[name, { required, types: typesOf(schema), validate: check(schema) }] as const];
  }

  function response({ headers = {}, content = {} }: Response) {
    const bodies = Object.entries(content).map(([mediaType, { schema = {} }]) => [
      mediaType,
      { schema: nameOf(schema), validate: check(schema) },
    ]);
    return {
      headers: Object.fromEntries(Object.entries(headers).flatMap(header)),
      content: Object.fromEntries(bodies),
    };
  }

  const found: (Declaration & { errors: object })[] = namedOperations(description).map(
    ({ name, path, method, pathItem, operation }) => {
      const parameters = allParameters(description, pathItem.parameters, operation.parameters).map(parameter);
      const responses = Object.entries(operation.responses ?? {}).map(
        ([status, reference]) => [status, response(resolve(description, reference))] as const,
      );
      const secured = securityOf(description, operation).length > 0;
      const successes = Object.fromEntries(responses.filter(([status]) => !isError(status)));
      return {
        name,
        data: { method: method.toUpperCase(), path, secured, parameters, responses: successes },
        errors: Object.fromEntries(responses.filter(([status]) => isError(status))),
      };
    },
  );

  const outlines = Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, outline(schema)]));
  const functions = Object.keys(schemas).length === 0 ? '' : compiled(schemas, Object.keys(components));
  const constant = (name: string, value: unknown) =>
    `export const ${name} = ${JSON.stringify(value, null, 2).replace(/"=>([^"]+)"/g, '$1')};\n`;
  const { servers, tokenKinds, tokenRefusals } = namedServers(description);
  return {
    code: await withoutImports(
      [
        functions,
        constant('operations', Object.fromEntries(found.map(({ name, data }) => [name, data]))),
        // In a constant of their own, which a bundle leaves out that does not check them.
        constant('errorResponses', Object.fromEntries(found.map(({ name, errors }) => [name, errors]))),
        constant('outlines', outlines),
        constant('servers', servers),
        constant('tokenKinds', tokenKinds),
        constant('tokenRefusals', tokenRefusals),
      ].join('\n'),
    ),
    declarations: declarations(Object.keys(components), found, servers),
  };
}

/** Below 400, `default` would declare a redirect. */
const isError = (status: string) => /^([45]|default$)/.test(status);
