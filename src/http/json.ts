/** Parses JSON into an object, since the value may itself be null; undefined for a text that is not JSON. */
export function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    // The parser's own error quotes the text.
    return undefined;
  }
}
