/** Parses JSON into an object, since the value may itself be null; undefined for a text that is not JSON. */
export function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    // The parser's own error quotes the text.
    return undefined;
  }
}

export const repeatedName = 'an object has two members of one name';

/**
 * Whether an object in a text has two members of one name, of which the parser keeps the last.
 *
 * @param value the text, parsed.
 */
export function repeatsName(text: string, value: unknown): boolean {
  let members = 0;
  const open = [value];
  for (const item of open) {
    const children = Object.values(item ?? {});
    if (!Array.isArray(item)) members += children.length;
    for (const child of children) if (typeof child === 'object') open.push(child);
  }
  // Most texts have no other quote before a colon than those of names, and are not looked at any closer.
  if ((text.match(/"\s*:/g)?.length ?? 0) <= members) return false;
  // Without escapes, every second part is what stands between two strings: after a name it begins with a colon.
  const parts = text.replace(/\\./g, '').split('"');
  return parts.filter((part, index) => index % 2 === 0 && /^\s*:/.test(part)).length > members;
}
