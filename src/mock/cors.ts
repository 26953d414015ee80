import type { IncomingHttpHeaders, ServerResponse } from 'node:http';

/** Lets a page of another origin send the request, and read the response with all headers. */
export function allowOrigin(headers: IncomingHttpHeaders, response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Origin', headers.origin ?? '*');
  response.setHeader('Access-Control-Allow-Headers', headers['access-control-request-headers'] ?? '*');
  response.setHeader('Access-Control-Allow-Methods', headers['access-control-request-method'] ?? '*');
  response.setHeader('Access-Control-Expose-Headers', '*, Retry-After');
  response.setHeader('Vary', 'Origin');
}

/** Whether a request is the preflight of a browser. */
export function isPreflight(method: string | undefined, headers: IncomingHttpHeaders): boolean {
  return method === 'OPTIONS' && headers.origin !== undefined && 'access-control-request-method' in headers;
}

/** Why the script of a page cannot read the answer. */
export const pageWarning =
  'a page asked: Paddle sends no CORS headers, so that the browser hides the answer; let the page ask your own backend, or start the mock with --cors';
