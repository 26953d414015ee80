import type { CreditBalanceList } from '../../../generated/openapi.js';
import { ApiError, PaddleError, UsageError } from '../../errors/errors.js';
import { onAbort, sleep } from '../../http/abort.js';
import { unwrapFault } from '../../http/key.js';
import { createPace, type Pace, stopAtTurn } from '../../http/pace.js';
import { refuse } from '../../options/refuse.js';
import { type CreditBalancesClient, pacedCalls } from '../client.js';
import { iterateUntilAborted } from './iterate-until-aborted.js';
import { mapConcurrently } from './map-concurrently.js';
import { assertCustomerIds, type CustomerIds, type ManyOptions, readManySettings } from './options.js';

/** What became of one customer, as `Promise.allSettled` puts it. */
export type CustomerResult =
  | { customerId: string; status: 'fulfilled'; value: CreditBalanceList }
  | { customerId: string; status: 'rejected'; reason: PaddleError };

/**
 * After so many results the event loop gets a turn of its own. A `fetch` that answers in process takes none: timers would
 * not fire, and what the platform holds weakly would not be freed.
 */
const resultsInTurn = 500;

/** Why a call ends that is not to be sent any more. */
const stopped = new Error('stopped');

/** Of each client that had a run. */
const paces = new WeakMap<CreditBalancesClient, Pace>();

/**
 * Lists the credit balances of many customers, each result as it comes, in the order of completion. IDs are pulled no
 * faster than results are read, so that there may be any number of them; one that comes twice is asked for twice.
 *
 * Requests are spaced evenly, also those of other runs of the same client. A 429 pauses all of them for as long as the
 * server asks: it is no retry, and costs no customer the answer. What goes wrong with one customer is that customer's
 * result; what would go wrong with all ends the run. A `break` ends it too, and leaves nothing behind.
 *
 * @param client one that `createCreditBalancesClient` made.
 *
 * @example Print who has credit
 * ```ts
 * for await (const result of listCreditBalancesOfMany(client, customerIds)) {
 *   if (result.status === 'rejected') console.error(result.customerId, result.reason.message);
 *   else if (result.value.data.length > 0) console.log(result.customerId, result.value.data);
 * }
 * ```
 * @throws {UsageError} at once: the client, `customerIds` or an option is wrong.
 * @throws {ApiError} while it is read: a 401 or 403, after the `apiKey` function was asked again.
 * @throws while it is read: what `customerIds` or a function of the client's options throws, the reason of
 * `options.signal`.
 */
export function listCreditBalancesOfMany(
  client: CreditBalancesClient,
  customerIds: CustomerIds,
  options: ManyOptions = {},
): AsyncGenerator<CustomerResult, void, undefined> {
  return listUntilStopped(client, customerIds, options, undefined);
}

/**
 * The same, with a way to end it early without a loss.
 *
 * @param stopping when it aborts, nothing more is sent: a customer whose request waits for its turn has no result.
 * Those that were sent have theirs.
 */
export function listUntilStopped(
  client: CreditBalancesClient,
  customerIds: CustomerIds,
  options: ManyOptions,
  stopping: AbortSignal | undefined,
): AsyncGenerator<CustomerResult, void, undefined> {
  const paced = pacedCalls.get(client);
  if (paced === undefined) {
    refuse('client', 'must be one that createCreditBalancesClient made.');
  }
  const { call, redactor } = paced;
  const { currencyCode, concurrency, requestsPerMinute, signal } = redactor.guard(() => {
    assertCustomerIds(customerIds);
    return readManySettings(options);
  });
  const pace = paces.get(client) ?? createPace(requestsPerMinute);
  paces.set(client, pace);
  const ask = (customerId: string, own: AbortController) =>
    call(
      customerId,
      { currencyCode, signal: own.signal },
      stopping === undefined ? pace : stopAtTurn(pace, stopping, () => own.abort(stopped)),
    );
  return run(customerIds, ask, concurrency, signal);
}

async function* run(
  customerIds: CustomerIds,
  ask: (customerId: string, own: AbortController) => Promise<CreditBalanceList>,
  concurrency: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<CustomerResult, void, undefined> {
  const controller = new AbortController();
  // Each call has a signal of its own: what listens goes with it, and does not pile up on a long run.
  const calls = new Set<AbortController>();
  const end = (reason?: unknown) => {
    controller.abort(reason);
    for (const call of calls) call.abort(controller.signal.reason);
  };

  async function settle(customerId: string): Promise<CustomerResult | undefined> {
    controller.signal.throwIfAborted();
    const call = new AbortController();
    calls.add(call);
    try {
      return { customerId, status: 'fulfilled', value: await ask(customerId, call) };
    } catch (reason) {
      if (reason === stopped) return undefined;
      controller.signal.throwIfAborted();
      if (concernsAll(reason)) {
        const thrown = unwrapFault(reason);
        // The others need not go on, and end with the same reason.
        end(thrown);
        throw thrown;
      }
      return { customerId, status: 'rejected', reason: reason as PaddleError };
    } finally {
      calls.delete(call);
    }
  }
  const items = iterateUntilAborted(customerIds, controller.signal);
  const stopListening = onAbort(signal, () => end(signal?.reason));
  try {
    let count = 0;
    for await (const result of mapConcurrently(items, concurrency, settle)) {
      yield result;
      count += 1;
      if (count % resultsInTurn === 0) await sleep(0, undefined);
    }
  } finally {
    stopListening();
    end();
    void items.return();
  }
}

/** Whether what a call threw has nothing to do with its customer. */
function concernsAll(reason: unknown): boolean {
  if (reason instanceof ApiError) return reason.status === 401 || reason.status === 403;
  if (reason instanceof UsageError) return reason.option !== 'customerId';
  // A fault of a function of the caller's, for the key or for logs.
  return !(reason instanceof PaddleError);
}
