import type { Redactor } from '../errors/redaction.js';
import type { Body } from './body.js';
import { parseJson } from './json.js';
import { hasDeclaredBody } from './response.js';

/** The response of an error whose body is the contract's. */
const responses = new WeakMap<object, Response>();

/** The response to return in place of an error; undefined if the body of the error was not the contract's. */
export function findKeptResponse(error: unknown): Response | undefined {
  return typeof error === 'object' && error !== null ? responses.get(error) : undefined;
}

/** Keeps the response of an error whose body is the contract's, without the secrets that its body may echo. */
export function keepResponse(
  error: unknown,
  { response, url, body, redactor }: { response: Response; url: string; body: Body; redactor: Redactor },
): void {
  if (!hasDeclaredBody(error)) return;
  const redacted = JSON.stringify(redactor.json(parseJson(body.text)?.value));
  responses.set(error, restoreResponse(response, url, redacted));
}

/**
 * A copy of a response whose body was read, with that body. It keeps `url`, and a status above 599, which the
 * constructor of `Response` refuses.
 */
export function restoreResponse(original: Response, requestUrl: string, body: string): Response {
  const { status, statusText, headers, ok, redirected, type, url } = original;
  const response = new Response(body, { headers });
  const facts = { status, statusText, ok, redirected, type, url: url || requestUrl };
  for (const [name, value] of Object.entries(facts)) Object.defineProperty(response, name, { value });
  Object.defineProperty(response, 'clone', { value: () => restoreResponse(original, requestUrl, body) });
  return response;
}
