/**
 * A copy of a response whose body was read, with that body. It keeps `url`, and a status above 599, which the
 * constructor of `Response` refuses.
 */
export function restoreResponse(original: Response, requestUrl: string, body: string): Response {
  const { status, statusText, headers, ok, redirected, type, url } = original;
  const response = new Response(body, { headers });
  const clone = () => restoreResponse(original, requestUrl, body);
  const facts = { status, statusText, ok, redirected, type, url: url || requestUrl, clone };
  for (const [name, value] of Object.entries(facts)) Object.defineProperty(response, name, { value });
  return response;
}
