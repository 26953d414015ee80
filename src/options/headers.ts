import { type Operation, operations } from '../../generated/operations.js';
import { describeValue } from './describe-value.js';
import { refuse, refuseReceived } from './refuse.js';

/** Headers to add: an object, a `Headers` or a `Map`. */
export type HeadersOption = Readonly<Record<string, string>> | Headers | ReadonlyMap<string, string>;

/** The headers of every request to an operation, except for the token. */
export function makeContractHeaders({ parameters }: Operation): Record<string, string> {
  const sent = parameters.filter(({ in: place, value }) => place === 'header' && value !== undefined);
  return {
    accept: 'application/json',
    ...Object.fromEntries(sent.map(({ name, value }) => [name.toLowerCase(), String(value)])),
  };
}

/** The headers that the client sets itself. */
const ownHeaders = [
  'authorization',
  'content-type',
  ...Object.values(operations).flatMap((operation) => Object.keys(makeContractHeaders(operation))),
];
/** Headers of the connection: `fetch` refuses some of them only when it sends, and drops the others. */
const connectionHeaders =
  'connection content-length expect host keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer transfer-encoding upgrade'.split(
    ' ',
  );

/** Reads headers, by their names in lowercase. @throws {UsageError} one of them cannot be sent. */
export function readHeaders(headers: unknown, option = 'headers'): Readonly<Record<string, string>> {
  if (headers === undefined) return {};
  const read = Object.create(null) as Record<string, string>;
  for (const [name, value] of readEntries(headers, option)) {
    if (value === undefined) continue;
    assertHeader(name, value, option);
    read[(name as string).toLowerCase()] = value as string;
  }
  return Object.freeze(read);
}

/** The names and values of headers, each read once. @throws {UsageError} they are not what headers are given as. */
export function readEntries(headers: unknown, option = 'headers'): [unknown, unknown][] {
  try {
    if (typeof headers === 'object' && headers !== null && !Array.isArray(headers)) {
      if (Symbol.iterator in headers)
        return Array.from(headers as Iterable<unknown[]>, ([name, value]) => [name, value]);
      // What another object inherits, or has as getters of its class, would be lost.
      const prototype = Object.getPrototypeOf(headers);
      if (prototype === null || Object.hasOwn(prototype, 'isPrototypeOf')) return Object.entries(headers);
    }
  } catch {
    // What is thrown may hold anything.
  }
  // A text may be a header with its value.
  const received = typeof headers === 'string' ? 'a string' : describeValue(headers);
  refuseReceived(option, 'an object, a Headers or a Map', received);
}

/** @throws {UsageError} the header belongs to the connection. */
export function assertNoConnectionHeader(name: string, option: string): void {
  if (connectionHeaders.includes(name)) refuse(option, `must not set ${name}: it belongs to the connection.`);
}

function assertHeader(name: unknown, value: unknown, option: string): void {
  const key = typeof name === 'string' ? name.toLowerCase() : '';
  if (ownHeaders.includes(key)) {
    const source = key === 'authorization' ? ' from apiKey' : '';
    refuse(option, `must not set ${key}: the client sets it${source}.`);
  }
  assertNoConnectionHeader(key, option);
  assertSoundHeader(name, value, option);
}

/** @throws {UsageError} the platform would refuse the header. */
export function assertSoundHeader(name: unknown, value: unknown, option: string): void {
  // The platform's own error quotes the value, which may be a secret; and some values it refuses only when it sends.
  const isSound =
    typeof name === 'string' &&
    /^[!#$%&'*+.^_`|~\w-]+$/.test(name) &&
    typeof value === 'string' &&
    /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
  if (!isSound) refuse(option, `has an invalid HTTP header ${describeValue(name)}: check its name and its value.`);
}
