import { ApiError, PaddleError } from '../errors/errors.js';
import type { RetryEvent } from '../options/client-options.js';
import { abortable, sleep } from './abort.js';
import { callCaller } from './key.js';

export interface RetryPolicy {
  /** How many attempts may follow the first. */
  maxRetries: number;
  /** In milliseconds. */
  maxRetryDelay: number;
  onRetry: ((event: RetryEvent) => void | Promise<void>) | undefined;
  signal: AbortSignal | undefined;
  /**
   * Where attempts wait for their turn: takes the seconds that a 429 asks for, and returns the pause in milliseconds.
   * No 429 then counts as a retry, or is too long.
   */
  pause: ((seconds: number | undefined) => number) | undefined;
}

/** The longest wait before the first retry, in milliseconds. It doubles with each retry. */
const firstDelay = 500;
/**
 * Not 540: the operation is switched off for the account.
 * Source: https://developer.paddle.com/errors/shared/temporarily_unavailable
 */
const retryableStatuses = new Set([429, 500, 502, 503, 504, 520, 521, 522, 523, 524]);

export function isRetryableStatus(status: number): boolean {
  return retryableStatuses.has(status);
}

/** Repeats an attempt that throws a retryable error. Any other error ends the call. @throws {CallerFault} `onRetry` threw. */
export async function retry<Value>(
  attempt: () => Promise<Value>,
  { maxRetries, maxRetryDelay, onRetry, signal, pause }: RetryPolicy,
): Promise<Value> {
  let retries = 0;
  for (let number = 1; ; number++) {
    try {
      return await attempt();
    } catch (error) {
      // The reason of an abort may itself be an error that would be retried.
      signal?.throwIfAborted();
      if (!(error instanceof PaddleError) || !error.retryable) throw error;
      const { status, retryAfter } = error instanceof ApiError ? error : {};
      const report = (delay: number) =>
        abortable(
          callCaller(() => onRetry?.({ attempt: number, delay, error })),
          signal,
        );
      if (pause !== undefined && status === 429) {
        const delay = pause(retryAfter);
        await report(delay);
        continue;
      }
      retries += 1;
      const delay = retryAfter === undefined ? chooseDelay(retries, maxRetryDelay) : retryAfter * 1000;
      if (retries > maxRetries || delay > maxRetryDelay) throw error;
      await report(delay);
      await sleep(delay, signal);
    }
  }
}

/** The forms of an HTTP date (RFC 9110, section 5.6.7). All are in GMT, and the last one does not say so. */
const httpDate = /^\w+(, [\w -]+ [\d:]{8}(?= GMT$)| \w+ +\d+ [\d:]{8} \d{4}(?= GMT$|$))/;

/**
 * `Retry-After` in seconds, from a number of seconds or an HTTP date; undefined where it is neither.
 */
export function parseRetryAfter(header: string | null, now = Date.now()): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text);
  // Date.parse would also make something of "-5" or "1.5", and local time of the one form that names no zone.
  const date = Date.parse(`${httpDate.exec(text)?.[0]} GMT`);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}

/** Exponential backoff with full jitter, so that callers that failed together do not retry together. */
function chooseDelay(number: number, longest: number): number {
  return Math.random() * Math.min(longest, firstDelay * 2 ** (number - 1));
}
