import { assertSignal } from '../options/assertions.js';
import type { ClientOptions } from '../options/client-options.js';
import { type ClientSettings, readClientSettings } from '../options/client-settings.js';
import { assertSoundHeader, readEntries } from '../options/headers.js';
import { refuse } from '../options/refuse.js';
import { createContractClient } from './contract-client.js';
import type { FetchClient } from './fetch-paths.js';
import { findKeptResponse, keepResponse, restoreResponse } from './kept-response.js';
import { unwrapFault } from './key.js';
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
        const method = String(place === 0 ? name : given[0]);
        return [...(place === 0 ? [] : [method]), path, readCall(method, options ?? {}, base)];
      });
      return (method as (...given: unknown[]) => unknown)(...checked);
    };
    return [name, call];
  });
  return { use, eject, ...(Object.fromEntries(calls) as typeof methods) };
}

/** A copy of what a call is made with, read once. */
function readCall(method: string, options: object, base: string): object {
  const { baseUrl = base, fetch, Request, params, headers, ...rest } = readProperties(options, 'options');
  if (String(baseUrl).replace(/\/$/, '') !== base)
    refuse('baseUrl', 'must not be set for a single call: make another client for another server.');
  if (fetch !== undefined) refuse('fetch', 'must not be set for a single call: pass it when the client is made.');
  if (Request !== undefined) refuse('Request', 'must not be set for a single call.');
  assertSignal('signal', rest.signal ?? undefined);
  const { header, ...others } = readProperties(params, 'params');
  const path = readProperties(others.path, 'params.path');
  const query = readProperties(others.query, 'params.query');
  assertPlatformTakes(method, path, rest);
  return {
    ...rest,
    params: { ...others, path, query, header: readCallHeaders(header) },
    headers: readCallHeaders(headers),
  };
}

/** Every property of an object, own, inherited or a getter of a class, read once; methods of a class are none. */
function readProperties(value: unknown, option: string): Record<string, unknown> {
  const read = Object.create(null) as Record<string, unknown>;
  const object = Object(value ?? {}) as Record<string, unknown>;
  if (Symbol.iterator in object) refuse(option, 'must be an object, not a list or a Map.');
  for (let owner = object; owner !== null; owner = Object.getPrototypeOf(owner)) {
    // That of every object, also of another realm.
    if (Object.hasOwn(owner, 'isPrototypeOf')) break;
    for (const name of Object.getOwnPropertyNames(owner)) {
      const isMethod = owner !== object && typeof Object.getOwnPropertyDescriptor(owner, name)?.value === 'function';
      if (!isMethod && !(name in read)) read[name] = object[name];
    }
  }
  return read;
}

/** @throws {UsageError} the platform would refuse what it is passed, in words of its own that quote it. */
function assertPlatformTakes(method: string, path: object, { signal, body, ...init }: Record<string, unknown>): void {
  const isTaken = (part: object) => {
    try {
      return new Request('http://path', { ...part, method: method.toUpperCase() }) !== undefined;
    } catch {
      return false;
    }
  };
  const given = body === undefined ? init : { ...init, body: '' };
  if (isTaken(given)) {
    for (const [name, value] of Object.entries(path)) assertText(`params.path.${name}`, value);
    return;
  }
  const wrong = Object.entries(given).find(([name, value]) => !isTaken({ [name]: value }));
  refuse(wrong?.[0] ?? 'method', 'is not what the fetch of this platform takes.');
}

/** @throws {UsageError} the value cannot be a part of an address. */
function assertText(option: string, value: unknown): void {
  try {
    encodeURIComponent(value as string);
  } catch {
    refuse(option, 'cannot be a part of an address.');
  }
}

/** Null takes a header of the client's away, or is no headers. */
function readCallHeaders(headers: unknown): Record<string, string | null> {
  const entries = headers === undefined || headers === null ? [] : readEntries(headers);
  const read = entries.map(([name, value]): [string, string | null | undefined] => {
    if (value === undefined || value === null) {
      assertSoundHeader(name, '', 'headers');
      return [String(name), value];
    }
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
      if (response === undefined) throw unwrapFault(error);
      return response;
    }
  };
}
