export type {
  CreditBalance,
  CreditBalanceList,
  CreditTotals,
  CurrencyCode,
  ErrorCode,
  ErrorType,
  FieldError,
} from '../generated/openapi.js';
export type { CreditBalancesClient } from './client.js';
export { createCreditBalancesClient } from './client.js';
export type { ContractIssue } from './errors.js';
export { ApiError, ConnectionError, ContractError, PaddleError, TimeoutError, UsageError } from './errors.js';
export type { DecimalOptions, FormatOptions } from './money.js';
export { formatAmount, toDecimal } from './money.js';
export type { ClientOptions, Environment, ListOptions, RetryEvent } from './options.js';
