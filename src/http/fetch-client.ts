import { assertSignal } from '../options/assertions.js';
import type { ClientOptions } from '../options/client-options.js';
import { type ClientSettings, readClientSettings } from '../options/client-settings.js';
import { assertSoundHeader, readEntries } from '../options/headers.js';
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
    const { redactor } = settings;
    const fetch = returnErrors(createTransport(settings, { findMismatches, respond, onRefused: keepResponse }));
    const client = createContractClient(settings, {
      fetch,
      querySerializer: (values) => redactor.guard(() => serializeCheckedQuery(values as Record<string, unknown>)),
    });
    return checkCalls(client as FetchClient, settings);
  };
}

/**
 * Checks a call before openapi-fetch and the platform read it: their errors would quote what they refuse. A `baseUrl`
 * or a `fetch` of its own would bypass every check of the contract.
 */
function checkCalls(client: FetchClient, { base, redactor }: ClientSettings): FetchClient {
  const { use, eject, ...methods } = client;
  const calls = Object.entries(methods).map(([name, method]) => {
    const call = async (...given: unknown[]) => {
      // `request` takes the method first.
      const place = name === 'request' ? 1 : 0;
      const checked = redactor.guard(() => {
        const [path, options] = given.slice(place);
        if (typeof path !== 'string' || !path.startsWith('/')) refuse('path', 'must begin with a slash.');
        return [...given.slice(0, place), path, readCall(options ?? {}, base)];
      });
      return (method as (...given: unknown[]) => unknown)(...checked);
    };
    return [name, call];
  });
  return { use, eject, ...(Object.fromEntries(calls) as typeof methods) };
}

/** A copy of what a call is made with, read once. */
function readCall(options: object, base: string): object {
  const { baseUrl = base, fetch, Request, params, headers, ...rest } = { ...options } as Record<string, unknown>;
  if (String(baseUrl).replace(/\/$/, '') !== base)
    refuse('baseUrl', 'must not be set for a single call: make another client for another server.');
  if (fetch !== undefined) refuse('fetch', 'must not be set for a single call: pass it when the client is made.');
  if (Request !== undefined) refuse('Request', 'must not be set for a single call.');
  assertSignal('signal', rest.signal ?? undefined);
  const { header, ...others } = { ...(params as object) } as Record<string, unknown>;
  return { ...rest, params: { ...others, header: readCallHeaders(header) }, headers: readCallHeaders(headers) };
}

/** Null takes a header of the client's away, or is no headers. */
function readCallHeaders(headers: unknown): Record<string, string | null> {
  const entries = headers === undefined || headers === null ? [] : readEntries(headers);
  const read = entries.map(([name, value]): [string, string | null | undefined] => {
    if (value === undefined || value === null) return [String(name), value];
    const isText = typeof value !== 'symbol' && (typeof value !== 'object' || Array.isArray(value));
    assertSoundHeader(name, isText ? String(value) : value, 'headers');
    return [String(name), String(value)];
  });
  return Object.fromEntries(read.filter((entry): entry is [string, string | null] => entry[1] !== undefined));
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
