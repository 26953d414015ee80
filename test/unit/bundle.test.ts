import { describe, expect, it, test } from 'vitest';
import { description } from '../support/description.ts';

type Node = Record<string, unknown>;

/** Every object of the bundle that is no value of an example, with the pointer to it. */
function* nodes(value: unknown, pointer = '#'): Generator<[pointer: string, node: Node]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [pointer, value as Node];
  for (const [key, child] of Object.entries(value)) {
    if (key !== 'value' && key !== 'example') yield* nodes(child, `${pointer}/${key}`);
  }
}
const all = [...nodes(description)];

describe('the bundle', () => {
  it('is OpenAPI 3.1.0 in its own dialect, which every tool for 3.1 takes', () => {
    expect(description.openapi).toBe('3.1.0');
    expect(description).not.toHaveProperty('jsonSchemaDialect');
  });

  it('refers to schemas alone', () => {
    const references = all.flatMap(([, { $ref }]) => (typeof $ref === 'string' ? [$ref] : []));
    expect(references.length).toBeGreaterThan(0);
    expect(references.filter((reference) => !reference.startsWith('#/components/schemas/'))).toEqual([]);
    expect(Object.keys(description.components ?? {}).sort()).toEqual(['schemas', 'securitySchemes']);
  });

  it('has an example for each parameter, and for each schema that has examples, where older tools look for it', () => {
    const parameters = all.filter(([pointer]) => /\/parameters\/\d+$/.test(pointer));
    expect(parameters.length).toBeGreaterThan(0);
    for (const [pointer, parameter] of parameters) {
      expect(
        [parameter.example, parameter.examples].filter((value) => value !== undefined),
        pointer,
      ).toHaveLength(1);
    }
    const schemas = all.filter(([, { examples }]) => Array.isArray(examples));
    expect(schemas.length).toBeGreaterThan(0);
    for (const [pointer, { example, examples }] of schemas)
      expect(example, pointer).toEqual((examples as unknown[])[0]);
  });

  it('has no comment in a description, where other tools would show or lose it', () => {
    const commented = all.filter(
      ([, node]) => typeof node.description === 'string' && node.description.includes('<!--'),
    );
    expect(commented.map(([pointer]) => pointer)).toEqual([]);
  });

  it('has no line end after a description and no \\d in a pattern', () => {
    const descriptions = all.flatMap(([, node]) => (typeof node.description === 'string' ? [node.description] : []));
    expect(descriptions.length).toBeGreaterThan(0);
    expect(descriptions.filter((text) => text !== text.trimEnd())).toEqual([]);
    const patterns = all.flatMap(([, { pattern }]) => (typeof pattern === 'string' ? [pattern] : []));
    expect(patterns.length).toBeGreaterThan(0);
    expect(patterns.filter((pattern) => pattern.includes('\\d'))).toEqual([]);
  });

  const open = Object.entries(description.components?.schemas ?? {}).filter(([, schema]) => schema['x-known-values']);
  test.each(open)('tells the known values of %s and all that is known of each in its description', (_, schema) => {
    const rows = String(schema.description).split('\n');
    const values = Object.entries(schema['x-known-values'] as Record<string, Node>);
    expect(values.length).toBeGreaterThan(0);
    for (const [value, facts] of values) {
      const row = rows.find((line) => line.startsWith(`| \`${value}\` |`));
      for (const fact of Object.values(facts)) expect(row).toContain(`| ${fact} |`);
    }
  });

  it('names the sandbox first, so that a tool that takes the first server reaches no real customer', () => {
    const servers = description.servers as unknown as Node[];
    expect(servers.map(({ description, 'x-name': name }) => [name, description])).toEqual([
      ['sandbox', 'Sandbox'],
      ['live', 'Live'],
    ]);
  });
});
