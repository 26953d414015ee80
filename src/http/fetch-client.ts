import type { Middleware } from 'openapi-fetch';
import type { ClientOptions } from '../options/client-options.js';
import { readClientSettings } from '../options/client-settings.js';
import { refuse } from '../options/refuse.js';
import { createContractClient } from './contract-client.js';
import type { FetchClient } from './fetch-paths.js';
import { findKeptResponse, keepResponse } from './kept-response.js';
import { serializeCheckedQuery, serializePath } from './request.js';
import { createTransport, type FindMismatches, type Transport } from './transport.js';

/**
 * openapi-fetch's own client, made for this contract: an error with the contract's body is returned as `error`.
 *
 * @throws {UsageError} an option is unknown or wrong.
 */
export function createFetchClientFor(findMismatches: FindMismatches) {
  return (options: ClientOptions): FetchClient => {
    const settings = readClientSettings(options);
    const { base, redactor } = settings;
    const fetch = returnErrors(createTransport(settings, { findMismatches, onRefused: keepResponse }));
    const client = createContractClient(settings, {
      fetch,
      pathSerializer: (url, values) => redactor.guard(() => serializePath(base, url, values)),
      querySerializer: (values) => redactor.guard(() => serializeCheckedQuery(values as Record<string, unknown>)),
    });
    client.use(guardCall(base, fetch));
    return client as FetchClient;
  };
}

function returnErrors(transport: Transport): Transport {
  return async (request) => {
    try {
      return await transport(request);
    } catch (error) {
      const response = findKeptResponse(error);
      if (response === undefined) throw error;
      return response;
    }
  };
}

/** Refuses a `baseUrl` or a `fetch` for a single call, which would bypass every check of the contract. */
function guardCall(base: string, fetch: Transport): Middleware {
  return {
    onRequest({ options }) {
      if (options.baseUrl !== base) {
        refuse('baseUrl', 'must not be set for a single call: make another client for another server.');
      }
      if (options.fetch !== fetch) {
        refuse('fetch', 'must not be set for a single call: pass it when the client is made.');
      }
      return undefined;
    },
  };
}
