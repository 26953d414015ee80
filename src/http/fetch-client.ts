import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from '../../generated/openapi.js';
import { UsageError } from '../errors/errors.js';
import type { ClientOptions } from '../options/client-options.js';
import { type ClientSettings, readClientSettings } from '../options/client-settings.js';
import type { FetchClient } from './fetch-paths.js';
import { findKeptResponse, keepResponse } from './kept-response.js';
import { serializeCheckedQuery, serializePath } from './request.js';
import {
  createTransport,
  type FindMismatches,
  type Transport,
  type TransportCall,
  type TransportParts,
} from './transport.js';

/**
 * openapi-fetch's client with the contract's transport under it.
 *
 * @returns the client, its settings, and a function that makes the transport for a call with options of its own.
 * @throws {UsageError} an option is unknown or wrong.
 */
export function createContractClient(
  options: ClientOptions,
  parts: TransportParts,
  adapt: (transport: Transport) => Transport = (transport) => transport,
) {
  const settings = readClientSettings(options);
  const own = new WeakSet<Transport>();
  const transportFor = (call?: TransportCall) => {
    const transport = adapt(createTransport(settings, parts, call));
    own.add(transport);
    return transport;
  };
  const { redactor, base, headers } = settings;
  const client = createClient<paths>({
    baseUrl: base,
    headers,
    redirect: 'manual',
    fetch: transportFor(),
    pathSerializer: (url, values) => redactor.guard(() => serializePath(base, url, values)),
    querySerializer: (values) => redactor.guard(() => serializeCheckedQuery(values as Record<string, unknown>)),
  });
  client.use(guardCall(settings, own));
  return { client, settings, transportFor };
}

/** openapi-fetch's own client, made for this contract: an error with the contract's body is returned as `error`. */
export function createFetchClientFor(findMismatches: FindMismatches) {
  return (options: ClientOptions): FetchClient =>
    createContractClient(options, { findMismatches, onRefused: keepResponse }, returnErrors).client as FetchClient;
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
function guardCall({ base }: ClientSettings, own: WeakSet<Transport>): Middleware {
  return {
    onRequest({ options }) {
      if (options.baseUrl !== base) {
        throw new UsageError('baseUrl must not be set for a single call: make another client for another server.', {
          option: 'baseUrl',
        });
      }
      if (!own.has(options.fetch as Transport)) {
        throw new UsageError('fetch must not be set for a single call: pass it when the client is made.', {
          option: 'fetch',
        });
      }
      return undefined;
    },
    // The last to see an error. Without it, a falsy one, such as the reason of `abort(null)`, counts as none.
    onError({ error }) {
      throw error;
    },
  };
}
