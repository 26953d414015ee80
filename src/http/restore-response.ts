import type { Redactor } from '../errors/redaction.js';
import { hasDeclaredBody } from './api-error.js';
import { parseJson } from './json.js';

/** The response of an error whose body is the contract's. */
const responses = new WeakMap<object, Response>();

/** What openapi-fetch's users get of an error; undefined where there is none that they could read. */
export function responseOf(error: unknown): Response | undefined {
  return typeof error === 'object' && error !== null ? responses.get(error) : undefined;
}

/**
 * The response with its body, which was read, in it again: with the same address, and a status above 599 too, which
 * the platform's constructor refuses.
 *
 * @param failure the error that the response became, which then leads to it.
 */
export function restoreResponse(
  original: Response,
  url: string,
  text: string,
  failure?: { error: unknown; redactor: Redactor },
): Response {
  const body = failure === undefined ? text : JSON.stringify(failure.redactor.json(parseJson(text)?.value));
  const restored = withFacts(original, url, body ?? null);
  if (failure !== undefined && hasDeclaredBody(failure.error)) responses.set(failure.error, restored);
  return restored;
}

function withFacts(original: Response, url: string, body: string | null): Response {
  const { status, statusText, headers, redirected, type } = original;
  const response = new Response(body, { headers });
  const facts = { status, statusText, ok: original.ok, redirected, type, url: original.url || url };
  for (const [name, value] of Object.entries(facts)) Object.defineProperty(response, name, { value });
  Object.defineProperty(response, 'clone', { value: () => withFacts(original, url, body) });
  return response;
}
