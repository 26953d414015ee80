/** The parts of a bundled OpenAPI description that the generators read. Values they pass on stay `unknown`. */

export interface Reference {
  $ref: string;
}
export type Schema = { [keyword: string]: unknown };
export interface Example {
  summary?: string;
  description?: string;
  value?: unknown;
  [extension: `x-${string}`]: unknown;
}
export interface Header {
  required?: boolean;
  example?: unknown;
  examples?: Record<string, Example | Reference>;
  schema?: Schema | Reference;
}
export interface Response {
  headers?: Record<string, Header | Reference>;
  content?: Record<string, { schema?: Schema | Reference; examples?: Record<string, Example | Reference> }>;
}
export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  style?: string;
  explode?: boolean;
  schema?: Schema | Reference;
  [extension: `x-${string}`]: unknown;
}
/** A kind of bearer token (`x-tokens`). */
export interface TokenKind {
  name: string;
  prefix: string;
  pattern?: string;
  refusal: string;
}
export interface SecurityScheme {
  type: string;
  scheme?: string;
  'x-refusals'?: Record<string, string>;
  'x-tokens'?: TokenKind[];
}
type Security = Record<string, string[]>[];
export interface Operation {
  operationId?: string;
  parameters?: (Parameter | Reference)[];
  responses?: Record<string, Response | Reference>;
  security?: Security;
}
export type PathItem = Partial<Record<Method, Operation>> & { parameters?: (Parameter | Reference)[] };
export interface Description {
  openapi: string;
  info: { title: string; version: string };
  servers?: { url: string; 'x-name'?: string; 'x-key-prefix'?: string }[];
  security?: Security;
  paths?: Record<string, PathItem | Reference>;
  components?: {
    schemas?: Record<string, Schema>;
    securitySchemes?: Record<string, SecurityScheme | Reference>;
  };
}

export const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;
export type Method = (typeof methods)[number];

/** Every operation in the order of the description, by its `operationId` or else its method and path. */
export function listOperations(
  description: Description,
): { name: string; path: string; method: Method; pathItem: PathItem; operation: Operation }[] {
  return Object.entries(description.paths ?? {}).flatMap(([path, reference]) => {
    const pathItem = resolve(description, reference);
    return methods.flatMap((method) => {
      const operation = pathItem[method];
      const name = operation?.operationId ?? `${method.toUpperCase()} ${path}`;
      return operation ? [{ name, path, method, pathItem, operation }] : [];
    });
  });
}

/** Follows local references until a value is reached that is none. */
export function resolve<Value extends object>(description: Description, value: Value | Reference): Value {
  let current: unknown = value;
  const seen = new Set<string>();
  while (isReference(current)) {
    const { $ref } = current;
    if (!$ref.startsWith('#/') || seen.has($ref)) throw new Error(`cannot resolve $ref ${$ref}`);
    seen.add($ref);
    current = $ref
      .slice(2)
      .split('/')
      .map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>((parent, key) => (parent as Record<string, unknown> | undefined)?.[key], description);
    if (current === undefined) throw new Error(`$ref ${$ref} points at nothing`);
  }
  return current as Value;
}

function isReference(value: unknown): value is Reference {
  return typeof value === 'object' && value !== null && typeof (value as Partial<Reference>).$ref === 'string';
}

/** The name as a JavaScript identifier: what cannot stand in one becomes `_`. */
export function toIdentifier(name: string): string {
  const plain = name.replace(/[^\p{ID_Continue}$]/gu, '_');
  return /^\p{ID_Start}|^[$_]/u.test(plain) ? plain : `_${plain}`;
}

/** `pet-names` as `petNames`. */
export function toCamelCase(name: string): string {
  return name.replace(/[-_]+(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** The parameters of the path, and those of the operation, which may replace one of the path's. */
export function mergeParameters(
  description: Description,
  shared: readonly (Parameter | Reference)[] = [],
  own: readonly (Parameter | Reference)[] = [],
): (Parameter | Reference)[] {
  const identify = (reference: Parameter | Reference) => {
    const { name, in: place } = resolve(description, reference);
    return `${place} ${name}`;
  };
  return [...new Map([...shared, ...own].map((each) => [identify(each), each])).values()];
}
