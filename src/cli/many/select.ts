import { iterateUntilAborted } from '../../credit-balances/many/iterate-until-aborted.js';
import type { CustomerIds } from '../../credit-balances/many/options.js';
import type { Tally } from './tally.js';

/**
 * The customers that are to be asked for: each once, so that no sum counts one twice, and none that is done. It ends
 * when the signal aborts, also while the next one does not come.
 */
export async function* selectCustomers(
  customerIds: CustomerIds,
  done: ReadonlySet<string>,
  tally: Pick<Tally, 'selected' | 'skipped' | 'repeated' | 'isListRead'>,
  stopping: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  const seen = new Set<string>();
  try {
    for await (const customerId of iterateUntilAborted(customerIds, stopping)) {
      // A row without an ID is a fault of its own each time.
      if (seen.has(customerId) && customerId !== '') tally.repeated += 1;
      else if (done.has(customerId)) tally.skipped += 1;
      else {
        tally.selected += 1;
        yield customerId;
      }
      seen.add(customerId);
    }
    tally.isListRead = true;
  } catch (error) {
    if (!stopping.aborted) throw error;
  }
}

/** How many of the customers are to be asked for. */
export async function countCustomers(customerIds: CustomerIds, done: ReadonlySet<string>): Promise<number> {
  const tally = { selected: 0, skipped: 0, repeated: 0, isListRead: false };
  for await (const _ of selectCustomers(customerIds, done, tally, new AbortController().signal));
  return tally.selected;
}
