import { createFetch, type InProcessFetch } from '../mock/in-process.js';
import { type MockOptions, mockOptionNames, readMockSettings } from '../mock/options.js';
import { readOptions } from '../options/read-options.js';
import type { InitialBalances } from './ledger/balances-option.js';
import { createLedger, type Ledger } from './ledger/ledger.js';
import { createMockState } from './mock-state.js';

/** How the mock in process behaves. */
export interface MockFetchOptions extends MockOptions {
  /**
   * The customers that the mock knows, by ID and currency. Once it is given, a customer who is neither in it nor
   * reserved for a scenario is answered with 404 `not_found`.
   */
  balances?: Readonly<Record<string, InitialBalances>> | undefined;
}

/** The mock as a `fetch`. */
export interface MockFetch extends InProcessFetch {
  /** The credit of the mock's customers, from which the mock answers. */
  readonly ledger: Ledger;
}

/**
 * Makes the mock as a `fetch`: the scenarios, filters, ledger and errors of the mock server, in process. It answers for
 * any host.
 *
 * @example A client without a network
 * ```ts
 * const client = createCreditBalancesClient({ apiKey: 'test', environment: 'sandbox', fetch: createMockFetch() });
 * ```
 * @throws {UsageError} an option is unknown or wrong.
 */
export function createMockFetch(options: MockFetchOptions = {}): MockFetch {
  const read = readOptions(options, ['balances', ...mockOptionNames]);
  const ledger = createLedger(read.balances);
  const state = createMockState(ledger, read.balances !== undefined);
  return Object.assign(createFetch(readMockSettings(read), state), { ledger });
}
