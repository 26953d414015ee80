/**
 * openapi-fetch's own client, made for this contract.
 *
 * @module
 */
export { createFetchClient } from './credit-balances/fetch-client.js';
export type { FetchClient, FetchPaths } from './http/fetch-paths.js';
export type { Environment } from './options/address.js';
export type { ClientOptions, RetryEvent } from './options/client-options.js';
export type { HeadersOption } from './options/headers.js';
