export type {
  CreditBalance,
  CreditBalanceList,
  CreditTotals,
  CurrencyCode,
  ErrorCode,
  ErrorType,
  FieldError,
} from '../generated/openapi.js';
export type { CreditBalancesClient } from './client.ts';
export { createCreditBalancesClient } from './client.ts';
export type { ContractIssue } from './errors.ts';
export { ApiError, ConnectionError, ContractError, PaddleError, TimeoutError, UsageError } from './errors.ts';
export type { DecimalOptions, FormatOptions } from './money.ts';
export { formatAmount, toDecimal } from './money.ts';
export type { ClientOptions, Environment, ListOptions, RetryEvent } from './options.ts';
