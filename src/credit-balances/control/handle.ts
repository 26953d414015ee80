import { UsageError } from '../../errors/errors.js';
import type { ControlRequest, ControlResponse } from '../../mock/state.js';
import { checkCustomerId, collectMistakes } from '../ledger/input.js';
import type { Ledger } from '../ledger/ledger.js';
import { controlRoot, replyEmpty, replyProblem } from './reply.js';
import { type ControlRoute, controlRoutes } from './routes.js';

/** Whether the path of a request's URL, not decoded, belongs to the control surface; any other is the API's. */
export function isControlPath(path: string): boolean {
  return path === controlRoot || path.startsWith(`${controlRoot}/`);
}

/**
 * Answers a request to the control surface of the mock: it reads and changes the ledger, for tests in any language.
 * Errors are problems (RFC 9457), which change nothing.
 */
export function handleControlRequest(ledger: Ledger, request: ControlRequest): ControlResponse {
  const reply = replyTo(ledger, request);
  return request.method === 'HEAD' ? { ...reply, body: undefined } : reply;
}

function replyTo(ledger: Ledger, { method, path, body = '', isTooLarge }: ControlRequest): ControlResponse {
  const routes = controlRoutes.filter((route) => matchPath(route, path) !== undefined);
  if (routes.length === 0) {
    return replyProblem('unknown-path', `There is nothing at ${path}. GET ${controlRoot} lists what there is.`);
  }
  const allow = { Allow: allowedMethods(routes).join(', ') };
  if (method === 'OPTIONS') return replyEmpty(allow);
  const route = routes.find((candidate) => candidate.method === (method === 'HEAD' ? 'GET' : method));
  if (route === undefined) {
    return replyProblem('method-not-allowed', `${path} takes ${allow.Allow}; received ${method}.`, allow);
  }
  if (isTooLarge) return replyProblem('body-too-large', `The body of a request to ${controlRoot} has a size limit.`);
  const id = matchPath(route, path) as string;
  try {
    if (route.path.includes('{customer_id}')) {
      collectMistakes('customer_id', (report) => checkCustomerId('customer_id', id, report));
    }
    return route.reply(ledger, id, body);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return replyProblem('invalid-request', error.message);
  }
}

/** The value of the parameter in the path, empty where the route has none; undefined where the path is another. */
function matchPath({ path: template }: ControlRoute, path: string): string | undefined {
  const [before, after] = template.split(/\{\w+\}/) as [string, string?];
  if (after === undefined) return path === before ? '' : undefined;
  const value = path.slice(before.length, path.length - after.length);
  return path === before + value + after && /^[^/]+$/.test(value) ? value : undefined;
}

function allowedMethods(routes: readonly ControlRoute[]): string[] {
  return [...routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])), 'OPTIONS'];
}
