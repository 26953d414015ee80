/**
 * Reads how much credit a customer has, and formats amounts.
 *
 * @module
 */
export type {
  CreditBalance,
  CreditBalanceList,
  CreditTotals,
  CurrencyCode,
  ErrorCode,
  ErrorType,
  FieldError,
} from '../generated/openapi.js';
export type { CreditBalancesClient, ListOptions } from './credit-balances/client.js';
export { createCreditBalancesClient } from './credit-balances/client.js';
export type { DecimalOptions, FormatOptions } from './credit-balances/money.js';
export { formatAmount, toDecimal } from './credit-balances/money.js';
export type { ApiErrorFields, ContractIssue } from './errors/errors.js';
export { ApiError, ConnectionError, ContractError, PaddleError, TimeoutError, UsageError } from './errors/errors.js';
export type { Environment } from './options/address.js';
export type { CallOptions, ClientOptions, RetryEvent } from './options/client-options.js';
export type { HeadersOption } from './options/headers.js';
