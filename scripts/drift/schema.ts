import { type Description, type Reference, resolve, type Schema } from '../generate/openapi.ts';
import { getOrAddPart, makePart, type Part } from './part.ts';

/** What says nothing about which values are valid. */
const annotations = new Set(
  '$comment description discriminator example examples externalDocs readOnly title writeOnly xml'.split(' '),
);
const isNull = ({ type }: Schema) => type === 'null';

/**
 * The schema with its references, `allOf` and alternatives laid out by field, so that it doesn't matter how an author
 * cut it into components.
 */
export function makeSchemaPart(description: Description, schema: Schema | Reference): Part {
  const part = makePart();
  addSchema(part, schema as Schema, []);
  return part;

  function addSchema(target: Part, node: Schema, open: readonly unknown[]): void {
    const {
      $ref,
      allOf = [],
      oneOf = [],
      anyOf = [],
      type = [],
      properties = {},
      required = [],
      items,
      ...rest
    } = node;
    if (open.includes($ref ?? node)) {
      target.facts.recursive = true;
      return;
    }
    const within = [...open, $ref ?? node];
    if (typeof $ref === 'string') addSchema(target, resolve<Schema>(description, { $ref }), within);
    for (const each of allOf as Schema[]) addSchema(target, each, within);
    for (const [keyword, alternatives] of Object.entries({ oneOf, anyOf } as Record<string, Schema[]>)) {
      const values = alternatives.filter((each) => !isNull(each));
      for (const [index, each] of values.entries()) {
        addSchema(values.length === 1 ? target : getOrAddPart(target, `${keyword} ${index + 1}`), each, within);
      }
      if (values.length < alternatives.length) addType(target, 'null');
    }
    for (const name of [type].flat()) addType(target, name as string);
    for (const [name, child] of Object.entries(properties as Record<string, Schema>)) {
      const property = getOrAddPart(target, name);
      property.facts.required ??= false;
      addSchema(property, child, within);
    }
    for (const name of required as string[]) getOrAddPart(target, name).facts.required = true;
    if (items !== undefined) addSchema(getOrAddPart(target, '[]'), items as Schema, within);
    addKeywords(target, rest);
  }
}

function addType(target: Part, name: string): void {
  const known = (target.facts.type as string[] | undefined) ?? [];
  target.facts.type = [...new Set([...known, name])].sort();
}

function addKeywords(target: Part, { enum: closed, const: only, nullable, ...rest }: Schema): void {
  if (nullable === true) addType(target, 'null');
  if (Array.isArray(closed) || only !== undefined) addValues(target, Array.isArray(closed) ? closed : [only], true);
  for (const [keyword, value] of Object.entries(rest)) {
    if (keyword === 'x-known-values') addValues(target, Object.keys(value as object), false);
    else if (annotations.has(keyword) || keyword.startsWith('x-')) continue;
    else if (keyword === 'pattern') target.facts.pattern = expandDigits(String(value));
    // What holds where nothing is said.
    else if (
      !(keyword === 'additionalProperties' && value === true) &&
      !(keyword === 'deprecated' && value === false)
    ) {
      target.facts[keyword] = value;
    }
  }
}

/** The values of a set, which is closed where no other is valid. */
function addValues(target: Part, values: unknown[], isClosed: boolean): void {
  const set = getOrAddPart(target, 'values');
  set.facts.closed = isClosed || set.facts.closed === true;
  for (const value of values) getOrAddPart(set, String(value));
}

/** `\d` as `0-9`, which is the same in the patterns of JSON Schema. */
function expandDigits(pattern: string): string {
  return pattern.replace(/\[(?:\\.|[^\]\\])*\]|\\d/g, (part) =>
    part === '\\d' ? '[0-9]' : part.replaceAll('\\d', '0-9'),
  );
}
