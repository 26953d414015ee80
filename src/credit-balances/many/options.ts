import type { CurrencyCode } from '../../../generated/openapi.js';
import { assertInteger, assertSignal } from '../../options/assertions.js';
import { defaults, paddleLimit } from '../../options/client-options.js';
import { readOptions } from '../../options/read-options.js';
import { refuseValue } from '../../options/refuse.js';
import { readCurrencyCodes } from '../client.js';

/** How `listCreditBalancesOfMany` asks. */
export interface ManyOptions {
  /** Only the balances in these currencies. @default all */
  currencyCode?: CurrencyCode | readonly CurrencyCode[] | undefined;
  /** How many customers are asked for at a time. @default 4 */
  concurrency?: number | undefined;
  /**
   * How many requests are sent in a minute, retries included; `Infinity` for no limit. They are spaced evenly and stay
   * slightly below it. The first run of a client sets it for all of its runs. @default 240, which is Paddle's own limit
   */
  requestsPerMinute?: number | undefined;
  /** Ends the run, which then throws the signal's own reason. */
  signal?: AbortSignal | undefined;
}

export interface ManySettings {
  currencyCode: CurrencyCode[] | undefined;
  concurrency: number;
  requestsPerMinute: number;
  signal: AbortSignal | undefined;
}

/** The IDs of customers, which are taken no faster than they are asked for. */
export type CustomerIds = Iterable<string> | AsyncIterable<string>;

const optionNames = [
  'currencyCode',
  'concurrency',
  'requestsPerMinute',
  'signal',
] as const satisfies (keyof ManyOptions)[];

/** @throws {UsageError} an option is unknown or wrong. */
export function readManySettings(options: ManyOptions): ManySettings {
  const {
    currencyCode,
    concurrency = defaults.concurrency,
    requestsPerMinute = paddleLimit.requests,
    signal,
  } = readOptions(options, optionNames);
  assertInteger('concurrency', concurrency, 1);
  if (typeof requestsPerMinute !== 'number' || !(requestsPerMinute > 0)) {
    refuseValue('requestsPerMinute', 'a positive number, or Infinity for no limit', requestsPerMinute);
  }
  assertSignal('signal', signal);
  return { currencyCode: readCurrencyCodes(currencyCode), concurrency, requestsPerMinute, signal };
}

/** @throws {UsageError} the value is no list of IDs; a single ID, whose letters could be iterated over, is none. */
export function assertCustomerIds(value: unknown): asserts value is CustomerIds {
  const isIterable =
    Object(value) === value &&
    !(value instanceof String) &&
    methods.some((name) => typeof Object(value)[name] === 'function');
  if (isIterable) return;
  refuseValue('customerIds', 'an iterable or async iterable of IDs, such as an array', value);
}

const methods = [Symbol.asyncIterator, Symbol.iterator] as const;
