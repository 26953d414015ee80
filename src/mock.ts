/**
 * The mock as a server, for Node.
 *
 * @module
 */
export type { CustomerBalances, InitialBalances } from './credit-balances/ledger/balances-option.js';
export type { Invoice, InvoiceStatus } from './credit-balances/ledger/invoices.js';
export type { Ledger } from './credit-balances/ledger/ledger.js';
export type { MockServer, MockServerOptions } from './credit-balances/mock-server.js';
export { startMock } from './credit-balances/mock-server.js';
export type { ScenarioName } from './mock/scenarios.js';
export type { ServedRequest } from './mock/server-options.js';
