/**
 * A copy of a response whose body was read, with that body. It keeps `url`, and a status above 599, which the
 * constructor of `Response` refuses.
 *
 * @param redact for the headers and the status text.
 */
export function restoreResponse(
  original: Response,
  requestUrl: string,
  body: string,
  redact = (text: string) => text,
): Response {
  const { status, ok, redirected, type, url } = original;
  const headers = Array.from(original.headers, ([name, value]): [string, string] => [name, redact(value)]);
  const response = new Response(body, { headers });
  const clone = () => restoreResponse(original, requestUrl, body, redact);
  const statusText = redact(original.statusText);
  const facts = { status, statusText, ok, redirected, type, url: url || requestUrl, clone };
  for (const [name, value] of Object.entries(facts)) Object.defineProperty(response, name, { value });
  return response;
}
