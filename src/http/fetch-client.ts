import type { Middleware } from 'openapi-fetch';
import type { Redactor } from '../errors/redaction.js';
import type { ClientOptions } from '../options/client-options.js';
import { readClientSettings } from '../options/client-settings.js';
import { assertSoundHeader } from '../options/headers.js';
import { refuse } from '../options/refuse.js';
import { createContractClient } from './contract-client.js';
import type { FetchClient } from './fetch-paths.js';
import { findKeptResponse, keepResponse, restoreResponse } from './kept-response.js';
import type { Accepted } from './plain-request.js';
import { serializeCheckedQuery } from './request.js';
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
    const fetch = returnErrors(createTransport(settings, { findMismatches, respond, onRefused: keepResponse }));
    const client = createContractClient(settings, {
      fetch,
      querySerializer: (values) => redactor.guard(() => serializeCheckedQuery(values as Record<string, unknown>)),
    });
    client.use(guardCall(base, fetch));
    return checkHeadersFirst(client as FetchClient, redactor);
  };
}

/** Checks the headers of a call before the platform does, whose error would quote their values. */
function checkHeadersFirst(client: FetchClient, redactor: Redactor): FetchClient {
  const { use, eject, ...methods } = client;
  const calls = Object.entries(methods).map(([name, method]) => {
    const call = async (...given: unknown[]) => {
      const { headers } = (given.at(-1) ?? {}) as { headers?: unknown };
      redactor.guard(() => {
        // Null takes a header of the client's away.
        for (const [key, value] of Object.entries(isRecord(headers) ? headers : {})) {
          if (value !== null && value !== undefined) assertSoundHeader(key, String(value), 'headers');
        }
      });
      return (method as (...given: unknown[]) => unknown)(...given);
    };
    return [name, call];
  });
  return { use, eject, ...(Object.fromEntries(calls) as typeof methods) };
}

function isRecord(headers: unknown): headers is Record<string, unknown> {
  return typeof headers === 'object' && headers !== null && !(headers instanceof Headers);
}

function respond({ response, url, text }: Accepted): Response {
  return restoreResponse(response, url, text);
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
