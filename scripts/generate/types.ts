import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import type { Description } from './openapi.ts';

/**
 * The TypeScript types. A string schema with `x-known-values` becomes an open union: an editor completes the
 * known values, and any other string is still assignable.
 */
export async function makeTypes(description: Description): Promise<string> {
  const nodes = await openapiTS(dropRepeats(description) as never, {
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    silent: true,
    transform: (schema) => {
      const known: unknown = (schema as Record<string, unknown>)['x-known-values'];
      return typeof known === 'object' && known !== null ? makeOpenUnion(Object.keys(known)) : undefined;
    },
  });
  for (const node of nodes) addDocstring(node, description);
  return astToString(nodes);
}

/** What openapi-typescript exports beside the schemas, without a word. */
const contents: Record<string, string> = {
  paths: 'What each path takes and answers.',
  webhooks: 'What each webhook sends.',
  components: 'Every named part of the description.',
  $defs: 'Every named part outside of `components`.',
  operations: 'What each operation takes and answers, by its `operationId`.',
};

/** Gives an export at the root a docstring: an editor and the API reference show none of what it refers to. */
function addDocstring(node: ts.Node, { components }: Description): void {
  if (!ts.isTypeAliasDeclaration(node) && !ts.isInterfaceDeclaration(node)) return;
  const name = node.name.text;
  const text = contents[name] ?? components?.schemas?.[name]?.description;
  if (typeof text !== 'string') return;
  const lines = text.trim().replaceAll('*/', '*\\/').split('\n');
  const comment = lines.length === 1 ? `* ${lines[0]} ` : `*\n * ${lines.join('\n * ')}\n `;
  ts.addSyntheticLeadingComment(node, ts.SyntaxKind.MultiLineCommentTrivia, comment, true);
}

/** Without the `example` that stands beside the same in `examples`: an editor would show it twice. */
function dropRepeats(description: Description): unknown {
  const text = JSON.stringify(description, (_, value) =>
    Array.isArray(value?.examples) ? { ...value, example: undefined } : value,
  );
  return JSON.parse(text);
}

function makeOpenUnion(values: string[]): ts.TypeNode {
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
