import type { CallOptions } from '../options/client-options.js';
import type { ClientSettings } from '../options/client-settings.js';
import { withDeadline } from './deadline.js';
import { describeRequest } from './describe.js';
import { ApiError, type ContractIssue, TimeoutError } from './errors.js';
import { exchange } from './exchange.js';
import { readKey } from './key.js';
import type { OperationId, Route } from './operations.js';
import type { Pace } from './pace.js';
import { readQuestion } from './question.js';
import { contractHeaders } from './request.js';
import { assertResponse } from './response.js';
import { restoreResponse } from './restore-response.js';
import { retry } from './retry.js';

/** What is wrong with a valid body, given what was asked: another customer than the one asked for, for example. */
export type FindMismatches = (
  operationId: OperationId,
  parameters: Route['parameters'],
  body: unknown,
) => ContractIssue[];

/** Sends a request, and resolves to its response once that is checked. */
export type Transport = (request: Request) => Promise<Response>;

/** What one call may have of its own, as far as it concerns the transport. */
export interface TransportCall extends Pick<CallOptions, 'timeout' | 'maxRetries'> {
  /** What each attempt waits for before it is sent; that takes none of its time limit. */
  pace?: Pace | undefined;
  /** In place of the request's: a request that follows a signal costs more than all the rest of a run. */
  signal?: AbortSignal | undefined;
}

/**
 * All that stands between openapi-fetch and the wire: key, time limit, retry, size limit and the check of the
 * response. Its requests come without a key, which is added after all middleware.
 *
 * @throws every error of this package, and the reason of the request's signal.
 */
export function createTransport(
  settings: ClientSettings,
  findMismatches: FindMismatches,
  call: TransportCall = {},
): Transport {
  const { base, maxRetryDelay, onRetry } = settings;
  const { timeout = settings.timeout, maxRetries = settings.maxRetries, pace } = call;

  return async (request) => {
    const redactor = settings.redactor.copy();
    redactor.addHeaders(Object.fromEntries(request.headers));
    const route = redactor.guard(() => readQuestion(request, base));
    const signal = call.signal ?? request.signal;
    signal.throwIfAborted();
    let described = redactor.text(describeRequest(request.method, request.url));

    const attempt = async () => {
      await pace?.waitForTurn(signal);
      return withDeadline(
        async (deadline) => {
          const { key, server } = await readKey(settings, redactor);
          deadline.throwIfAborted();
          const url = server + request.url.slice(base.length);
          described = redactor.text(describeRequest(request.method, url));
          return sendOnce(authorized(request, url, key, route, deadline));
        },
        {
          timeout,
          signal,
          timeoutError: () => new TimeoutError(`Request timed out after ${timeout} ms: ${described}`, timeout),
        },
      );
    };

    async function sendOnce(authorizedRequest: Request): Promise<Response> {
      const { maxBodySize, fetch = globalThis.fetch } = settings;
      const { response, body } = await exchange(() => fetch(authorizedRequest), { maxBodySize, described, redactor });
      const { operationId, operation, parameters } = route;
      const check = (value: unknown) => findMismatches(operationId, parameters, value);
      const received = { response, body, operation, request: described, redactor };
      try {
        assertResponse(received, settings.validate ? check : undefined);
      } catch (error) {
        restoreResponse(response, authorizedRequest.url, body.text, { error, redactor });
        throw error;
      }
      return restoreResponse(response, authorizedRequest.url, body.text);
    }

    let isRefreshed = typeof settings.apiKey !== 'function';
    const attemptWithRefresh = async () => {
      try {
        return await attempt();
      } catch (error) {
        if (isRefreshed || !(error instanceof ApiError) || error.status !== 401) throw error;
        // An access token runs out while it is in use, and the function is there to get the next one.
        isRefreshed = true;
        return attempt();
      }
    };
    return retry(attemptWithRefresh, { maxRetries, maxRetryDelay, onRetry, signal, pause: pace?.pause });
  };
}

/** The request as it is sent: the contract's headers replace all others, and a stored answer is never asked for. */
function authorized(
  request: Request,
  url: string,
  key: string | undefined,
  route: Route,
  signal: AbortSignal,
): Request {
  const headers = new Headers(request.headers);
  for (const [name, value] of Object.entries(contractHeaders(route.operation))) headers.set(name, value);
  if (key !== undefined) headers.set('authorization', `Bearer ${key}`);
  // A body can be read once, and an attempt may not be the last.
  const copy = request.body === null ? request : request.clone();
  const cache = 'cache' in Request.prototype ? { cache: 'no-store' as const } : {};
  return new Request(url === request.url ? copy : new Request(url, copy), {
    headers,
    signal,
    redirect: 'manual',
    ...cache,
  });
}
