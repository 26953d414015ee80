import { UsageError } from '../errors/errors.js';
import { describeName } from '../options/describe-value.js';
import { assertNoConnectionHeader } from '../options/headers.js';
import { assertParameter } from '../options/parameters.js';
import { refuse } from '../options/refuse.js';
import { findRoute, type Route } from './operations.js';
import type { ContractRequest } from './plain-request.js';

/** A request to an operation, with the part of its URL after the server. */
export interface CheckedRequest extends Route {
  target: string;
}

/**
 * Finds the operation that a request calls, and checks its URL, headers and parameters. Middleware may have changed the
 * request since the client made it, and the key is added next.
 *
 * @param headers the request's, by their names in lowercase.
 * @param base the client's own server, without a slash at the end.
 * @throws {UsageError} the request goes elsewhere, or the contract does not allow it.
 */
export function checkRequest(
  { url, method, redirect }: ContractRequest,
  headers: Readonly<Record<string, string>>,
  base: string,
): CheckedRequest {
  if (!url.startsWith(`${base}/`)) {
    refuse('baseUrl', 'is not the server that the request goes to: make another client for that.');
  }
  if (Object.hasOwn(headers, 'authorization')) {
    refuse('headers', 'must not set authorization: the client sets it from apiKey.');
  }
  for (const name of Object.keys(headers)) assertNoConnectionHeader(name, 'headers');
  if (redirect !== 'manual') {
    refuse('redirect', 'must not be set: a redirect is never followed.');
  }
  const target = url.slice(base.length);
  const { pathname, searchParams } = new URL(`http://path${target}`);
  const route = findRoute(method, pathname, searchParams);
  if (route === undefined) {
    const shown = pathname.replace(/[^/]+/g, describeName).slice(0, 100);
    throw new UsageError(`The contract has no operation ${method} ${shown}.`);
  }
  for (const parameter of route.operation.parameters) {
    const value = route.parameters[parameter.name];
    if (value !== undefined) assertParameter(parameter, value);
  }
  return { ...route, target };
}
