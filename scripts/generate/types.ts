import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import type { Description } from './openapi.ts';

/**
 * The TypeScript types. A string schema with `x-known-values` becomes an open union: an editor completes the
 * known values, and any other string is still assignable.
 */
export async function types(description: Description): Promise<string> {
  const nodes = await openapiTS(withoutRepeats(description) as never, {
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    silent: true,
    transform: (schema) => {
      const known: unknown = (schema as Record<string, unknown>)['x-known-values'];
      return typeof known === 'object' && known !== null ? openUnion(Object.keys(known)) : undefined;
    },
  });
  return astToString(nodes);
}

/** Without the `example` that stands beside the same in `examples`: an editor would show it twice. */
function withoutRepeats(description: Description): unknown {
  const text = JSON.stringify(description, (_, value) =>
    Array.isArray(value?.examples) ? { ...value, example: undefined } : value,
  );
  return JSON.parse(text);
}

function openUnion(values: string[]): ts.TypeNode {
  const { factory } = ts;
  const anyOther = factory.createIntersectionTypeNode([
    factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
    factory.createTypeLiteralNode([]),
  ]);
  return factory.createUnionTypeNode([
    ...values.map((value) => factory.createLiteralTypeNode(factory.createStringLiteral(value))),
    anyOther,
  ]);
}
