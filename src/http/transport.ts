import { ApiError, type ContractIssue, PaddleError, TimeoutError } from '../errors/errors.js';
import type { CallOptions } from '../options/client-options.js';
import type { ClientSettings } from '../options/client-settings.js';
import { makeContractHeaders } from '../options/headers.js';
import { checkRequest } from './check-request.js';
import { withDeadline } from './deadline.js';
import { describeRequest } from './describe.js';
import { connectionError, exchange } from './exchange.js';
import type { Refused } from './kept-response.js';
import { readKey } from './key.js';
import type { OperationId, Route } from './operations.js';
import type { Pace } from './pace.js';
import type { Accepted, ContractRequest } from './plain-request.js';
import { readResponse } from './response.js';
import { retry } from './retry.js';

/** Finds what a valid body has that the request did not ask for, such as an item that the filter excludes. */
export type FindMismatches = (
  operationId: OperationId,
  parameters: Route['parameters'],
  body: unknown,
) => ContractIssue[];

/** Sends a request, and resolves to its response when that has passed all checks. */
export type Transport = (request: ContractRequest) => Promise<Response>;

/** What one call may have of its own, as far as it concerns the transport. */
export interface TransportCall extends Pick<CallOptions, 'timeout' | 'maxRetries' | 'signal'> {
  /** What each attempt waits for before it is sent; that takes none of its time limit. */
  pace?: Pace | undefined;
}

/** What of a client's transport is its own. */
export interface TransportParts {
  findMismatches: FindMismatches;
  /** Makes what openapi-fetch is given, since the body was read. */
  respond: (accepted: Accepted) => Response;
  /** Called for each response that an error is thrown for. */
  onRefused?: ((error: unknown, refused: Refused) => void) | undefined;
}

/**
 * Makes the `fetch` that openapi-fetch calls: it adds key, time limit, retries and size limit, and checks the response.
 * Requests come without a key, which is added after all middleware.
 *
 * @throws every error of this package, the reason of the request's signal, and `CallerFault`.
 */
export function createTransport(
  settings: ClientSettings,
  { findMismatches, respond, onRefused }: TransportParts,
  call: TransportCall = {},
): Transport {
  const { base, maxRetryDelay, onRetry } = settings;
  const { timeout = settings.timeout, maxRetries = settings.maxRetries, pace } = call;

  return async (request) => {
    const redactor = settings.redactor.copy();
    const headers = Object.fromEntries(request.headers);
    redactor.addHeaders(headers);
    const route = redactor.guard(() => checkRequest(request, headers, base));
    // The platform's Request would listen to the caller's signal for as long as it lives.
    const signal = call.signal ?? request.signal;
    signal?.throwIfAborted();
    let address = request.url;
    // Only a failure is described: to look for secrets takes longer than all checks of a response.
    const describe = () => redactor.text(describeRequest(request.method, address));

    const attempt = async () => {
      await pace?.waitForTurn(signal);
      return withDeadline(
        async (deadline) => {
          const { key, server } = await readKey(settings, redactor);
          deadline.throwIfAborted();
          address = server + route.target;
          return sendOnce(new Request(address, authorize(request, headers, key, route, deadline)), deadline);
        },
        {
          timeout,
          signal,
          timeoutError: () => new TimeoutError(`Request timed out after ${timeout} ms: ${describe()}`, timeout),
        },
      );
    };

    async function sendOnce(authorized: Request, deadline: AbortSignal): Promise<Response> {
      const { maxBodySize, fetch = globalThis.fetch } = settings;
      const { url } = authorized;
      const parts = { maxBodySize, signal: deadline, describe, redactor };
      const { response, body } = await exchange(() => fetch(authorized), parts);
      const { operationId, operation, parameters } = route;
      const check = (value: unknown) => findMismatches(operationId, parameters, value);
      const received = { response, body, operation, describe, redactor };
      try {
        const value = readResponse(received, settings.validate ? check : undefined);
        return respond({ response, url, text: body.text, value });
      } catch (thrown) {
        // The response of another implementation of fetch may throw when it is read.
        const error = thrown instanceof PaddleError ? thrown : connectionError('Unreadable response', thrown, parts);
        onRefused?.(error, { response, body, url, operationId, redactor });
        throw error;
      }
    }

    let isRefreshed = typeof settings.apiKey !== 'function';
    const attemptWithRefresh = async () => {
      try {
        return await attempt();
      } catch (error) {
        signal?.throwIfAborted();
        if (isRefreshed || !(error instanceof ApiError) || error.status !== 401) throw error;
        // An access token expires while it is in use, and the function returns the next one.
        isRefreshed = true;
        return attempt();
      }
    };
    return retry(attemptWithRefresh, { maxRetries, maxRetryDelay, onRetry, signal, pause: pace?.pause });
  };
}

/** The request that is sent: the contract's headers replace the caller's, and no cached response is used. */
function authorize(
  request: ContractRequest,
  headers: Readonly<Record<string, string>>,
  key: string | undefined,
  { operation }: Route,
  signal: AbortSignal,
): RequestInit {
  const { credentials, body } = request;
  const { method } = operation;
  // Part by part: a request may carry more, such as a dispatcher, that would see the key.
  return {
    ...{ method, credentials, signal, redirect: 'manual' },
    headers: {
      ...headers,
      ...makeContractHeaders(operation),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    },
    ...('cache' in Request.prototype ? { cache: 'no-store' } : {}),
    // A body can be read once, and an attempt may not be the last.
    ...(body ? { body: request.clone?.().body, duplex: 'half' } : {}),
  } as RequestInit;
}
