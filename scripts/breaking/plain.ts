import { type Description, methods, type Operation, type Reference, resolve } from '../generate/openapi.ts';

type Node = Record<string, unknown>;
interface Parameter extends Node {
  name: string;
  in: string;
}

/** Keys under which the names are the author's own, so that `x-` at the start of one means nothing. */
const mapsOfNames = new Set(
  'properties patternProperties $defs dependentSchemas schemas responses parameters examples requestBodies headers securitySchemes links callbacks pathItems paths content encoding variables webhooks'.split(
    ' ',
  ),
);

/**
 * The description in the words that a comparison by nodes understands. What OpenAPI means where nothing is said is
 * said, so that writing a default out is no change, and what such a comparison does not look into becomes text.
 */
export function plain(description: Description): Description {
  const copy = structuredClone(description) as Description & Node;
  delete copy['x-generated'];
  for (const pathItem of Object.values(copy.paths ?? {})) {
    const item = resolve(copy, pathItem) as Node;
    for (const method of methods) {
      const operation = item[method] as (Operation & Node) | undefined;
      if (operation === undefined) continue;
      operation.security ??= structuredClone(copy.security ?? []);
      operation.parameters = ownAndShared(copy, operation.parameters, item.parameters);
    }
    delete item.parameters;
  }
  delete copy.security;
  walk(copy, '', '');
  return copy;
}

/** The operation's own parameters and those of its path that it doesn't replace. */
export function ownAndShared(description: Description, own: unknown, shared: unknown): unknown[] {
  const list = (value: unknown) => (value ?? []) as (Parameter | Reference)[];
  const key = (parameter: Parameter | Reference) => {
    const { name, in: place } = resolve<Parameter>(description, parameter);
    return `${place} ${name}`;
  };
  const taken = new Set(list(own).map(key));
  return [...list(shared).filter((parameter) => !taken.has(key(parameter))), ...list(own)];
}

function walk(value: unknown, key: string, parentKey: string): void {
  if (typeof value !== 'object' || value === null) return;
  const node = value as Node;
  if (!Array.isArray(value)) sayDefaults(node, parentKey);
  for (const [name, child] of Object.entries(node)) {
    const opaque = (name.startsWith('x-') && !mapsOfNames.has(key)) || (parentKey === 'examples' && name === 'value');
    if (opaque && typeof child === 'object') node[name] = JSON.stringify(child);
    else if (isSet(name, child)) node[name] = [...child].sort();
    else walk(child, name, key);
  }
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
