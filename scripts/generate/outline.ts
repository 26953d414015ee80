import { componentPrefix } from './compile.ts';
import type { Reference, Schema } from './openapi.ts';

export interface Outline {
  properties?: Record<string, Outline>;
  anyProperty?: true;
  items?: Outline;
  known?: string[];
  format?: string;
  refs?: string[];
  parts?: Outline[];
}

/** What a schema knows of the values that it allows: names of properties and known values, and no limits. */
export function outlineSchema(schema: Schema | Reference): Outline {
  const { $ref, properties, patternProperties, additionalProperties, items, ...rest } = schema as Schema;
  const known = rest['x-known-values'];
  const parts = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => (rest[keyword] ?? []) as Schema[]).map(outlineSchema);
  const anyProperty =
    patternProperties !== undefined || isSchema(additionalProperties) || additionalProperties === true;
  return {
    ...(isSchema(properties) ? { properties: outlineProperties(properties as Record<string, Schema>) } : {}),
    ...(anyProperty ? { anyProperty } : {}),
    ...(isSchema(items) ? { items: outlineSchema(items) } : {}),
    ...(isSchema(known) ? { known: Object.keys(known) } : {}),
    ...(typeof rest.format === 'string' ? { format: rest.format } : {}),
    ...(typeof $ref === 'string' ? { refs: [$ref.slice(componentPrefix.length)] } : {}),
    ...(parts.length > 0 ? { parts } : {}),
  };
}

/** `true` and `false` are schemas too, and know nothing. */
function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null;
}

function outlineProperties(properties: Record<string, Schema>): Record<string, Outline> {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, outlineSchema(schema)]));
}
