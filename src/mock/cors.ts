import type { IncomingHttpHeaders, ServerResponse } from 'node:http';

/** Lets a page of another origin in, and its script read every header. */
export function allowOrigin(headers: IncomingHttpHeaders, response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Origin', headers.origin ?? '*');
  response.setHeader('Access-Control-Allow-Headers', headers['access-control-request-headers'] ?? '*');
  response.setHeader('Access-Control-Allow-Methods', headers['access-control-request-method'] ?? '*');
  response.setHeader('Access-Control-Expose-Headers', '*, Retry-After');
  response.setHeader('Vary', 'Origin');
}

/** Whether a browser asks before it sends the request itself. */
export function isPreflight(method: string | undefined, headers: IncomingHttpHeaders): boolean {
  return method === 'OPTIONS' && headers.origin !== undefined && 'access-control-request-method' in headers;
}

/** Why a page of another origin will not see the answer. */
export const pageWarning =
  'a page asked: Paddle sends no CORS headers, so that the browser hides the answer; let the page ask your own backend, or start the mock with --cors';
