import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it, test, vi } from 'vitest';
import { createCreditBalancesClient } from '../../src/index.ts';
import { catchError, customerId, getCredit, getErrorBody } from '../support/bodies.ts';
import { answerJson, type Reply, startHttpServer } from '../support/server.ts';

/** Follows the timers of one length, which nothing but the client sets: how many were set, and not cleared. */
function watchTimers(milliseconds: number) {
  const set = vi.spyOn(globalThis, 'setTimeout');
  const clear = vi.spyOn(globalThis, 'clearTimeout');
  return () => {
    const handles = set.mock.results.filter((_, index) => set.mock.calls[index]?.[1] === milliseconds);
    const cleared = clear.mock.calls.map(([handle]) => handle);
    return { set: handles.length, left: handles.filter(({ value }) => !cleared.includes(value)).length };
  };
}
afterEach(() => vi.restoreAllMocks());

describe('abort by the caller', () => {
  const reasons = [new Error('the user left'), 'a string', { code: 7 }];

  test.each(reasons)('an abort before the call sends nothing and rejects with its reason (%o)', async (reason) => {
    const fetch = vi.fn();
    const client = createCreditBalancesClient({ apiKey: 'test-key', baseUrl: 'https://gateway.example', fetch });
    expect(await catchError(client.listCreditBalances(customerId, { signal: AbortSignal.abort(reason) }))).toBe(reason);
    expect(fetch).not.toHaveBeenCalled();
  });

  const stages: [string, Reply][] = [
    ['before the head of the response', () => undefined],
    [
      'in the middle of the body',
      (response) => response.writeHead(200, { 'Content-Type': 'application/json' }).write('{"data": ['),
    ],
  ];

  const cases = stages.flatMap(([stage, reply]) => reasons.map((reason) => [stage, reason, reply] as const));

  test.each(cases)('an abort %s rejects with its reason and closes the connection (%o)', async (_, reason, reply) => {
    const timers = watchTimers(20_123);
    const controller = new AbortController();
    let closed: Promise<void> | undefined;
    await using server = await startHttpServer((response, request) => {
      closed = new Promise((resolve) => request.socket.once('close', () => resolve()));
      reply(response, request);
      setTimeout(() => controller.abort(reason), 30);
    });
    const client = createCreditBalancesClient({ apiKey: 'test-key', baseUrl: server.url, timeout: 20_123 });
    const call = client.listCreditBalances(customerId, { signal: controller.signal });
    expect(await catchError(call)).toBe(reason);
    await closed;
    expect(timers()).toEqual({ set: 1, left: 0 });
    expect(server.requests).toHaveLength(1);
  });

  it('an abort during the wait before a retry rejects with its reason, and no further attempt is made', async () => {
    const timers = watchTimers(30_000);
    const controller = new AbortController();
    const reason = new Error('the user left');
    await using server = await startHttpServer(
      answerJson(429, getErrorBody('too_many_requests'), { 'Retry-After': '30' }),
    );
    const client = createCreditBalancesClient({
      apiKey: 'test-key',
      baseUrl: server.url,
      timeout: 20_123,
      onRetry: () => void setTimeout(() => controller.abort(reason), 10),
    });
    expect(await catchError(client.listCreditBalances(customerId, { signal: controller.signal }))).toBe(reason);
    expect(timers()).toEqual({ set: 1, left: 0 });
    expect(server.requests).toHaveLength(1);
  }, 15_000);

  it('an abort from within onRetry rejects with its reason before the wait starts', async () => {
    const controller = new AbortController();
    await using server = await startHttpServer(
      answerJson(429, getErrorBody('too_many_requests'), { 'Retry-After': '30' }),
    );
    const onRetry = () => controller.abort('enough');
    const client = createCreditBalancesClient({ apiKey: 'test-key', baseUrl: server.url, onRetry });
    expect(await catchError(client.listCreditBalances(customerId, { signal: controller.signal }))).toBe('enough');
  });

  it('an abort while the apiKey function runs rejects with its reason', async () => {
    const controller = new AbortController();
    const apiKey = () => new Promise<string>(() => setTimeout(() => controller.abort('enough'), 10));
    const client = createCreditBalancesClient({ apiKey, baseUrl: 'https://gateway.example', fetch: vi.fn() });
    expect(await catchError(client.listCreditBalances(customerId, { signal: controller.signal }))).toBe('enough');
  });

  it('an abort rejects with its reason even when fetch ignores its signal', async () => {
    const controller = new AbortController();
    const fetch = () => new Promise<Response>(() => setTimeout(() => controller.abort('enough'), 10));
    const client = createCreditBalancesClient({ apiKey: 'test-key', baseUrl: 'https://gateway.example', fetch });
    expect(await catchError(client.listCreditBalances(customerId, { signal: controller.signal }))).toBe('enough');
  });

  it('a signal of AbortSignal.timeout rejects with its own reason and not with a TimeoutError of the client', async () => {
    await using server = await startHttpServer(() => undefined);
    const client = createCreditBalancesClient({ apiKey: 'test-key', baseUrl: server.url });
    const error = await catchError(client.listCreditBalances(customerId, { signal: AbortSignal.timeout(30) }));
    expect(error).toBeInstanceOf(DOMException);
  });
});

it('the client leaves no listener on a signal that outlives many calls', async () => {
  const { signal } = new AbortController();
  await using server = await startHttpServer(
    answerJson(503, getErrorBody('service_unavailable'), { 'Retry-After': '0' }),
    answerJson(200, getCredit('one-currency')),
  );
  const client = createCreditBalancesClient({ apiKey: async () => 'test-key', baseUrl: server.url });
  for (let call = 0; call < 20; call++) await client.listCreditBalances(customerId, { signal });
  // Node's own Request listens for as long as it is not collected.
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  await vi.waitFor(
    () => {
      collect();
      expect(getEventListeners(signal, 'abort')).toEqual([]);
    },
    { timeout: 10_000, interval: 50 },
  );
});
