import type { Oas3Decorator, Plugin } from '@redocly/openapi-core';
import type { Description, Schema } from './openapi.ts';

type Node = Record<string, unknown>;

/** Of these, many tools read no reference, though they all follow one to a schema. */
const inlined = ['Response', 'Parameter', 'Header', 'Example', 'RequestBody', 'Link'];
/** Components that are found by their names, by tools and people. */
const kept = ['schemas', 'securitySchemes'];

/** A plugin of Redocly's that writes a description for tools that read less than all of OpenAPI 3.1. */
export const portable: Plugin = { id: 'generate', decorators: { oas3: { portable: makeDecorator } } };

function makeDecorator(): ReturnType<Oas3Decorator> {
  /** What is shown of each schema as a whole body. */
  const shown = new Map<Schema, unknown[]>();
  return {
    any: { enter: trimDescription },
    ref: {
      enter: trimDescription,
      leave(reference, { type }, { node }) {
        if (!inlined.includes(type.name)) return;
        const { $ref: _, ...beside } = reference as object as Node;
        Reflect.deleteProperty(reference, '$ref');
        Object.assign(reference, node, beside);
      },
    },
    Schema: {
      enter(schema) {
        const node = schema as Schema;
        const example = findExample(node);
        if (example !== undefined) node.example = example;
        const table = formatKnownValues(node['x-known-values']);
        if (table !== undefined) node.description = [node.description, table].filter(Boolean).join('\n\n');
      },
    },
    Parameter: {
      enter(parameter, { resolve }) {
        if (parameter.example !== undefined || parameter.examples !== undefined || !parameter.schema) return;
        const example = findExample(resolve(parameter.schema).node as Schema);
        if (example !== undefined) parameter.example = example;
      },
    },
    MediaType: {
      enter({ schema, examples }, { resolve }) {
        if (!schema) return;
        const [first] = Object.values(examples ?? {});
        const node = resolve(schema).node as Schema;
        shown.set(node, [...(shown.get(node) ?? []), first && resolve(first).node?.value]);
      },
    },
    Root: {
      leave() {
        for (const [schema, [example, ...others]] of shown) {
          if (example !== undefined && others.length === 0) schema.example ??= example;
        }
      },
    },
  };
}

/** What concerns the whole description: the oldest version that says the same, and no component that nothing names. */
export function finishDescription({ openapi: _, ...description }: Description): Description {
  const { jsonSchemaDialect: __, ...rest } = description as Node;
  const text = JSON.stringify(rest);
  const components = Object.entries(description.components ?? {}).filter(
    ([kind]) => kept.includes(kind) || text.includes(`"#/components/${kind}/`),
  );
  return { openapi: '3.1.0', ...rest, components: Object.fromEntries(components) } as unknown as Description;
}

function trimDescription(node: unknown): void {
  const { description } = (node ?? {}) as Node;
  if (typeof description === 'string') (node as Node).description = description.trimEnd();
}

/** Older tools read `example` alone. */
function findExample({ example, examples }: Schema): unknown {
  return example ?? (Array.isArray(examples) ? examples[0] : undefined);
}

/** The known values of an open set as a table, for tools that show what is written and no extension. */
function formatKnownValues(values: unknown): string | undefined {
  if (typeof values !== 'object' || values === null) return undefined;
  const rows = Object.entries(values as Record<string, Node>);
  const facts = [...new Set(rows.flatMap(([, known]) => Object.keys(known)))];
  const formatCells = (cells: unknown[]) =>
    `| ${cells.map((cell) => String(cell ?? '').replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    formatCells(['value', ...facts]),
    formatCells(['value', ...facts].map(() => '---')),
    ...rows.map(([value, known]) => formatCells([`\`${value}\``, ...facts.map((fact) => known[fact])])),
  ].join('\n');
}
