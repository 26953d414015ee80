import type { CurrencyCode } from '../generated/openapi.js';
import { servers } from '../generated/servers.js';
import * as validators from '../generated/validators.js';
import { type PaddleError, UsageError } from './errors.js';
import { isClientSideToken, keyPrefixes } from './keys.js';
import { shown } from './shown.js';

export type Environment = keyof typeof servers;

/** What `onRetry` is told before each wait. */
export interface RetryEvent {
  /** The number of the attempt that failed; the first is 1. */
  attempt: number;
  /** The wait before the next attempt, in milliseconds. */
  delay: number;
  /** Why the attempt failed. */
  error: PaddleError;
}

export interface ClientOptions {
  /**
   * An API key, or a function that gives one; it may be async and is called for each attempt, so that a rotated
   * key works. What it throws reaches the caller as it is.
   */
  apiKey: string | (() => string | Promise<string>);
  /** Which of Paddle's environments to call. @default the one that the key names */
  environment?: Environment | undefined;
  /** Another server, such as a mock or a gateway; a path is kept. `https`, or `http` on this machine. */
  baseUrl?: string | URL | undefined;
  /** What sends the requests; it is given a `Request`. @default the global `fetch` at the time of the call */
  fetch?: typeof globalThis.fetch | undefined;
  /** How long one attempt may take, its body included, in milliseconds. @default 30000 */
  timeout?: number | undefined;
  /** How many times a failed attempt is repeated. @default 2 */
  maxRetries?: number | undefined;
  /**
   * The longest wait before a retry, in milliseconds. Where the server asks for a longer one (`Retry-After`), the
   * call fails at once. @default 60000
   */
  maxRetryDelay?: number | undefined;
  /** Called before each wait, for logs. What it throws ends the call. */
  onRetry?: ((event: RetryEvent) => void) | undefined;
  /** Whether to check each response against the contract. @default true */
  validate?: boolean | undefined;
  /** Headers to add to each request. */
  headers?: Readonly<Record<string, string>> | undefined;
}

export interface ListOptions {
  /** Only the balances in these currencies. @default all */
  currencyCode?: CurrencyCode | readonly CurrencyCode[] | undefined;
  /** Ends the call; it then rejects with the signal's own reason. */
  signal?: AbortSignal | undefined;
  /** In place of the client's, in milliseconds. */
  timeout?: number | undefined;
  /** In place of the client's. */
  maxRetries?: number | undefined;
  /** Headers to add, over the client's. */
  headers?: Readonly<Record<string, string>> | undefined;
}

const clientOptionNames: readonly string[] = [
  'apiKey',
  'environment',
  'baseUrl',
  'fetch',
  'timeout',
  'maxRetries',
  'maxRetryDelay',
  'onRetry',
  'validate',
  'headers',
] satisfies (keyof ClientOptions)[];

const listOptionNames: readonly string[] = [
  'currencyCode',
  'signal',
  'timeout',
  'maxRetries',
  'headers',
] satisfies (keyof ListOptions)[];

/** The longest time that a timer can wait for, in milliseconds. */
const longestTimer = 2_147_483_647;
const ownHeaders = ['accept', 'authorization', 'content-type', 'paddle-version'];

/** @throws {UsageError} */
export function checkClientOptions(options: ClientOptions): void {
  checkNames(options, clientOptionNames);
  const { apiKey, environment, baseUrl, fetch, maxRetryDelay, onRetry, validate } = options;
  if (environment !== undefined && !Object.hasOwn(servers, environment)) {
    throw new UsageError(`environment must be ${Object.keys(servers).join(' or ')}.`);
  }
  if (baseUrl !== undefined) checkAddress('baseUrl', baseUrl);
  if (typeof apiKey !== 'function') serverFor(checkKey(apiKey), options);
  checkFunction('fetch', fetch);
  checkFunction('onRetry', onRetry);
  if (validate !== undefined && typeof validate !== 'boolean') throw new UsageError('validate must be true or false.');
  checkDuration('maxRetryDelay', maxRetryDelay, 0);
  checkShared(options);
}

/** @throws {UsageError} */
export function checkListOptions(options: ListOptions): void {
  checkNames(options, listOptionNames);
  const { signal, currencyCode } = options;
  checkSignal(signal);
  if (currencyCode !== undefined) checkCurrencies([currencyCode].flat());
  checkShared(options);
}

/** @throws {UsageError} */
export function checkCustomerId(customerId: string): void {
  if (!validators.CustomerId(customerId)) {
    throw new UsageError(
      `The customer id must be ctm_ and 26 small letters or digits, such as ctm_01gw9m680k848184fpttwr0b7z; it is ${shown(customerId)}.`,
    );
  }
}

/**
 * Which server the key is for, without a slash at the end.
 *
 * @throws {UsageError} the key is for another environment, or nothing tells which one is meant.
 */
export function serverFor(apiKey: string, { environment, baseUrl }: ClientOptions): string {
  const fromKey = (Object.keys(keyPrefixes) as Environment[]).find((name) => apiKey.startsWith(keyPrefixes[name]));
  const fromUrl = baseUrl === undefined ? undefined : environmentOf(new URL(baseUrl).origin);
  const chosen = environment ?? fromUrl;
  if (environment !== undefined && fromUrl !== undefined && environment !== fromUrl) {
    throw new UsageError(`environment is ${environment}, but baseUrl is Paddle's ${fromUrl} server: leave one out.`);
  }
  if (fromKey && chosen && fromKey !== chosen) {
    throw new UsageError(
      `The API key is for the ${fromKey} environment, but the call would go to ${chosen}: use a key that starts with ${keyPrefixes[chosen]}, or set environment to ${fromKey}.`,
    );
  }
  if (baseUrl !== undefined) {
    const { origin, pathname } = new URL(baseUrl);
    return `${origin}${pathname}`.replace(/\/+$/, '');
  }
  const known = chosen ?? fromKey;
  if (known === undefined) {
    throw new UsageError('The API key names no environment: set environment to live or sandbox, or set baseUrl.');
  }
  return servers[known];
}

/** @throws {UsageError} without the key in it. */
export function checkKey(apiKey: unknown): string {
  if (typeof apiKey !== 'string' || apiKey === '') {
    throw new UsageError(
      `The API key must be a string that is not empty; it is ${apiKey === '' ? 'empty' : shown(apiKey)}. Is the environment variable set?`,
    );
  }
  if (isClientSideToken(apiKey)) {
    throw new UsageError(
      'The API key is a client-side token, which the API does not accept: use an API key from the Paddle dashboard, which starts with pdl_.',
    );
  }
  // The characters that RFC 6750 allows in a bearer token.
  if (!/^[\w.~+/-]+=*$/.test(apiKey)) {
    throw new UsageError(
      'The API key holds a line break, a space or another character that no key has: check how it was copied, and that it is sent without quotes.',
    );
  }
  return apiKey;
}

function checkShared({ timeout, maxRetries, headers }: Pick<ListOptions, 'timeout' | 'maxRetries' | 'headers'>): void {
  checkDuration('timeout', timeout, 1);
  if (maxRetries !== undefined && !(Number.isInteger(maxRetries) && maxRetries >= 0)) {
    throw new UsageError(`maxRetries must be a whole number, 0 or more; it is ${shown(maxRetries)}.`);
  }
  if (headers !== undefined) checkHeaders(headers);
}

/** @throws {UsageError} an option is not among the known ones. */
export function checkNames(options: object, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null) {
    throw new UsageError(`The options must be an object; they are ${shown(options)}.`);
  }
  const unknown = Object.keys(options).filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new UsageError(`There is no option ${unknown.map(shown).join(', ')}. The options are ${known.join(', ')}.`);
  }
}

function checkCurrencies(codes: readonly string[]): void {
  if (codes.length === 0) {
    throw new UsageError('currencyCode is an empty list, which would mean every currency: leave it out to get all.');
  }
  const wrong = codes.filter((code) => !validators.CurrencyCode(code));
  if (wrong.length > 0) {
    throw new UsageError(
      `A currency must be three capital letters such as "USD"; wrong is ${wrong.map(shown).join(', ')}.`,
    );
  }
}

/** @throws {UsageError} no address that a key may be sent to. */
export function checkAddress(name: string, address: string | URL): void {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined) {
    throw new UsageError(`${name} must be a whole address such as https://gateway.example/paddle.`);
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw new UsageError(
      `${name} must be https, since the API key travels with each request; plain http is for this machine only (127.0.0.1, localhost). It is ${url.protocol}//${url.host}.`,
    );
  }
  if (url.username !== '' || url.password !== '' || /[?#]/.test(String(address))) {
    throw new UsageError(`${name} must have no user name, password, query or fragment.`);
  }
}

/** Whether a host name is this machine. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    /^127(\.\d+){3}$/.test(hostname) ||
    hostname === '[::1]'
  );
}

function environmentOf(origin: string): Environment | undefined {
  return (Object.keys(servers) as Environment[]).find((name) => new URL(servers[name]).origin === origin);
}

function checkHeaders(headers: Readonly<Record<string, string>>): void {
  if (typeof headers !== 'object' || headers === null) throw new UsageError('headers must be an object.');
  for (const [name, value] of Object.entries(headers)) {
    if (ownHeaders.includes(name.toLowerCase())) {
      throw new UsageError(
        `headers must not set ${name}: the client does${name.toLowerCase() === 'authorization' ? ', from apiKey' : ''}.`,
      );
    }
    try {
      new Headers().set(name, value);
    } catch {
      // The platform's own error quotes the value, which may be a secret.
      throw new UsageError(`The header ${shown(name)} is not a valid HTTP header, by its name or its value.`);
    }
  }
}

/** @throws {UsageError} no number of milliseconds that a timer can wait for. */
export function checkDuration(name: string, value: number | undefined, least: number): void {
  if (value === undefined) return;
  if (typeof value !== 'number' || !(value >= least && value <= longestTimer)) {
    throw new UsageError(
      `${name} must be a number of milliseconds from ${least} to ${longestTimer}; it is ${shown(value)}.`,
    );
  }
}

/** @throws {UsageError} */
export function checkSignal(signal: unknown): void {
  if (signal !== undefined && !(typeof signal === 'object' && signal !== null && 'aborted' in signal)) {
    throw new UsageError('signal must be an AbortSignal.');
  }
}

/** @throws {UsageError} */
export function checkFunction(name: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'function') throw new UsageError(`${name} must be a function.`);
}
