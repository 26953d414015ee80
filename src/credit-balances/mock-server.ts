import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { RunningServer } from '../mock/running-server.js';
import { serveMock } from '../mock/server.js';
import { readServerSettings, type ServerOptions, serverOptionNames } from '../mock/server-options.js';
import { readOptions } from '../options/read-options.js';
import { createLedger, type Ledger } from './ledger/ledger.js';
import type { MockFetchOptions } from './mock-fetch.js';
import { createMockState } from './mock-state.js';

/** How the mock server behaves, where it listens, and whom it knows. */
export interface MockServerOptions extends ServerOptions, Pick<MockFetchOptions, 'balances'> {}

/** A mock server that is running. */
export interface MockServer extends RunningServer {
  /** The credit of the mock's customers, from which the mock answers. */
  readonly ledger: Ledger;
}

/** By the name that the package has for it, which is the same from the sources and from what is built of them. */
const bundle = createRequire(import.meta.url).resolve('paddle-credit-balances/openapi.json');

/**
 * Starts a mock of the contract: a server that validates each answer with Prism, with what Paddle does beyond Prism.
 *
 * @returns the mock, once it accepts requests.
 * @throws {UsageError} an option is unknown or wrong; nothing listens.
 * @throws {Error} with the system's `code`, such as `EADDRINUSE` for a port that is taken.
 */
export async function startMock(options: MockServerOptions = {}): Promise<MockServer> {
  const read = readOptions(options, ['balances', ...serverOptionNames]);
  const settings = readServerSettings(read);
  const ledger = createLedger(read.balances);
  const state = createMockState(ledger, read.balances !== undefined);
  const document = JSON.parse(await readFile(bundle, 'utf8'));
  return { ...(await serveMock(document, settings, state)), ledger };
}
