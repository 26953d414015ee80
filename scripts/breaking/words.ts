import type { Difference } from './redocly.ts';

/** Where the difference is written: in the new bundle, or in the old one for what is gone. */
export function locate(difference: Difference): string {
  // An extension is compared as one property for each value in it.
  return findPointer(difference).replace(/\/x-.*/, (extension) => extension.replaceAll('~1', '/'));
}

function findPointer({ revision, base, path }: Difference): string {
  return (revision?.value === undefined ? base?.pointer : revision.pointer) ?? path;
}

/** The difference in one line, for those that Redocly has no words for. */
export function putInWords(difference: Difference): string {
  const { kind, typeName, property, base, revision, path } = difference;
  if (kind !== 'modified') return `${typeName} \`${readLastName(path)}\` was ${kind}.`;
  const [before, after] = [base?.value, revision?.value].map(shortenValue);
  const owner = findOwner(findPointer(difference));
  const what = owner === undefined ? `\`${property}\`` : `\`${property}\` of \`${owner}\``;
  if (before === undefined) return `${what} was set${after === '' ? '' : ` to ${after}`}.`;
  if (after === undefined) return `${what} was removed.`;
  return `${what} changed${before === '' || after === '' ? '' : ` from ${before} to ${after}`}.`;
}

/** A value as JSON; empty where it would make the line hard to read. */
function shortenValue(value: unknown): string | undefined {
  const text = JSON.stringify(value);
  return text === undefined || text.length <= 40 ? text : '';
}

/** The name of what a property belongs to; in a list its place, such as `servers/0`. */
function findOwner(pointer: string): string | undefined {
  return /([^/#]+(?:\/\d+)?)\/[^/]+$/.exec(pointer)?.[1];
}

function readLastName(pointer: string): string {
  return pointer
    .slice(pointer.lastIndexOf('/') + 1)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');
}
