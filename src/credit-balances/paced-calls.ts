import type { CreditBalanceList } from '../../generated/openapi.js';
import type { Pace } from '../http/pace.js';
import type { CreditBalancesClient, ListOptions } from './client.js';

/** What each attempt of a call waits for, and what ends the call. */
export interface Paced {
  pace: Pace;
  signal: AbortSignal;
}

/** `listCreditBalances` for a run. */
export type PacedCall = (customerId: string, options: ListOptions, paced: Paced) => Promise<CreditBalanceList>;

/** How many customers are asked for: a way into a client that is no part of what its users see. */
export const pacedCalls = new WeakMap<CreditBalancesClient, PacedCall>();
