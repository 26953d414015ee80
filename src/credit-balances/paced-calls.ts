import type { CreditBalanceList } from '../../generated/openapi.js';
import type { Pace } from '../http/pace.js';
import type { CreditBalancesClient, ListOptions } from './client.js';

/** `listCreditBalances`, each attempt of which waits for its turn. */
export type PacedCall = (customerId: string, options: ListOptions, pace: Pace) => Promise<CreditBalanceList>;

/** How many customers are asked for: a way into a client that is no part of what its users see. */
export const pacedCalls = new WeakMap<CreditBalancesClient, PacedCall>();
