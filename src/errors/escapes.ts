/** `%5f`, `\u005f`, `\u{5f}`, `\x5f`, `&#x5f;`, `&#95;` and `\/` are a character each; the fold of a line is none. */
const escapes =
  /%([\da-f]{2})|\\u([\da-f]{4})|\\u\{([\da-f]{1,6})\}|\\x([\da-f]{2})|&#x([\da-f]{1,6});|&#(\d{1,7});|\\(["\\/])|(?:\r|\n|\\r|\\n)+[\t ]*/gi;

/**
 * Takes one layer of escapes off a text.
 *
 * @returns the plain text, and where in the given one each of its characters begins, and where it ends; undefined where
 * there is no escape.
 */
export function decodeEscapes(text: string): { plain: string; starts: number[] } | undefined {
  let plain = '';
  let end = 0;
  const starts: number[] = [];
  const append = (part: string, from: number, step: number) => {
    for (let index = 0; index < part.length; index += 1) starts.push(from + index * step);
    plain += part;
  };
  for (const match of text.matchAll(escapes)) {
    append(text.slice(end, match.index), end, 1);
    const [whole, ...codes] = match;
    const hex = codes.slice(0, 5).find((code) => code !== undefined);
    const code = hex === undefined ? codes[5] : Number.parseInt(hex, 16);
    append(code === undefined ? (codes[6] ?? '') : String.fromCharCode(Number(code)), match.index, 0);
    end = match.index + whole.length;
  }
  if (end === 0) return undefined;
  append(text.slice(end), end, 1);
  starts.push(text.length);
  return { plain, starts };
}
