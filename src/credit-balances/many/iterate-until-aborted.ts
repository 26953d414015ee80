import { abortable } from '../../http/abort.js';
import type { CustomerIds } from './options.js';

/**
 * Iterates until the signal aborts, and then throws its reason, also while the next item does not come.
 *
 * @throws what the iterable throws, as it is.
 */
export async function* iterateUntilAborted(
  items: CustomerIds,
  signal: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  const iterator: Iterator<string> | AsyncIterator<string> =
    (items as AsyncIterable<string>)[Symbol.asyncIterator]?.() ?? (items as Iterable<string>)[Symbol.iterator]();
  let isOpen = false;
  try {
    for (;;) {
      signal.throwIfAborted();
      const next = iterator.next();
      // One that is there already needs no race.
      const { done, value } = 'then' in next ? await abortable(next, signal) : next;
      if (done) return;
      isOpen = true;
      yield value;
      isOpen = false;
    }
  } finally {
    // Not awaited: one that waits for its next item ends only when that comes.
    if (isOpen || signal.aborted) void close(iterator);
  }
}

async function close(iterator: Iterator<unknown> | AsyncIterator<unknown>): Promise<void> {
  try {
    await iterator.return?.();
  } catch {
    // The run is over, and has ended with what ended it.
  }
}
