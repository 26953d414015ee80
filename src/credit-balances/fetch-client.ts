import { createFetchClientFor } from '../http/fetch-client.js';
import type { FetchClient } from '../http/fetch-paths.js';
import type { ClientOptions } from '../options/client-options.js';
import { findMismatches } from './match.js';

/**
 * Makes openapi-fetch's own client for this contract, with address, key, version, comma-separated lists, time limit,
 * retries, size limit and response check. No redirect is followed.
 *
 * An error status with Paddle's body is returned as `error`. Everything else that goes wrong is thrown, as
 * `createCreditBalancesClient` throws it: `UsageError`, `ApiError` (an error status with another body),
 * `ConnectionError`, `TimeoutError`, `ContractError`. Middleware runs once for each call, around all of its attempts;
 * the key is added after it.
 *
 * @example Call the operation by its path
 * ```ts
 * const client = createFetchClient({ apiKey: process.env.PADDLE_API_KEY });
 * const { data, error } = await client.GET('/customers/{customer_id}/credit-balances', {
 *   params: { path: { customer_id: 'ctm_01gw9m680k848184fpttwr0b7z' } },
 * });
 * ```
 * @throws {UsageError} an option is unknown or wrong.
 */
export const createFetchClient: (options: ClientOptions) => FetchClient = createFetchClientFor(findMismatches);
