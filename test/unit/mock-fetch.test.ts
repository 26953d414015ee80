import { describe, expect, it, test } from 'vitest';
import { scenarios } from '../../generated/scenarios.js';
import { ApiError, ConnectionError, createCreditBalancesClient, UsageError } from '../../src/index.ts';
import { createMockFetch, type MockFetchOptions } from '../../src/testing.ts';
import { catchError, customerId, getCredit, makeKey } from '../support/bodies.ts';

const url = `https://sandbox-api.paddle.com/customers/${customerId}/credit-balances`;
const auth = { headers: { Authorization: 'Bearer test' } };
const clientOf = (options?: MockFetchOptions, more = {}) => {
  const mockFetch = createMockFetch(options);
  return {
    mockFetch,
    client: createCreditBalancesClient({ apiKey: 'test', environment: 'sandbox', fetch: mockFetch, ...more }),
  };
};

describe('createMockFetch', () => {
  it('answers for any host, by a string, a URL or a Request', async () => {
    const mockFetch = createMockFetch();
    for (const input of [url, new URL(url), new Request(url)]) {
      const body = await (await mockFetch(input, auth)).json();
      expect(body.data).toEqual(getCredit('one-currency').data);
    }
  });

  test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
    'gives %s to every customer that asks',
    async (scenario, { status, customerId: reserved, body, headers }) => {
      const mockFetch = createMockFetch({ scenario });
      const response = await mockFetch(url, auth);
      expect(response.status).toBe(status);
      for (const [name, value] of Object.entries(headers)) expect(response.headers.get(name), name).toBe(value);
      const expected = JSON.parse(JSON.stringify(body).replaceAll(reserved, customerId));
      const answered = await response.json();
      expect(answered.meta.request_id).not.toBe(body.meta?.request_id);
      expect({ ...answered, meta: undefined }).toEqual({ ...expected, meta: undefined });
    },
  );

  it('lets a Prefer win over its scenario', async () => {
    const mockFetch = createMockFetch({ scenario: 'no-credit' });
    expect((await mockFetch(url, { headers: { ...auth.headers, Prefer: 'code=404' } })).status).toBe(404);
  });

  it('never hands out the body of the contract itself', async () => {
    const before = JSON.stringify(scenarios);
    const { client } = clientOf({ scenario: 'several-currencies' });
    const { data } = await client.listCreditBalances(customerId);
    for (const balance of data) balance.balance.available = '0';
    data.length = 0;
    expect(JSON.stringify(scenarios)).toBe(before);
    expect((await client.listCreditBalances(customerId)).data).toHaveLength(3);
  });
});

describe('failTimes', () => {
  it('loses the connection of the first calls, which the client retries', async () => {
    const { client, mockFetch } = clientOf({ failTimes: 2 }, { maxRetryDelay: 1 });
    expect((await client.listCreditBalances(customerId)).data).toHaveLength(1);
    expect(mockFetch.calls.map(({ status }) => status)).toEqual([undefined, undefined, 200]);
  });

  it('is a ConnectionError once the retries are used up', async () => {
    const { client } = clientOf({ failTimes: 3 }, { maxRetryDelay: 1 });
    expect(await catchError(client.listCreditBalances(customerId))).toBeInstanceOf(ConnectionError);
    expect((await client.listCreditBalances(customerId)).data).toHaveLength(1);
  });

  it('fails with the error that failWith names', async () => {
    const { client, mockFetch } = clientOf({ failTimes: 1, failWith: 'internal_error' }, { maxRetryDelay: 1 });
    expect((await client.listCreditBalances(customerId)).data).toHaveLength(1);
    expect(mockFetch.calls.map(({ scenario }) => scenario)).toEqual(['internal_error', 'one-currency']);
  });

  it('can fail forever', async () => {
    const { client } = clientOf({ failTimes: Number.POSITIVE_INFINITY, failWith: 'not_found' });
    for (const _ of [1, 2, 3]) expect(await catchError(client.listCreditBalances(customerId))).toBeInstanceOf(ApiError);
  });
});

describe('delay', () => {
  it('holds each answer back', async () => {
    const start = performance.now();
    await createMockFetch({ delay: 30 })(url, auth);
    // Timers may be a millisecond early.
    expect(performance.now() - start).toBeGreaterThanOrEqual(29);
  });

  it("ends at once with the caller's own reason", async () => {
    const reason = new Error('the page was closed');
    const controller = new AbortController();
    const answer = createMockFetch({ delay: 60_000 })(url, { ...auth, signal: controller.signal });
    controller.abort(reason);
    await expect(answer).rejects.toBe(reason);
    await expect(createMockFetch()(url, { ...auth, signal: controller.signal })).rejects.toBe(reason);
  });

  it("runs into the client's timeout", async () => {
    const { client } = clientOf({ delay: 60_000 }, { timeout: 5, maxRetries: 0 });
    expect(await catchError(client.listCreditBalances(customerId))).toMatchObject({ name: 'TimeoutError', timeout: 5 });
  });
});

describe('calls', () => {
  it('record what was asked and answered', async () => {
    const { client, mockFetch } = clientOf();
    await client.listCreditBalances(customerId, { currencyCode: ['USD', 'EUR'], headers: { 'X-Trace': '7' } });
    expect(mockFetch.calls).toEqual([
      {
        method: 'GET',
        url: `${url}?currency_code=USD,EUR`,
        headers: { accept: 'application/json', authorization: '[redacted]', 'paddle-version': '1', 'x-trace': '7' },
        scenario: 'one-currency',
        status: 200,
      },
    ]);
  });

  it('hold no key, wherever it was put', async () => {
    const key = makeKey();
    const mockFetch = createMockFetch();
    await mockFetch(`${url}?key=${key}`, { headers: { Authorization: `Bearer ${key}`, 'X-Debug': key, Cookie: key } });
    expect(mockFetch.calls).toHaveLength(1);
    expect(JSON.stringify(mockFetch.calls)).not.toContain(key);
  });

  it('keep the newest thousand', async () => {
    const mockFetch = createMockFetch();
    for (let number = 1; number <= 1_005; number += 1) await mockFetch(`${url}?number=${number}`, auth);
    expect(mockFetch.calls).toHaveLength(1_000);
    expect(mockFetch.calls[0]?.url).toContain('number=6');
    expect(mockFetch.calls.at(-1)?.url).toContain('number=1005');
  });
});

describe('a Paddle key', () => {
  const [pdl = '', environment = '', apikey = '', id = '', secret = '', checksum = ''] = makeKey().split('_');
  const keyOf = (...parts: string[]) => [pdl, environment, apikey, ...parts].join('_');
  const statusFor = async (key: string) =>
    (await createMockFetch()(url, { headers: { Authorization: `Bearer ${key}` } })).status;

  test.each([
    ['its own form', keyOf(id, secret, checksum), 200],
    ['other letters and digits', keyOf('a1'.repeat(13), 'aZ9'.repeat(7).padEnd(22, '0'), 'A0z'), 200],
    ['something before it', `pdl_${keyOf(id, secret, checksum)}`, 403],
    ['something after it', `${keyOf(id, secret, checksum)}x`, 403],
    ['a short id', keyOf(id.slice(1), secret, checksum), 403],
    ['a capital letter in the id', keyOf(`A${id.slice(1)}`, secret, checksum), 403],
    ['a short secret', keyOf(id, secret.slice(1), checksum), 403],
    ['a hyphen in the secret', keyOf(id, `-${secret.slice(1)}`, checksum), 403],
    ['a short checksum', keyOf(id, secret, checksum.slice(1)), 403],
    ['a hyphen in the checksum', keyOf(id, secret, `-${checksum.slice(1)}`), 403],
  ])('with %s', async (_, key, status) => {
    expect(await statusFor(key)).toBe(status);
  });
});

it('gives every answer a request id of its own', async () => {
  const mockFetch = createMockFetch();
  const idOf = async () => (await (await mockFetch(url, auth)).json()).meta.request_id as string;
  const ids = await Promise.all(Array.from({ length: 1_000 }, idOf));
  expect(new Set(ids).size).toBe(1_000);
  expect(ids.filter((id) => !/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(id))).toEqual([]);
});

describe('a wrong option', () => {
  test.each<[string, object | null, string]>([
    [
      'unknown',
      { scenari: 'x' },
      'Unknown option "scenari". The options are balances, scenario, delay, failTimes, failWith, rateLimit.',
    ],
    ['no object', null, 'The options must be an object; received null.'],
    [
      'unknown scenario',
      { scenario: 'broke' },
      'scenario must be a scenario of the contract; received "broke". Scenarios: one-currency,',
    ],
    ['unknown error', { failWith: 'broke' }, 'failWith must be a scenario of the contract; received "broke".'],
    ['no error', { failWith: 'no-credit' }, 'failWith must be an error; no-credit has the status 200.'],
    ['negative delay', { delay: -1 }, 'delay must be a number of milliseconds from 0 to 2147483647; received -1.'],
    ['delay as text', { delay: '5' }, 'delay must be a number of milliseconds'],
    ['negative count', { failTimes: -1 }, 'failTimes must be a number of requests, 0 or more; received -1.'],
    ['no number', { failTimes: Number.NaN }, 'failTimes must be a number of requests, 0 or more; received NaN.'],
    ['count as text', { failTimes: '2' }, 'failTimes must be a number of requests, 0 or more; received "2".'],
  ])('is a UsageError: %s', (_, options, message) => {
    let thrown: unknown;
    try {
      createMockFetch(options as MockFetchOptions);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(UsageError);
    expect((thrown as Error).message).toContain(message);
  });
});

it('keeps no key that is the name of a header or of a query key', async () => {
  const key = 'plainlowercasetokenvalue';
  const mockFetch = createMockFetch();
  await mockFetch(`${url}?${key}=1`, { headers: { authorization: `Bearer ${key}`, [key]: '1', [makeKey()]: '2' } });
  expect(mockFetch.calls).toHaveLength(1);
  expect(JSON.stringify(mockFetch.calls)).not.toMatch(/plainlower|apikey/i);
});

it('answers after its delay from the ledger as it is then', async () => {
  const mockFetch = createMockFetch({ delay: 20 });
  const pending = mockFetch(url, auth);
  mockFetch.ledger.credit(customerId, 'USD', '7');
  expect((await (await pending).json()).data[0].balance.available).toBe('7');
});
