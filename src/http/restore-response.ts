import type { Redactor } from '../errors/redaction.js';
import type { Body } from './body.js';
import { parseJson } from './json.js';
import { hasDeclaredBody } from './response.js';

/** The response of an error whose body is the contract's. */
const responses = new WeakMap<object, Response>();

/** What openapi-fetch's users get of an error; undefined where there is none that they could read. */
export function responseOf(error: unknown): Response | undefined {
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
 * The response with its body, which was read, in it again: with the same address, and a status above 599 too, which
 * the platform's constructor refuses.
 */
export function restoreResponse(original: Response, requestUrl: string, body: string): Response {
  const { status, statusText, headers, ok, redirected, type, url } = original;
  const response = new Response(body, { headers });
  const facts = { status, statusText, ok, redirected, type, url: url || requestUrl };
  for (const [name, value] of Object.entries(facts)) Object.defineProperty(response, name, { value });
  Object.defineProperty(response, 'clone', { value: () => restoreResponse(original, requestUrl, body) });
  return response;
}
