import { afterEach, describe, expect, it, test, vi } from 'vitest';
import { createCreditBalancesClient, type RetryEvent, UsageError } from '../../src/index.ts';
import { catchError, customerId } from '../support/bodies.ts';
import { kindsOfMock, makeBalancesPath, mockKinds } from '../support/mocks.ts';

const path = makeBalancesPath(customerId);

// The clock alone: what carries a request keeps the timers of its own.
const stopClock = () => vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
afterEach(() => void vi.useRealTimers());

describe.each(kindsOfMock)('the limits of %s', (kind) => {
  it(`${kind} answers Paddle's 240 requests a minute, and then 429 with Retry-After for 60 seconds`, async () => {
    stopClock();
    await using mock = await mockKinds[kind]({ rateLimit: true });
    const statuses = new Map<number, number>();
    for (let request = 0; request < 240; request++) {
      const { status } = await mock.ask(path);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect([...statuses]).toEqual([[200, 240]]);

    vi.setSystemTime(Date.now() + 30_000);
    const first = await mock.ask(path);
    expect([first.status, first.headers.get('Retry-After')]).toEqual([429, '60']);
    expect(await first.json()).toMatchObject({ error: { code: 'too_many_requests', type: 'api_error' } });
    vi.setSystemTime(Date.now() + 59_001);
    const last = await mock.ask(path);
    expect([last.status, last.headers.get('Retry-After')]).toEqual([429, '1']);
    vi.setSystemTime(Date.now() + 999);
    expect((await mock.ask(path)).status).toBe(200);
    expect(mock.violations).toEqual([]);
  });

  it(`${kind} does not limit requests that are spread over the window`, async () => {
    stopClock();
    await using mock = await mockKinds[kind]({ rateLimit: 2 });
    for (let request = 0; request < 10; request++) {
      expect((await mock.ask(path)).status).toBe(200);
      vi.setSystemTime(Date.now() + 30_000);
    }
  });

  it(`the client waits for the rate limit of ${kind} to lift, and comes through`, async () => {
    stopClock();
    await using mock = await mockKinds[kind]({ rateLimit: { requests: 2, window: 20_000 } });
    const events: RetryEvent[] = [];
    const onRetry = (event: RetryEvent) => void events.push(event);
    const client = createCreditBalancesClient({ apiKey: 'test', onRetry, ...mock.clientOptions });
    const calls = Promise.all([1, 2, 3].map(() => client.listCreditBalances(customerId)));
    await vi.waitFor(() => expect(events).toHaveLength(1));
    await vi.advanceTimersByTimeAsync(20_000);
    expect((await calls).map(({ data }) => data.length)).toEqual([1, 1, 1]);
    expect(events).toMatchObject([{ error: { status: 429, code: 'too_many_requests', retryAfter: 20 } }]);
  });

  it(`the client retries the requests that ${kind} fails, whether an error or a lost connection`, async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const errors: unknown[] = [];
    for (const failWith of ['service_unavailable', undefined] as const) {
      await using mock = await mockKinds[kind]({ failTimes: 2, failWith });
      const onRetry = ({ error }: RetryEvent) =>
        void errors.push([error.name, 'code' in error ? error.code : undefined]);
      const client = createCreditBalancesClient({ apiKey: 'test', onRetry, ...mock.clientOptions });
      expect((await client.listCreditBalances(customerId)).data).toHaveLength(1);
    }
    vi.restoreAllMocks();
    const apiError = ['ApiError', 'service_unavailable'];
    const lost = ['ConnectionError', undefined];
    expect(errors).toEqual([apiError, apiError, lost, lost]);
  });

  it(`the client times out when ${kind} takes longer than its timeout`, async () => {
    await using mock = await mockKinds[kind]({ delay: 300 });
    const client = createCreditBalancesClient({ apiKey: 'test', timeout: 40, maxRetries: 0, ...mock.clientOptions });
    await expect(client.listCreditBalances(customerId)).rejects.toMatchObject({ name: 'TimeoutError', timeout: 40 });
    expect((await client.listCreditBalances(customerId, { timeout: 20_000 })).data).toHaveLength(1);
  });

  test.each<[object, string]>([
    [{ rateLimit: 0 }, 'rateLimit must be an integer'],
    [{ rateLimit: 1.5 }, 'rateLimit must be an integer'],
    [{ rateLimit: false }, 'rateLimit must be an integer'],
    [{ rateLimit: null }, 'rateLimit must be an integer'],
    [{ rateLimit: 10 ** 9 }, 'rateLimit must be an integer'],
    [{ rateLimit: { requests: 1, window: -1 } }, 'rateLimit must be a number of milliseconds'],
    [{ rateLimit: { requests: 1 } }, 'rateLimit must have requests and window.'],
    [{ rateLimit: { requests: 1, windw: 1 } }, 'Unknown option "windw". The options are requests, window.'],
    [{ delay: -1 }, 'delay must be a number of milliseconds'],
    [{ failTimes: -1 }, 'failTimes must be a number of requests'],
    [{ failWith: 'no-credit' }, 'failWith must be an error'],
    [{ balances: { [customerId]: { USD: { available: '-1' } } } }, `balances.${customerId}.USD.available must be`],
  ])(`${kind} throws a UsageError for a wrong option: %j`, async (options, message) => {
    const error = await catchError((async () => mockKinds[kind](options))());
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).toContain(message);
  });
});
