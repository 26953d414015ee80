import { errorResponses } from '../../generated/operations.js';
import { redactJson } from '../errors/redact-json.js';
import type { Redactor } from '../errors/redaction.js';
import type { Body } from './body.js';
import { findDeclared } from './declared.js';
import { parseJson } from './json.js';
import type { OperationId } from './operations.js';

/** What an error was thrown for. */
export interface Refused {
  response: Response;
  body: Body;
  /** Where the request went. */
  url: string;
  operationId: OperationId;
  redactor: Redactor;
}

/** The response of an error whose body is the contract's. */
const responses = new WeakMap<object, Response>();

/** The response to return in place of an error; undefined if the body of the error was not the contract's. */
export function findKeptResponse(error: unknown): Response | undefined {
  return responses.get(error as object);
}

/** Keeps the response of an error whose body is the contract's, without the secrets that it may echo. */
export function keepResponse(error: unknown, { response, body, url, operationId, redactor }: Refused): void {
  const [declared] = Object.values(findDeclared(errorResponses[operationId], response.status)?.content ?? {});
  const value = parseJson(body.text)?.value;
  if (body.isCut || !declared?.validate(value)) return;
  // A text that was cut ends in a character that no header may have.
  const redact = (text: string) => redactor.text(text).replace(/…$/, '');
  const redacted = JSON.stringify(redactJson(value, redactor));
  responses.set(error as object, restoreResponse(response, url, redacted, redact));
}

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
  const { status, redirected, type, url } = original;
  const headers = new Headers(redactHeaders(original.headers, redact));
  // Whoever reads 0 there reads no further; that of a compressed body is another one anyway.
  if (headers.has('Content-Length')) headers.set('Content-Length', String(new TextEncoder().encode(body).length));
  const response = new Response(body, { headers });
  const ok = status >= 200 && status < 300;
  const clone = () => restoreResponse(original, requestUrl, body, redact);
  const statusText = redact(original.statusText);
  const facts = { status, statusText, ok, redirected, type, url: url || requestUrl, clone };
  for (const [name, value] of Object.entries(facts)) Object.defineProperty(response, name, { value });
  return response;
}

/** Without those whose very names are to be redacted. */
function redactHeaders(headers: Iterable<[string, string]>, redact: (text: string) => string): [string, string][] {
  const kept = Array.from(headers).filter(([name]) => redact(name) === name);
  return kept.map(([name, value]) => [name, redact(value)]);
}
