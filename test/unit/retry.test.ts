import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { parseRetryAfter } from '../../src/http/retry.ts';
import { ApiError, ConnectionError, createCreditBalancesClient, type RetryEvent } from '../../src/index.ts';
import { catchError, customerId, getCredit, getErrorBody } from '../support/bodies.ts';

const now = Date.parse('2026-01-01T00:00:00Z');
beforeEach(() => void vi.useFakeTimers({ now }));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A client whose server fails with these responses, one after the other, and then works. */
function setUp(responses: (() => Response)[], more: { maxRetries?: number; maxRetryDelay?: number } = {}) {
  const sentAt: number[] = [];
  const events: RetryEvent[] = [];
  const client = createCreditBalancesClient({
    apiKey: 'test-key',
    baseUrl: 'https://gateway.example',
    onRetry: (event) => void events.push(event),
    fetch: async () => {
      const respond = responses[sentAt.length] ?? (() => Response.json(getCredit('one-currency')));
      sentAt.push(Date.now() - now);
      return respond();
    },
    ...more,
  });
  return { sentAt, events, call: () => client.listCreditBalances(customerId) };
}

const failing = (status: number, retryAfter?: string) => () =>
  Response.json(getErrorBody('too_many_requests'), {
    status,
    headers: retryAfter ? { 'Retry-After': retryAfter } : {},
  });

it('every error status is retried or not as the fault table of the README says', async () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [, named = ''] = /^\| (429.*?) +\| `ApiError` +\| yes /m.exec(readme) ?? [];
  const retried = named.split(', ').flatMap((range) => {
    const [first = 0, last = first] = range.split(' to ').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
  expect(retried).toContain(503);

  const tried = Array.from({ length: 200 }, (_, index) => 400 + index);
  const seen = await Promise.all(
    tried.map(async (status) => {
      const { sentAt, call } = setUp([failing(status, '1')], { maxRetries: 1 });
      const settled = call().catch((error: ApiError) => error.retryable);
      await vi.runAllTimersAsync();
      await settled;
      return sentAt.length > 1;
    }),
  );
  expect(tried.filter((_, index) => seen[index])).toEqual(retried);
});

it.each([
  ['before the answer', 1],
  ['from within onRetry', 2],
])('an abort is never retried, also where its reason is an error that would be: %s', async (_, aborted) => {
  const controller = new AbortController();
  const reason = new ConnectionError('another call failed');
  const onRetry = vi.fn(() => controller.abort(reason));
  const fetch = vi.fn(async () => {
    if (aborted === 1) controller.abort(reason);
    return failing(503)();
  });
  const client = createCreditBalancesClient({ apiKey: 'test-key', baseUrl: 'https://gateway.example', fetch, onRetry });
  expect(await catchError(client.listCreditBalances(customerId, { signal: controller.signal }))).toBe(reason);
  expect(onRetry).toHaveBeenCalledTimes(aborted - 1);
  expect(fetch).toHaveBeenCalledTimes(1);
});

it('an abort after a 401 asks for no other key', async () => {
  const controller = new AbortController();
  const reason = new ApiError('another call failed', { status: 401, retryable: false });
  const apiKey = vi.fn(() => 'test-key');
  const fetch = async () => {
    controller.abort(reason);
    return failing(401)();
  };
  const client = createCreditBalancesClient({ apiKey, baseUrl: 'https://gateway.example', fetch });
  expect(await catchError(client.listCreditBalances(customerId, { signal: controller.signal }))).toBe(reason);
  expect(apiKey).toHaveBeenCalledTimes(1);
});

describe('the wait before a retry', () => {
  test.each([
    [0, [0, 0, 0]],
    [0.5, [250, 500, 1000]],
    [0.999, [499.5, 999, 1998]],
  ])('grows exponentially with full jitter: random %d', async (random, delays) => {
    vi.spyOn(Math, 'random').mockReturnValue(random);
    const { call, events, sentAt } = setUp([failing(503), failing(503), failing(503)], { maxRetries: 3 });
    const answer = call();
    await vi.advanceTimersByTimeAsync(60_000);
    await answer;
    expect(events.map(({ delay }) => delay)).toEqual(delays);
    expect(events.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(sentAt).toHaveLength(4);
  });

  it('never exceeds maxRetryDelay', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const { call, events } = setUp(Array(12).fill(failing(503)), { maxRetries: 12, maxRetryDelay: 3000 });
    const answer = call();
    await vi.advanceTimersByTimeAsync(60_000);
    await answer;
    expect(events.map(({ delay }) => delay)).toEqual([500, 1000, 2000, ...Array(9).fill(3000)]);
  });

  test.each([
    ['2', 2000],
    ['60', 60_000],
    ['0', 0],
    ['Thu, 01 Jan 2026 00:00:07 GMT', 7000],
    ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
  ])('is what Retry-After says: %s', async (header, delay) => {
    const { call, events, sentAt } = setUp([failing(429, header)]);
    const answer = call();
    await vi.advanceTimersByTimeAsync(Math.max(0, delay - 1));
    if (delay > 0) expect(sentAt).toEqual([0]);
    await vi.advanceTimersByTimeAsync(1);
    await answer;
    expect(events).toMatchObject([{ attempt: 1, delay }]);
    expect(sentAt).toEqual([0, delay]);
  });

  test.each([500, 502, 503, 504, 520, 524])('is what Retry-After says with a %i too', async (status) => {
    const { call, events, sentAt } = setUp([failing(status, '7')]);
    const answer = call();
    await vi.advanceTimersByTimeAsync(7_000);
    await answer;
    expect(events).toMatchObject([{ delay: 7_000, error: { status, retryAfter: 7 } }]);
    expect(sentAt).toEqual([0, 7_000]);
  });

  test.each([400, 403, 404, 540])('is none after a %i, which only says when to come back', async (status) => {
    const { call, events, sentAt } = setUp([failing(status, '7')]);
    expect(await catchError(call())).toMatchObject({ status, retryAfter: 7, retryable: false });
    expect(events).toEqual([]);
    expect(sentAt).toEqual([0]);
  });

  test.each(['61', 'Thu, 01 Jan 2026 00:01:01 GMT', '99999999999'])(
    'longer than the maximum ends the call at once: %s',
    async (header) => {
      const { call, events, sentAt } = setUp([failing(429, header)]);
      const error = (await catchError(call())) as ApiError;
      expect(error).toMatchObject({ name: 'ApiError', status: 429, retryable: true });
      expect(error.retryAfter).toBe(parseRetryAfter(header));
      expect(error.retryAfter).toBeGreaterThan(60);
      expect(error.message).toContain(`retry after ${error.retryAfter} s`);
      expect(events).toEqual([]);
      expect(sentAt).toHaveLength(1);
      expect(vi.getTimerCount()).toBe(0);
    },
  );

  it('may be as long as maxRetryDelay allows', async () => {
    const { call, sentAt } = setUp([failing(503, '90')], { maxRetryDelay: 90_000 });
    const answer = call();
    await vi.advanceTimersByTimeAsync(90_000);
    await answer;
    expect(sentAt).toEqual([0, 90_000]);
  });

  test.each(['-5', '1.5', 'soon', '2026-01-01', 'Thursday', ''])(
    'ignores an invalid Retry-After: %j',
    async (header) => {
      vi.spyOn(Math, 'random').mockReturnValue(0.5);
      const { call, events } = setUp([failing(503, header)]);
      const answer = call();
      await vi.advanceTimersByTimeAsync(500);
      await answer;
      expect(events).toMatchObject([{ delay: 250, error: { retryAfter: undefined } }]);
    },
  );
});

describe('parseRetryAfter', () => {
  test.each([
    [null, undefined],
    [' 120 ', 120],
    ['Thu, 01 Jan 2026 00:00:01 GMT', 1],
    // The two older forms of an HTTP date.
    ['Thursday, 01-Jan-26 00:00:30 GMT', 30],
    ['Thu Jan  1 00:00:30 2026 GMT', 30],
    ['x Thu, 01 Jan 2026 00:00:01 GMT', undefined],
    ['12 s', undefined],
    ['s12', undefined],
  ])('%j is %s seconds', (header, seconds) => {
    expect(parseRetryAfter(header)).toBe(seconds);
  });

  it('rounds a date up to whole seconds', () => {
    expect(parseRetryAfter('Thu, 01 Jan 2026 00:00:01 GMT', now - 1)).toBe(2);
  });
});

it('leaves no timer behind after a call that succeeded', async () => {
  const { call } = setUp([failing(429, '1')]);
  const answer = call();
  await vi.advanceTimersByTimeAsync(1000);
  await answer;
  expect(vi.getTimerCount()).toBe(0);
});

it('gives each attempt the whole timeout, 30 s by default', async () => {
  const fetch = vi.fn((request: RequestInfo | URL) => {
    return new Promise<Response>((_, reject) => {
      const { signal } = request as Request;
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  });
  vi.spyOn(Math, 'random').mockReturnValue(0);
  const client = createCreditBalancesClient({ apiKey: 'test-key', baseUrl: 'https://gateway.example', fetch });
  const error = catchError(client.listCreditBalances(customerId));
  await vi.advanceTimersByTimeAsync(29_999);
  expect(fetch).toHaveBeenCalledTimes(1);
  // A wait of 0 takes a tick of the clock.
  await vi.advanceTimersByTimeAsync(5);
  expect(fetch).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(30_005);
  expect(fetch).toHaveBeenCalledTimes(3);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await error).toMatchObject({ name: 'TimeoutError', timeout: 30_000 });
  expect(vi.getTimerCount()).toBe(0);
});

describe('what the caller passes in', () => {
  it('as an apiKey function is asked for each attempt, so that a rotated key works', async () => {
    vi.useRealTimers();
    const keys = ['first-key', 'second-key'];
    const seen: (string | null)[] = [];
    const client = createCreditBalancesClient({
      apiKey: async () => keys.shift() ?? 'no key left',
      baseUrl: 'https://gateway.example',
      fetch: async (request) => {
        seen.push((request as Request).headers.get('Authorization'));
        return seen.length === 1 ? failing(429, '0')() : Response.json(getCredit('one-currency'));
      },
    });
    await client.listCreditBalances(customerId);
    expect(seen).toEqual(['Bearer first-key', 'Bearer second-key']);
  });

  it('as an apiKey function that throws reaches the caller as it is, at once', async () => {
    vi.useRealTimers();
    const fetch = vi.fn();
    for (const reason of [new Error('vault is sealed'), 'a string', undefined]) {
      for (const apiKey of [
        () => Promise.reject(reason),
        () => {
          throw reason;
        },
      ]) {
        const client = createCreditBalancesClient({ apiKey, baseUrl: 'https://gateway.example', fetch });
        expect(await catchError(client.listCreditBalances(customerId))).toBe(reason);
      }
    }
    expect(fetch).not.toHaveBeenCalled();
  });

  it('as an onRetry that throws ends the call with that error', async () => {
    vi.useRealTimers();
    const reason = new Error('the log is full');
    const client = createCreditBalancesClient({
      apiKey: 'test-key',
      baseUrl: 'https://gateway.example',
      fetch: async () => failing(503)(),
      onRetry: () => {
        throw reason;
      },
    });
    expect(await catchError(client.listCreditBalances(customerId))).toBe(reason);
  });
});
