import { createCreditBalancesClient } from '../../credit-balances/client.js';
import { type CustomerResult, listUntilStopped } from '../../credit-balances/many/list-of-many.js';
import type { CustomerIds } from '../../credit-balances/many/options.js';
import type { GetOptions } from '../get-options.js';
import { readApiKey } from '../key.js';

/**
 * @param signals `stopping` lets nothing more be sent, `ending` ends what was sent too.
 * @param onPause is called with each pause that the server asks for, in milliseconds.
 * @throws {UsageError} an option is wrong.
 */
export async function startRun(
  customerIds: CustomerIds,
  { currency, environment, server, timeout, concurrency, requestsPerMinute }: GetOptions,
  { stopping, ending }: Record<'stopping' | 'ending', AbortSignal>,
  onPause: (delay: number) => void,
): Promise<AsyncIterable<CustomerResult>> {
  const client = createCreditBalancesClient({
    ...{ apiKey: await readApiKey(), environment, timeout, baseUrl: server },
    onRetry({ delay, error }) {
      if (error.name === 'ApiError' && error.status === 429) onPause(delay);
    },
  });
  const options = { currencyCode: currency, concurrency, requestsPerMinute, signal: ending };
  return listUntilStopped(client, customerIds, options, stopping);
}
