import { servers } from '../../generated/operations.js';
import { UsageError } from '../errors/errors.js';
import { Redactor } from '../errors/redaction.js';
import { type Environment, environments, findEnvironmentOfAddress, readAddress } from './address.js';
import { assertKey, findEnvironmentOfKey } from './api-key.js';
import { assertDuration, assertInteger, assertOneOf, assertType } from './assertions.js';
import { type ClientOptions, defaults } from './client-options.js';
import { readHeaders } from './headers.js';
import { readOptions } from './read-options.js';
import { refuse } from './refuse.js';

/** The options of a client, checked, with their defaults. */
export interface ClientSettings {
  readonly apiKey: string | (() => unknown) | undefined;
  readonly environment: Environment | undefined;
  readonly baseUrl: string | undefined;
  /** The URL that requests are made with. A key from a function may send them to Paddle's other server. */
  readonly base: string;
  readonly fetch: ((input: Request) => Promise<Response>) | undefined;
  readonly timeout: number;
  readonly maxRetries: number;
  readonly maxRetryDelay: number;
  readonly maxBodySize: number;
  readonly onRetry: ClientOptions['onRetry'];
  readonly validate: boolean;
  readonly headers: Readonly<Record<string, string>>;
  /** Knows the secrets of the options. */
  readonly redactor: Redactor;
}

const optionNames = [
  'apiKey',
  'environment',
  'baseUrl',
  'fetch',
  'timeout',
  'maxRetries',
  'maxRetryDelay',
  'maxBodySize',
  'onRetry',
  'validate',
  'headers',
] as const satisfies (keyof ClientOptions)[];

/** @throws {UsageError} an option is unknown or wrong. */
export function readClientSettings(options: ClientOptions): ClientSettings {
  const given = readOptions(options, optionNames);
  const redactor = new Redactor();
  if (typeof given.apiKey === 'string') redactor.add(given.apiKey);
  return redactor.guard(() => {
    const { apiKey, environment, onRetry, validate = true, fetch } = given;
    const { timeout = defaults.timeout, maxRetries = defaults.maxRetries } = given;
    const { maxRetryDelay = defaults.maxRetryDelay, maxBodySize = defaults.maxBodySize } = given;
    assertOneOf('environment', environment, environments);
    const baseUrl = given.baseUrl === undefined ? undefined : readAddress('baseUrl', given.baseUrl);
    if (baseUrl !== undefined) redactor.addPath(new URL(baseUrl).pathname);
    assertType('fetch', fetch, 'function');
    assertType('onRetry', onRetry, 'function');
    assertType('validate', validate, 'boolean');
    assertDuration('timeout', timeout, 1);
    assertInteger('maxRetries', maxRetries, 0);
    assertDuration('maxRetryDelay', maxRetryDelay, 0);
    assertInteger('maxBodySize', maxBodySize, 1);
    const headers = readHeaders(given.headers);
    redactor.addHeaders(headers);

    const place = { environment, baseUrl };
    const isPaddles = baseUrl === undefined || findEnvironmentOfAddress(baseUrl) !== undefined;
    if (typeof apiKey !== 'function' && (apiKey !== undefined || isPaddles)) assertKey(apiKey);
    if (isPaddles && fetch === undefined && isPage()) {
      refuse('apiKey', 'must not be in a page: let the page ask your own backend, with baseUrl and without apiKey.');
    }
    const isKnown = typeof apiKey !== 'function' || environment !== undefined || baseUrl !== undefined;
    // If only the function knows the environment, each attempt goes to the server of its key.
    const base = isKnown ? chooseServer(typeof apiKey === 'string' ? apiKey : undefined, place) : servers.sandbox.url;
    const checked = { baseUrl, base, timeout, maxRetries, maxRetryDelay, maxBodySize, validate, headers, redactor };
    return Object.freeze({ ...(given as ClientSettings), ...checked });
  });
}

/**
 * Chooses the server that a key is for, without a slash at the end.
 *
 * @throws {UsageError} the key is for another environment, or no environment is named.
 */
export function chooseServer(
  key: string | undefined,
  { environment, baseUrl }: Pick<ClientSettings, 'environment' | 'baseUrl'>,
): string {
  const ofKey = key === undefined ? undefined : findEnvironmentOfKey(key);
  const ofAddress = baseUrl === undefined ? undefined : findEnvironmentOfAddress(baseUrl);
  const chosen = environment ?? ofAddress;
  if (environment !== undefined && ofAddress !== undefined && environment !== ofAddress) {
    refuse('environment', `is ${environment}, but the address is that of Paddle's ${ofAddress} server: leave one out.`);
  }
  if (ofKey !== undefined && chosen !== undefined && ofKey !== chosen) {
    throw new UsageError(
      `The API key is for the ${ofKey} environment, but the call would go to ${chosen}: use a key that starts with ${servers[chosen].keyPrefix}, or choose the environment ${ofKey}.`,
      { option: 'environment' },
    );
  }
  if (baseUrl !== undefined) return baseUrl;
  const known = chosen ?? ofKey;
  if (known === undefined) {
    throw new UsageError(
      'The API key names no environment: choose live or sandbox, or the address of another server.',
      { option: 'environment' },
    );
  }
  return servers[known].url;
}

/** Whether this code runs in a page of a browser, and not in a test runner with a DOM. */
function isPage(): boolean {
  const { document, process } = globalThis as { document?: unknown; process?: { versions?: { node?: string } } };
  return document !== undefined && process?.versions?.node === undefined;
}
