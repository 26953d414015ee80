import { UsageError } from '../errors/errors.js';
import { assertParameter } from '../options/parameters.js';
import { findRoute, type Route } from './operations.js';

/**
 * Which operation a request calls, with which parameters. Middleware may have changed the request since the client
 * made it, so that all that the key's safety rests on is checked here, right before it is sent.
 *
 * @param base the client's own server.
 * @throws {UsageError}
 */
export function readQuestion(request: Request, base: string): Route {
  const { url, method, headers, redirect } = request;
  if (!url.startsWith(`${base}/`)) {
    throw new UsageError('The request goes to another server than the client: make another client with its baseUrl.', {
      option: 'baseUrl',
    });
  }
  if (headers.has('authorization')) {
    throw new UsageError('headers must not set authorization: the client sets it from apiKey.', { option: 'headers' });
  }
  if (redirect !== 'manual') {
    throw new UsageError('redirect must not be set: a redirect is never followed, so that the key goes nowhere else.', {
      option: 'redirect',
    });
  }
  const { pathname, searchParams } = new URL(url.slice(base.length), 'http://path');
  const route = findRoute(method, pathname, searchParams);
  if (route === undefined) throw new UsageError(`The contract has no operation ${method} ${pathname.slice(0, 100)}.`);
  for (const parameter of route.operation.parameters) {
    const value = route.parameters[parameter.name];
    if (value !== undefined) assertParameter(parameter, value);
  }
  return route;
}
