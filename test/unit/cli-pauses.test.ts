import { afterEach, expect, test, vi } from 'vitest';
import { startRun } from '../../src/cli/many/start-run.ts';
import { customerId, getCredit, getErrorBody } from '../support/bodies.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

const failing = (code: string, status: number, headers: Record<string, string> = {}) =>
  Response.json(getErrorBody(code), { status, headers });

test('only a 429 is a pause that the server asks for: another answer that is repeated, or none, is not', async () => {
  vi.useFakeTimers();
  vi.stubEnv('PADDLE_API_KEY', 'test');
  const answers = [
    async () => failing('too_many_requests', 429, { 'Retry-After': '7' }),
    async () => failing('internal_error', 500),
    async () => Promise.reject(new TypeError('fetch failed')),
    async () => failing('too_many_requests', 429, { 'Retry-After': '3' }),
    async () => Response.json(getCredit('no-credit')),
  ];
  const fetch = vi.fn(() => answers[fetch.mock.calls.length - 1]?.());
  vi.stubGlobal('fetch', fetch);

  const pauses: number[] = [];
  const statuses: string[] = [];
  const { signal } = new AbortController();
  const limits = { timeout: 30_000, concurrency: 1, requestsPerMinute: Number.POSITIVE_INFINITY };
  const run = async () => {
    const options = { server: 'https://a.example', ...limits } as never;
    const signals = { stopping: signal, ending: signal };
    const results = await startRun([customerId], options, signals, (delay) => pauses.push(delay));
    for await (const { status } of results) statuses.push(status);
  };
  await Promise.all([run(), vi.advanceTimersByTimeAsync(60_000)]);
  expect([statuses, fetch.mock.calls.length]).toEqual([['fulfilled'], 5]);
  expect(pauses).toEqual([7_000, 3_000]);
});
