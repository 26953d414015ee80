import {
  type Description,
  mergeParameters,
  methods,
  type Operation,
  type Reference,
  resolve,
} from '../generate/openapi.ts';

type Node = Record<string, unknown>;

/** Keys under which the names are the author's own, so that `x-` at the start of one means nothing. */
const mapsOfNames = new Set(
  'properties patternProperties $defs dependentSchemas schemas responses parameters examples requestBodies headers securitySchemes links callbacks pathItems paths content encoding variables webhooks'.split(
    ' ',
  ),
);

/**
 * The description in the words that a comparison by nodes understands. Parts other than schemas stand where they are
 * used, and what OpenAPI means where nothing is said is said: neither a reference nor a default that is written out is a
 * change. What such a comparison does not look into becomes plain properties or text.
 */
export function normalizeDescription(description: Description): Description {
  const copy = inlineReferences(description, description) as Description & Node;
  delete copy['x-generated'];
  const { schemas, securitySchemes } = (copy.components ?? {}) as Node;
  copy.components = { schemas, securitySchemes } as NonNullable<Description['components']>;
  for (const item of Object.values(copy.paths ?? {}) as Node[]) {
    for (const method of methods) {
      const operation = item[method] as (Operation & Node) | undefined;
      if (operation === undefined) continue;
      operation.security ??= structuredClone(copy.security ?? []);
      operation.parameters = mergeParameters(copy, item.parameters as [], operation.parameters);
    }
    delete item.parameters;
  }
  delete copy.security;
  walk(copy, '', '');
  return copy;
}

/** A copy in which only schemas are referred to: code has their names. */
function inlineReferences(value: unknown, description: Description): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => inlineReferences(item, description));
  const { $ref } = value as Partial<Reference>;
  if ($ref?.startsWith('#/components/schemas/') === false)
    return inlineReferences(resolve(description, value), description);
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, inlineReferences(child, description)]));
}

function walk(value: unknown, key: string, parentKey: string): void {
  if (typeof value !== 'object' || value === null) return;
  const node = value as Node;
  if (!Array.isArray(value)) sayDefaults(node, parentKey);
  for (const [name, child] of Object.entries(node)) {
    if (name.startsWith('x-') && !mapsOfNames.has(key)) {
      delete node[name];
      Object.assign(node, flatten(name, child));
    } else if (parentKey === 'examples' && name === 'value') node[name] = JSON.stringify(child);
    else if (isSet(name, child)) node[name] = [...child].sort();
    else walk(child, name, key);
  }
}

/** An extension as a property for each value in it: `x-permissions/customer.read`. */
function flatten(name: string, value: unknown): Node {
  if (typeof value !== 'object' || value === null) return { [name]: value };
  const parts = Object.entries(value).map(([key, child]) =>
    Array.isArray(value) && typeof child === 'string'
      ? { [`${name}/${child}`]: true }
      : flatten(`${name}/${key}`, child),
  );
  return Object.assign({}, ...parts);
}

/** Lists whose order says nothing. */
function isSet(key: string, value: unknown): value is unknown[] {
  return ['required', 'enum', 'type'].includes(key) && Array.isArray(value);
}

/** Of a parameter or a header. */
export function sayDefaults(node: Node, parentKey: string): void {
  if (!['parameters', 'headers'].includes(parentKey) || node.$ref !== undefined) return;
  node.required ??= false;
  // Without a schema it has `content`, and no style.
  if (node.schema === undefined) return;
  node.style ??= node.in === 'query' || node.in === 'cookie' ? 'form' : 'simple';
  node.explode ??= node.style === 'form';
  if (node.in === 'query') node.allowReserved ??= false;
}
