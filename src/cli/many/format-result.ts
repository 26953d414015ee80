import type { CustomerResult } from '../../credit-balances/many/list-of-many.js';
import { Failure } from '../exit.js';
import type { Format } from './formats.js';

type Fulfilled = Extract<CustomerResult, { status: 'fulfilled' }>;
type Rejected = Exclude<CustomerResult, Fulfilled>;

/** What became of a customer, with the lines that say so. */
export type Formatted =
  | (Fulfilled & { lines: string })
  | Rejected
  | { customerId: string; status: 'rejected'; reason: Failure };

/** A body that cannot be written is a failure of its customer alone. */
export function formatResult(result: CustomerResult, format: Format): Formatted {
  if (result.status === 'rejected') return result;
  const { customerId, value } = result;
  try {
    return { ...result, lines: format.format(customerId, value) };
  } catch (reason) {
    if (reason instanceof Failure) return { customerId, status: 'rejected', reason };
    throw reason;
  }
}
