/** The JSON value that a text is, in a box, since it may be any; undefined where the text is none. */
export function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    // The parser's own error quotes the text.
    return undefined;
  }
}
