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
  // Without escapes, every second part is what stands between two strings: after a name it begins with a colon.
  const parts = text.replace(/\\./g, '').split('"');
  let names = parts.filter((part, index) => index % 2 === 0 && /^\s*:/.test(part)).length;
  const open = [value];
  for (const item of open) {
    if (typeof item !== 'object' || item === null) continue;
    const children = Object.values(item);
    if (!Array.isArray(item)) names -= children.length;
    for (const child of children) open.push(child);
  }
  return names > 0;
}
