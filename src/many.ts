/**
 * The balances of many customers, within Paddle's rate limit.
 *
 * @module
 */
export type { CustomerResult } from './credit-balances/many/list-of-many.js';
export { listCreditBalancesOfMany } from './credit-balances/many/list-of-many.js';
export type { CustomerIds, ManyOptions } from './credit-balances/many/options.js';
