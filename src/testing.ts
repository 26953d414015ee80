/**
 * The mock in process, as a `fetch`.
 *
 * @module
 */
export type { CustomerBalances, InitialBalances } from './credit-balances/ledger/balances-option.js';
export type { Invoice, InvoiceStatus } from './credit-balances/ledger/invoices.js';
export type { Ledger } from './credit-balances/ledger/ledger.js';
export type { MockFetch, MockFetchOptions } from './credit-balances/mock-fetch.js';
export { createMockFetch } from './credit-balances/mock-fetch.js';
export type { MockCall } from './mock/in-process.js';
export type { ScenarioName } from './mock/scenarios.js';
