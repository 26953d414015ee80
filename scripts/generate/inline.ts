import type { Schema } from './openapi.ts';

/** What a schema may say beside a `$ref` without checking anything. */
const annotations = ['default', 'deprecated', 'description', 'examples', 'readOnly', 'title', 'writeOnly'];
/** Where a `$ref` is a value and no reference. */
const values = ['const', 'default', 'enum', 'example', 'examples'];
/** A longer schema keeps its name. In characters. */
const longest = 2_000;
/** What all of them may come to: the code of a large description would multiply, and keeps its references. */
const longestTogether = 10_000;

/**
 * The definitions with each other's text in place of `#/$defs/…`. One function then checks a whole body, which makes
 * nothing on its way through a valid one. A definition that holds itself keeps its name.
 */
export function inlineDefinitions(definitions: Record<string, Schema>): Record<string, Schema> {
  const begun = new Set<string>();
  const done = new Map<string, Schema>();

  function getDefinition(name: string): Schema | undefined {
    if (!begun.has(name)) {
      begun.add(name);
      done.set(name, replaceReferences(definitions[name]) as Schema);
    }
    return done.get(name);
  }

  function replaceReferences(value: unknown, key?: string): unknown {
    if (typeof value !== 'object' || value === null || isNoSchema(key)) return value;
    if (Array.isArray(value)) return value.map((item) => replaceReferences(item));
    const name = findReferredName(value as Schema);
    const schema = name !== undefined && Object.hasOwn(definitions, name) ? getDefinition(name) : undefined;
    if (schema !== undefined && countCharacters(schema) <= longest) return schema;
    return Object.fromEntries(Object.entries(value).map(([inner, child]) => [inner, replaceReferences(child, inner)]));
  }

  const result = Object.fromEntries(Object.keys(definitions).map((name) => [name, getDefinition(name) as Schema]));
  return countCharacters(result) <= longestTogether ? result : definitions;
}

/** The definition that stands here by name and with nothing beside it that would check more. */
function findReferredName({ $ref, ...beside }: Schema): string | undefined {
  const plain = Object.keys(beside).every((key) => annotations.includes(key) || key.startsWith('x-'));
  const [, name] = (plain && typeof $ref === 'string' && /^#\/\$defs\/([^/~%]+)$/.exec($ref)) || [];
  return name;
}

/** Of what checks something, in characters. */
function countCharacters(schemas: object): number {
  return JSON.stringify(schemas, (key, value) => (isNoSchema(key) || key === 'description' ? undefined : value)).length;
}

const isNoSchema = (key?: string) => key !== undefined && (values.includes(key) || key.startsWith('x-'));
