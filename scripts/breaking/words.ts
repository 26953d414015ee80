import type { Difference } from './redocly.ts';

/** Where the difference is written: in the new bundle, or in the old one for what is gone. */
export function location({ revision, base, path }: Difference): string {
  return (revision?.value === undefined ? base?.pointer : revision.pointer) ?? path;
}

/** The difference in one line, for those that Redocly has no words for. */
export function words(difference: Difference): string {
  const { kind, typeName, property, base, revision, path } = difference;
  if (kind !== 'modified') return `${typeName} \`${lastName(path)}\` was ${kind}.`;
  const [before, after] = [base?.value, revision?.value].map(short);
  const owner = lastName(parent(location(difference)));
  const what = owner === '#' ? `\`${property}\`` : `\`${property}\` of \`${owner}\``;
  if (before === undefined) return `${what} was set${after === '' ? '' : ` to ${after}`}.`;
  if (after === undefined) return `${what} was removed.`;
  return `${what} changed${before === '' || after === '' ? '' : ` from ${before} to ${after}`}.`;
}

/** A value as JSON; empty where it would make the line hard to read. */
function short(value: unknown): string | undefined {
  const text = JSON.stringify(value);
  return text === undefined || text.length <= 40 ? text : '';
}

function parent(pointer: string): string {
  return pointer.slice(0, Math.max(pointer.lastIndexOf('/'), 0));
}

export function lastName(pointer: string): string {
  return pointer
    .slice(pointer.lastIndexOf('/') + 1)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');
}
