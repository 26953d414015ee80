import { compileValidators, componentPrefix, inlineImports } from './compile.ts';
import {
  type Description,
  type Header,
  listOperations,
  mergeParameters,
  type Parameter,
  type Reference,
  type Response,
  resolve,
  type Schema,
  toCamelCase,
  toIdentifier,
} from './openapi.ts';
import { type Declaration, declareOperations } from './operations-types.ts';
import { outlineSchema } from './outline.ts';
import { listSchemes, readServers } from './security.ts';

/**
 * Each operation as data, with the functions that check its parameters, headers and bodies: compiled once, one for each
 * schema. `format` is an annotation, as JSON Schema 2020-12 has it: the outlines carry it for whoever checks formats.
 */
export async function makeOperations(description: Description): Promise<{ code: string; declarations: string }> {
  const components = description.components?.schemas ?? {};
  const schemas: Record<string, Schema> = { ...components };

  /** The name of the schema, which is also that of the function that checks it; an inline schema is given one. */
  function nameSchema(schema: Schema | Reference): string {
    const { $ref, ...beside } = schema;
    const isComponent =
      typeof $ref === 'string' && $ref.startsWith(componentPrefix) && Object.keys(beside).length === 0;
    const name = isComponent ? $ref.slice(componentPrefix.length) : `inline ${Object.keys(schemas).length}`;
    schemas[name] ??= schema as Schema;
    return name;
  }
  const referToCheck = (schema: Schema | Reference) => `=>${toIdentifier(nameSchema(schema))}`;
  const readTypes = (schema: Schema | Reference) => [resolve(description, schema).type ?? []].flat();

  function describeParameter(reference: Parameter | Reference) {
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
      types: readTypes(schema),
      property: toCamelCase(name),
      ...(expected === undefined ? {} : { expected }),
      ...(example === undefined ? {} : { example }),
      ...(rest['x-sent-value'] === undefined ? {} : { value: rest['x-sent-value'] }),
      ...(rest['x-filters'] === undefined ? {} : { filters: rest['x-filters'] }),
      validate: referToCheck(schema),
    };
  }

  function describeHeader([name, reference]: [string, Header | Reference]) {
    const { required = false, schema } = resolve(description, reference);
    // OpenAPI ignores a Content-Type here: the media types say it.
    if (schema === undefined || name.toLowerCase() === 'content-type') return [];
    return [[name, { required, types: readTypes(schema), validate: referToCheck(schema) }] as const];
  }

  function describeResponse({ headers = {}, content = {} }: Response) {
    const bodies = Object.entries(content).map(([mediaType, { schema = {} }]) => [
      mediaType,
      { schema: nameSchema(schema), validate: referToCheck(schema) },
    ]);
    return {
      headers: Object.fromEntries(Object.entries(headers).flatMap(describeHeader)),
      content: Object.fromEntries(bodies),
    };
  }

  const found: (Declaration & { errors: object })[] = listOperations(description).map(
    ({ name, path, method, pathItem, operation }) => {
      const parameters = mergeParameters(description, pathItem.parameters, operation.parameters).map(describeParameter);
      const responses = Object.entries(operation.responses ?? {}).map(
        ([status, reference]) => [status, describeResponse(resolve(description, reference))] as const,
      );
      const secured = listSchemes(description, operation).length > 0;
      const successes = Object.fromEntries(responses.filter(([status]) => !isError(status)));
      return {
        name,
        data: { method: method.toUpperCase(), path, secured, parameters, responses: successes },
        errors: Object.fromEntries(responses.filter(([status]) => isError(status))),
      };
    },
  );

  const outlines = Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, outlineSchema(schema)]));
  const functions = Object.keys(schemas).length === 0 ? '' : compileValidators(schemas, Object.keys(components));
  const declareConstant = (name: string, value: unknown) =>
    `export const ${name} = ${JSON.stringify(value, null, 2).replace(/"=>([^"]+)"/g, '$1')};\n`;
  const { servers, tokenKinds, tokenRefusals } = readServers(description);
  return {
    code: await inlineImports(
      [
        functions,
        declareConstant('operations', Object.fromEntries(found.map(({ name, data }) => [name, data]))),
        // In a constant of their own, which a bundle leaves out that does not check them.
        declareConstant('errorResponses', Object.fromEntries(found.map(({ name, errors }) => [name, errors]))),
        declareConstant('outlines', outlines),
        declareConstant('servers', servers),
        declareConstant('tokenKinds', tokenKinds),
        declareConstant('tokenRefusals', tokenRefusals),
      ].join('\n'),
    ),
    declarations: declareOperations(Object.keys(components), found, servers),
  };
}

/** Below 400, `default` would declare a redirect. */
const isError = (status: string) => /^([45]|default$)/.test(status);
