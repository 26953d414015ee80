import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { listUntilStopped } from '../../src/credit-balances/many/list-of-many.ts';
import {
  ApiError,
  type ClientOptions,
  ConnectionError,
  createCreditBalancesClient,
  type RetryEvent,
  UsageError,
} from '../../src/index.ts';
import { type CustomerIds, type CustomerResult, listCreditBalancesOfMany, type ManyOptions } from '../../src/many.ts';
import { createMockFetch } from '../../src/testing.ts';
import { catchError, getCredit, getErrorBody } from '../support/bodies.ts';
import { finish } from '../support/time.ts';

const now = Date.parse('2026-01-01T00:00:00Z');
beforeEach(() => void vi.useFakeTimers({ now }));
afterEach(() => void vi.useRealTimers());

const idOf = (number: number) => `ctm_${String(number).padStart(26, '0')}`;
const ids = (count: number) => Array.from({ length: count }, (_, index) => idOf(index));
const customerOf = ({ url }: Request) => new URL(url).pathname.split('/')[2] ?? '';

/** An answer that the server gives; undefined is the customer's credit. */
type Respond = (customerId: string, number: number, request: Request) => Response | Promise<Response> | undefined;

function setUp(respond: Respond = () => undefined, more: Partial<ClientOptions> = {}) {
  const sent: { customerId: string; at: number }[] = [];
  const client = createCreditBalancesClient({
    apiKey: 'test-key',
    baseUrl: 'https://gateway.example',
    fetch: async (request) => {
      const customerId = customerOf(request);
      sent.push({ customerId, at: Date.now() - now });
      return (await respond(customerId, sent.length, request)) ?? creditOf(customerId);
    },
    ...more,
  });
  const run = (customerIds: CustomerIds, options?: ManyOptions) =>
    listCreditBalancesOfMany(client, customerIds, options);
  return { client, sent, run };
}

function creditOf(customerId: string): Response {
  const { data, meta } = getCredit('one-currency');
  return Response.json({ data: data.map((balance) => ({ ...balance, customer_id: customerId })), meta });
}

const failing = (code: string, status: number, retryAfter?: string) =>
  Response.json(getErrorBody(code), { status, headers: retryAfter === undefined ? {} : { 'Retry-After': retryAfter } });

async function collect(results: AsyncIterable<CustomerResult>): Promise<CustomerResult[]> {
  const all: CustomerResult[] = [];
  for await (const result of results) all.push(result);
  return all;
}

/** A response that never comes, and ends with the request's signal, as that of a real `fetch` does. */
const hanging = ({ signal }: Request) =>
  new Promise<Response>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

const spaces = (sent: { at: number }[]) => sent.slice(1).map(({ at }, index) => at - (sent[index]?.at ?? 0));

describe('the results of many customers', () => {
  it('come with their customers in the order of completion', async () => {
    const delays: Record<string, number> = { [idOf(0)]: 5000, [idOf(1)]: 10, [idOf(2)]: 100 };
    const { run } = setUp(async (customerId) => {
      await new Promise((resolve) => setTimeout(resolve, delays[customerId]));
      return creditOf(customerId);
    });
    const results = await finish(collect(run(ids(3))));
    expect(results.map(({ customerId }) => customerId)).toEqual([idOf(1), idOf(2), idOf(0)]);
    for (const result of results) {
      expect(result).toMatchObject({ status: 'fulfilled', value: { data: [{ customer_id: result.customerId }] } });
    }
  });

  it('are those of the mock and its ledger, also of an async iterable', async () => {
    const mock = createMockFetch({ balances: { [idOf(1)]: { USD: { available: '5' } }, [idOf(2)]: {} } });
    const client = createCreditBalancesClient({ apiKey: 'test', environment: 'sandbox', fetch: mock });
    async function* customers() {
      yield* ids(3);
    }
    const results = await finish(collect(listCreditBalancesOfMany(client, customers())));
    const [unknown, rich, poor] = results.sort((left, right) => (left.customerId < right.customerId ? -1 : 1));
    expect(unknown).toMatchObject({ status: 'rejected', reason: { status: 404, code: 'not_found' } });
    expect(rich).toMatchObject({ value: { data: [{ currency_code: 'USD', balance: { available: '5' } }] } });
    expect(poor).toMatchObject({ status: 'fulfilled', value: { data: [] } });
  });

  it('are as many as the IDs, also where one comes twice', async () => {
    const { run, sent } = setUp();
    const results = await finish(collect(run([idOf(7), idOf(7), idOf(8)])));
    expect(results.map(({ customerId }) => customerId).sort()).toEqual([idOf(7), idOf(7), idOf(8)]);
    expect(sent).toHaveLength(3);
  });

  it('are none for no IDs', async () => {
    expect(await collect(setUp().run([]))).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('are those of the currencies that were asked for', async () => {
    const urls: string[] = [];
    const { run } = setUp((_, __, { url }) => {
      urls.push(url);
      return Response.json({ ...getCredit('no-credit') });
    });
    await finish(collect(run(ids(1), { currencyCode: ['GBP', 'SEK'] })));
    expect(urls).toEqual([`https://gateway.example/customers/${idOf(0)}/credit-balances?currency_code=GBP,SEK`]);
  });

  it('hold what went wrong with one customer, and go on', async () => {
    const { run } = setUp(
      (customerId) => {
        if (customerId === idOf(0)) return failing('not_found', 404);
        if (customerId === idOf(1)) return failing('internal_error', 500);
        if (customerId === idOf(2)) return Response.json({ data: null });
        if (customerId === idOf(3)) throw new TypeError('fetch failed');
        return undefined;
      },
      { maxRetries: 1 },
    );
    const odd = [' ', 'sub_01gw9m680k848184fpttwr0b7z', `${idOf(1)} `, undefined as never];
    const results = await finish(collect(run([...odd, ...ids(5)])));
    const names = results.map(({ customerId, ...result }) => [
      customerId,
      result.status === 'rejected' ? result.reason.name : 'fulfilled',
    ]);
    expect(names.sort()).toEqual(
      [
        ...odd.map((customerId) => [customerId, 'UsageError']),
        [idOf(0), 'ApiError'],
        [idOf(1), 'ApiError'],
        [idOf(2), 'ContractError'],
        [idOf(3), 'ConnectionError'],
        [idOf(4), 'fulfilled'],
      ].sort(),
    );
  });
});

it('a run over many customers lets timers fire, also where every answer is there at once', async () => {
  vi.useRealTimers();
  const { run } = setUp();
  let isFired = false;
  setTimeout(() => {
    isFired = true;
  }, 0);
  let read = 0;
  for await (const _ of run(ids(2000), { requestsPerMinute: Number.POSITIVE_INFINITY })) {
    read += 1;
    if (isFired) break;
  }
  expect(isFired).toBe(true);
  expect(read).toBeLessThan(2000);
});

describe('the requests for many customers', () => {
  test.each([
    [undefined, 256],
    [60, 1025],
    [6000, 10],
  ])('are spaced evenly, slightly below %s a minute', async (requestsPerMinute, space) => {
    const { run, sent } = setUp();
    await finish(collect(run(ids(20), { requestsPerMinute })));
    expect(sent[0]?.at).toBeLessThanOrEqual(1);
    const total = sent.at(-1)?.at ?? 0;
    const limit = 60_000 / (requestsPerMinute ?? 240);
    expect(total / 19).toBeGreaterThan(limit);
    expect(total / 19).toBeLessThan(limit / 0.95);
    for (const each of spaces(sent)) expect(Math.abs(each - space)).toBeLessThanOrEqual(2);
  });

  it('are spaced with their retries', async () => {
    const { run, sent } = setUp((_, number) => (number % 2 === 0 ? failing('internal_error', 500) : undefined), {
      maxRetries: 20,
      maxRetryDelay: 0,
    });
    const results = await finish(collect(run(ids(10))));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    expect(sent.length).toBeGreaterThan(18);
    expect(Math.min(...spaces(sent))).toBeGreaterThanOrEqual(250);
  });

  it('share the rate of the first run of their client', async () => {
    const { run, sent } = setUp();
    const first = collect(run(ids(5), { requestsPerMinute: 60 }));
    const second = collect(run(ids(5), { requestsPerMinute: Number.POSITIVE_INFINITY }));
    await finish(Promise.all([first, second]));
    expect(sent).toHaveLength(10);
    expect(Math.min(...spaces(sent))).toBeGreaterThanOrEqual(1000);

    const other = setUp();
    await finish(collect(other.run(ids(5), { requestsPerMinute: Number.POSITIVE_INFINITY })));
    expect(other.sent.at(-1)?.at).toBe(other.sent[0]?.at);
  });

  test.each([Number.MIN_VALUE, 1e300, Number.POSITIVE_INFINITY])('can have any positive rate: %d', async (rate) => {
    const { run, sent } = setUp();
    await finish(collect(run(ids(1), { requestsPerMinute: rate })));
    expect(sent).toHaveLength(1);
  });

  it('are as many at a time as concurrency says', async () => {
    let open = 0;
    let most = 0;
    const { run } = setUp(async () => {
      open += 1;
      most = Math.max(most, open);
      await new Promise((resolve) => setTimeout(resolve, 100));
      open -= 1;
      return creditOf(idOf(0));
    });
    await finish(
      collect(run(Array(20).fill(idOf(0)), { concurrency: 3, requestsPerMinute: Number.POSITIVE_INFINITY })),
    );
    expect(most).toBe(3);
  });

  it('do not use up the time limit while they wait for their turn', async () => {
    const { run } = setUp(undefined, { timeout: 100, maxRetries: 0 });
    const results = await finish(collect(run(ids(8), { requestsPerMinute: 20, concurrency: 8 })));
    expect(results.map(({ status }) => status)).toEqual(Array(8).fill('fulfilled'));
  });
});

describe('a 429 among many customers', () => {
  it('pauses all of them, is no retry, is never too long, and costs none its answer', async () => {
    const events: RetryEvent[] = [];
    const { run, sent } = setUp((_, number) => (number === 3 ? failing('too_many_requests', 429, '300') : undefined), {
      maxRetries: 0,
      maxRetryDelay: 0,
      onRetry: (event) => void events.push(event),
    });
    const results = await finish(collect(run(ids(10))));
    expect(results.map(({ status }) => status)).toEqual(Array(10).fill('fulfilled'));
    expect(sent).toHaveLength(11);
    const times = sent.map(({ at }) => at);
    expect(times.filter((at) => at > (times[2] ?? 0) && at < (times[2] ?? 0) + 300_000)).toEqual([]);
    expect(Math.min(...spaces(sent))).toBeGreaterThanOrEqual(205);
    expect(events).toMatchObject([{ attempt: 1, delay: 300_000, error: { status: 429 } }]);
  });

  it('pauses the other runs of the client too, until the latest of all pauses is over', async () => {
    const { run, sent } = setUp((_, number) => {
      if (number === 1) return new Promise((resolve) => setTimeout(resolve, 400, failing('bad_gateway', 429, '5')));
      return number === 2 ? failing('too_many_requests', 429, '60') : undefined;
    });
    await finish(Promise.all([collect(run(ids(1))), collect(run(ids(1))), collect(run(ids(1)))]));
    expect(sent.map(({ at }) => at < 60_000)).toEqual([true, true, false, false, false]);
  });

  it('pauses for as long as Paddle blocks where it does not say how long', async () => {
    const { run, sent } = setUp((_, number) => (number === 1 ? failing('too_many_requests', 429) : undefined));
    await finish(collect(run(ids(1))));
    expect(sent[1]?.at).toBeGreaterThanOrEqual(60_000);
    expect(sent[1]?.at).toBeLessThan(61_000);
  });

  it('can ask for a longer pause than a timer can wait for', async () => {
    const seconds = 2_592_000;
    const { run, sent } = setUp((_, number) =>
      number === 1 ? failing('too_many_requests', 429, '2592000') : undefined,
    );
    const results = collect(run(ids(1)));
    await vi.advanceTimersByTimeAsync(seconds * 1000 - 10);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(20);
    expect(await results).toMatchObject([{ status: 'fulfilled' }]);
  });
});

describe('a run over many customers ends', () => {
  test.each([
    ['invalid_access_token', 401],
    ['forbidden', 403],
    ['invalid_token', 403],
  ])('with %s, a %d, since every other customer would get it too', async (code, status) => {
    const { run, sent } = setUp((_, number, request) =>
      number === 2 ? failing(code, status) : number > 2 ? hanging(request) : undefined,
    );
    const results: CustomerResult[] = [];
    const error = await finish(
      catchError(
        (async () => {
          for await (const result of run(ids(50))) results.push(result);
        })(),
      ),
    );
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ code, status });
    expect(results).toMatchObject([{ customerId: idOf(0), status: 'fulfilled' }]);
    expect(sent.length).toBeLessThan(6);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('not with a 401 that another key fixes', async () => {
    const keys: string[] = [];
    const { run } = setUp(
      (_, __, { headers }) =>
        headers.get('authorization') === 'Bearer old' ? failing('invalid_access_token', 401) : undefined,
      {
        apiKey: () => {
          const key = keys.length < 3 ? 'old' : 'new';
          keys.push(key);
          return key;
        },
      },
    );
    const results = await finish(collect(run(ids(2), { concurrency: 1 })).catch((error: unknown) => error));
    expect(results).toMatchObject({ status: 401 });
    expect(await finish(collect(run(ids(2))))).toHaveLength(2);
  });

  it.each([
    ['an error', new Error('the vault is sealed')],
    ['an error of this package', new ConnectionError('the vault is down')],
    ['nothing', undefined],
  ])('with what the function for the key throws: %s', async (_, fault) => {
    const { run, sent } = setUp(undefined, {
      apiKey: () => {
        throw fault;
      },
    });
    expect(await finish(catchError(collect(run(ids(5)))))).toBe(fault);
    expect(sent).toEqual([]);
  });

  it('with what onRetry throws, also where that is what it was given', async () => {
    const { run, sent } = setUp(() => failing('internal_error', 500), {
      maxRetries: 1,
      onRetry: ({ error }) => {
        throw error;
      },
    });
    expect(await finish(catchError(collect(run(ids(5), { concurrency: 1 }))))).toMatchObject({ status: 500 });
    expect(sent).toHaveLength(1);
  });

  it('with a key that is none', async () => {
    const { run } = setUp(undefined, { apiKey: () => 'two words' });
    expect(await finish(catchError(collect(run(ids(5)))))).toMatchObject({ name: 'UsageError', option: 'apiKey' });
  });

  test.each([
    [
      'an iterable',
      (fault: Error) =>
        (function* () {
          yield idOf(0);
          throw fault;
        })(),
    ],
    [
      'an async iterable',
      (fault: Error) =>
        (async function* () {
          yield idOf(0);
          throw fault;
        })(),
    ],
  ])('with what %s of IDs throws, as it is', async (_, make) => {
    const fault = new Error('the file is gone');
    expect(await finish(catchError(collect(setUp().run(make(fault)))))).toBe(fault);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a break out of many customers', () => {
  it('ends requests, timers and listeners, and closes the iterable', async () => {
    const aborted: string[] = [];
    const { run, sent } = setUp((customerId, number, request) => {
      if (number === 1) return undefined;
      request.signal.addEventListener('abort', () => aborted.push(customerId));
      return hanging(request);
    });
    let isClosed = false;
    async function* customers() {
      try {
        yield* ids(1000);
      } finally {
        isClosed = true;
      }
    }
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    const results = run(customers(), { signal });
    await finish(results.next());
    await vi.advanceTimersByTimeAsync(600);
    const before = sent.length;
    await results.return();
    await vi.advanceTimersByTimeAsync(0);
    expect(aborted).toEqual(sent.slice(1).map(({ customerId }) => customerId));
    expect(vi.getTimerCount()).toBe(0);
    expect(removed.mock.calls).toEqual(added.mock.calls);
    expect(added).toHaveBeenCalledTimes(1);
    expect(isClosed).toBe(true);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(sent).toHaveLength(before);
  });

  it('leaves no timer during the pause that a 429 asked for', async () => {
    const { run } = setUp((_, number) => (number > 1 ? failing('too_many_requests', 429, '60') : undefined));
    for await (const _ of run(ids(9))) {
      await vi.advanceTimersByTimeAsync(2000);
      expect(vi.getTimerCount()).toBeGreaterThan(0);
      break;
    }
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('takes nothing from the turns of another run', async () => {
    const { run, sent } = setUp((customerId, __, request) => (customerId === idOf(0) ? hanging(request) : undefined));
    const stopped = run([idOf(1), ...Array(100).fill(idOf(0))], { concurrency: 50 });
    const first = stopped.next();
    const other = collect(run(Array(4).fill(idOf(2))));
    await finish(first);
    await stopped.return();
    await finish(other);
    expect(sent.filter(({ customerId }) => customerId === idOf(2))).toHaveLength(4);
    expect(sent.at(-1)?.at).toBeLessThan(55 * 257);
  });
});

describe('IDs of many customers', () => {
  it('are pulled no faster than results are read', async () => {
    let pulled = 0;
    function* endless() {
      for (;;) {
        pulled += 1;
        yield idOf(pulled);
      }
    }
    const results = setUp().run(endless(), { concurrency: 3, requestsPerMinute: Number.POSITIVE_INFINITY });
    await vi.advanceTimersByTimeAsync(1000);
    expect(pulled).toBe(0);
    for (let read = 1; read <= 20; read += 1) {
      await finish(results.next());
      await vi.advanceTimersByTimeAsync(1000);
      expect(pulled).toBeLessThanOrEqual(read + 4);
    }
    await results.return();
  });

  it('are as many at a time as concurrency says, also where they come slower than results are read', async () => {
    let pulled = 0;
    let open = 0;
    let most = 0;
    async function* slow() {
      for (; pulled < 60; pulled += 1) {
        await new Promise((resolve) => setTimeout(resolve, pulled % 5));
        yield idOf(pulled);
      }
    }
    const { run } = setUp(async (customerId) => {
      open += 1;
      most = Math.max(most, open);
      await new Promise((resolve) => setTimeout(resolve, 7));
      open -= 1;
      return creditOf(customerId);
    });
    let read = 0;
    const reading = (async () => {
      for await (const _ of run(slow(), { concurrency: 3, requestsPerMinute: Number.POSITIVE_INFINITY })) {
        read += 1;
        expect(pulled - read).toBeLessThanOrEqual(3);
        await new Promise((resolve) => setTimeout(resolve, read % 4));
      }
    })();
    await finish(reading);
    expect({ read, most }).toEqual({ read: 60, most: 3 });
  });

  it('may come slowly: what is done does not wait for the next one', async () => {
    const { run } = setUp();
    async function* slow() {
      yield idOf(0);
      await new Promise((resolve) => setTimeout(resolve, 3_600_000));
      yield idOf(1);
    }
    const results = run(slow());
    await vi.advanceTimersByTimeAsync(0);
    const first = results.next();
    await vi.advanceTimersByTimeAsync(1000);
    expect(await first).toMatchObject({ value: { customerId: idOf(0) } });
    await finish(results.return());
  });
});

describe('the signal of a run over many customers', () => {
  const reason = new Error('enough');

  it('ends it with its own reason before anything is sent', async () => {
    const { run, sent } = setUp();
    expect(await catchError(collect(run(ids(3), { signal: AbortSignal.abort(reason) })))).toBe(reason);
    expect(sent).toEqual([]);
  });

  test.each<[string, Respond, CustomerIds]>([
    ['a response', (_, __, request) => hanging(request), ids(9)],
    ['the end of a pause', () => failing('too_many_requests', 429, '3600'), ids(9)],
    ['the wait before a retry', () => failing('internal_error', 500, '30'), ids(9)],
    ['the next ID', () => undefined, neverComing()],
  ])('ends it with its own reason while it waits for %s', async (_, respond, customerIds) => {
    const controller = new AbortController();
    const { run } = setUp(respond);
    const results = collect(run(customerIds, { signal: controller.signal }));
    await vi.advanceTimersByTimeAsync(5000);
    controller.abort(reason);
    expect(await catchError(results)).toBe(reason);
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  async function* neverComing(): AsyncGenerator<string> {
    await new Promise(() => undefined);
  }
});

describe('a call for many customers that is wrong', () => {
  const { client } = setUp();
  const call = (...args: unknown[]) => listCreditBalancesOfMany(...(args as [never, never, never]));

  test.each<[string, unknown[], string | undefined, RegExp]>([
    ['no client', [undefined, []], 'client', /createCreditBalancesClient/],
    ['a copy of a client', [{ ...client }, []], 'client', /createCreditBalancesClient/],
    ['one ID', [client, idOf(0)], 'customerIds', /iterable .*received "ctm_/],
    ['no IDs', [client, undefined], 'customerIds', /received undefined/],
    ['a number', [client, 3], 'customerIds', /received 3/],
    ['an object', [client, {}], 'customerIds', /received an object/],
    ['an unknown option', [client, [], { rate: 1 }], undefined, /Unknown option "rate"/],
    ['no options', [client, [], null], undefined, /options must be an object/],
    ['no concurrency', [client, [], { concurrency: 0 }], 'concurrency', /integer, 1 or more; received 0/],
    ['half a concurrency', [client, [], { concurrency: 1.5 }], 'concurrency', /received 1\.5/],
    ['no rate', [client, [], { requestsPerMinute: 0 }], 'requestsPerMinute', /positive number.*received 0/],
    ['a negative rate', [client, [], { requestsPerMinute: -1 }], 'requestsPerMinute', /received -1/],
    ['a rate that is no number', [client, [], { requestsPerMinute: Number.NaN }], 'requestsPerMinute', /NaN/],
    ['a rate that is text', [client, [], { requestsPerMinute: '240' }], 'requestsPerMinute', /received "240"/],
    ['a signal that is none', [client, [], { signal: {} }], 'signal', /AbortSignal/],
    ['a currency that is none', [client, [], { currencyCode: 'usd' }], 'currencyCode', /received "usd"/],
    ['no currency', [client, [], { currencyCode: [] }], 'currencyCode', /empty list/],
  ])('throws a UsageError at once: %s', (_, args, option, message) => {
    expect(() => call(...args)).toThrow(UsageError);
    expect(() => call(...args)).toThrow(expect.objectContaining({ option, message: expect.stringMatching(message) }));
  });

  it('sets no rate', async () => {
    const { run, sent } = setUp();
    expect(() => run('x' as never, { requestsPerMinute: 1 })).toThrow(UsageError);
    await finish(collect(run(ids(3), { requestsPerMinute: Number.POSITIVE_INFINITY })));
    expect(sent.at(-1)?.at).toBe(0);
  });
});

it('a client without a run is not slowed down by the rate of its runs', async () => {
  const { client, run, sent } = setUp();
  await finish(collect(run(ids(1), { requestsPerMinute: 1 })));
  await client.listCreditBalances(idOf(1));
  expect(sent).toHaveLength(2);
});

it('a connection that fails is retried as always, and is the result of its customer in the end', async () => {
  const { run, sent } = setUp(() => Promise.reject(new TypeError('fetch failed')), { maxRetries: 2 });
  const [result] = await finish(collect(run(ids(1))));
  expect(result).toMatchObject({ status: 'rejected', reason: expect.any(ConnectionError) });
  expect(sent).toHaveLength(3);
});

describe('a run that is to stop', () => {
  it('sends nothing more, and has the results of what was sent', async () => {
    const { client, sent } = setUp(async (customerId) => {
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      return creditOf(customerId);
    });
    const stopping = new AbortController();
    setTimeout(() => stopping.abort(), 2_100);
    const results = await finish(
      collect(listUntilStopped(client, ids(20), { concurrency: 10, requestsPerMinute: 60 }, stopping.signal)),
    );
    expect(sent.map(({ customerId }) => customerId)).toEqual(ids(3));
    expect(results.map(({ customerId, status }) => [customerId, status])).toEqual(
      ids(3).map((customerId) => [customerId, 'fulfilled']),
    );
    expect(vi.getTimerCount()).toBe(0);
  });

  it('sends nothing at all where it was to stop before', async () => {
    const { client, sent } = setUp();
    expect(await finish(collect(listUntilStopped(client, ids(3), {}, AbortSignal.abort())))).toEqual([]);
    expect(sent).toEqual([]);
  });
});
