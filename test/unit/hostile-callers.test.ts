import { expect, it, test, vi } from 'vitest';
import { createFetchClient } from '../../src/fetch.ts';
import {
  ApiError,
  type ClientOptions,
  ConnectionError,
  ContractError,
  createCreditBalancesClient,
  UsageError,
} from '../../src/index.ts';
import { listCreditBalancesOfMany } from '../../src/many.ts';
import { createMockFetch } from '../../src/testing.ts';
import { verifyServer } from '../../src/verify.ts';
import { catchError, customerId, getCredit, getErrorBody, makeKey } from '../support/bodies.ts';

const gateway = { apiKey: 'test-key', baseUrl: 'https://gateway.example', maxRetries: 0 };
const path = '/customers/{customer_id}/credit-balances';
const params = { path: { customer_id: customerId } };
/** A key that nothing marks as one: it is known by its value alone. */
const plainKey = 'plainlowercasetokenvaluewithoutdigits';

test.each(['boom', true, 1, {}, ['a']])(
  'data beside an error is a ContractError, whatever the error is: %j',
  async (error) => {
    const body = { ...getCredit('one-currency'), data: [], error };
    const client = createCreditBalancesClient({ ...gateway, fetch: async () => Response.json(body) });
    expect(await catchError(client.listCreditBalances(customerId))).toBeInstanceOf(ContractError);
  },
);

test.each([null, false, ''])('data beside an error that says nothing is data: %j', async (error) => {
  const body = { ...getCredit('one-currency'), error };
  const client = createCreditBalancesClient({ ...gateway, fetch: async () => Response.json(body) });
  expect(await client.listCreditBalances(customerId)).toEqual(body);
});

it('the response of a returned error holds no key, in its status text or a header', async () => {
  const apiKey = makeKey();
  const client = createFetchClient({
    ...{ ...gateway, apiKey },
    fetch: async () =>
      Response.json(getErrorBody('forbidden'), {
        status: 403,
        statusText: `no ${apiKey}`,
        headers: { 'x-echo': `Bearer ${apiKey}`, 'x-long': `${'x'.repeat(20_000)}${apiKey}` },
      }),
  });
  const { error, response } = await client.GET(path, { params });
  expect(error).toEqual(getErrorBody('forbidden'));
  const shown = response.statusText + JSON.stringify([...response.headers, ...response.clone().headers]);
  expect(shown).toContain('no [redacted]');
  expect(shown).not.toContain(apiKey.slice(20, 30));
});

it('what a single call adds to its request gets no key', async () => {
  const dispatch = vi.fn();
  const client = createFetchClient({ ...gateway, fetch: async () => Response.json(getCredit('one-currency')) });
  const seen: unknown[] = [];
  client.use({ onRequest: ({ request }) => void seen.push('dispatcher' in request) });
  await client.GET(path, { params, dispatcher: { dispatch } } as never);
  expect(seen).toEqual([true]);
  // The platform's own fetch hands the key to a dispatcher that the request carries.
  const real = createFetchClient({ ...gateway, baseUrl: 'http://127.0.0.1:1' });
  expect(await catchError(real.GET(path, { params, dispatcher: { dispatch } } as never))).toBeInstanceOf(
    ConnectionError,
  );
  expect(dispatch).not.toHaveBeenCalled();
});

test.each([new ConnectionError('the vault is down'), new ApiError('401', { status: 401, retryable: true })])(
  'what the apiKey function throws is not retried, though it is an error of this package: %o',
  async (reason) => {
    const apiKey = vi.fn(() => {
      throw reason;
    });
    const client = createCreditBalancesClient({ ...gateway, apiKey, maxRetries: 2 });
    expect(await catchError(client.listCreditBalances(customerId))).toBe(reason);
    expect(apiKey).toHaveBeenCalledTimes(1);
  },
);

it('a signal without throwIfAborted is refused', async () => {
  const client = createCreditBalancesClient({ ...gateway, fetch: createMockFetch() });
  const signal = { aborted: false, addEventListener: () => undefined } as unknown as AbortSignal;
  expect(await catchError(client.listCreditBalances(customerId, { signal }))).toMatchObject({
    name: 'UsageError',
    option: 'signal',
  });
});

test.each<[string, (key: string) => unknown]>([
  ['has no headers', () => ({ status: 200, text: async () => '{}' })],
  ['is undefined', () => undefined],
  [
    'has a getter that throws the key',
    (key) => ({
      get status() {
        throw new Error(key);
      },
    }),
  ],
])('what a fetch returns that %s is a ConnectionError without the key', async (_, makeResponse) => {
  const apiKey = makeKey();
  const client = createCreditBalancesClient({
    ...{ ...gateway, apiKey },
    fetch: async () => makeResponse(apiKey) as Response,
  });
  const error = (await catchError(client.listCreditBalances(customerId))) as Error;
  expect(error).toBeInstanceOf(ConnectionError);
  expect(`${error} ${error.cause} ${(error.cause as Error).stack}`).not.toContain(apiKey.slice(20, 30));
});

test.each<[string, () => unknown]>([
  ['of the client', () => createCreditBalancesClient({ apiKey: plainKey, [plainKey]: 1 } as ClientOptions)],
  [
    'of verifyServer',
    () => verifyServer({ server: 'http://localhost', apiKey: plainKey, customerId, [plainKey]: 1 } as never),
  ],
  [
    'of many',
    () => {
      const client = createCreditBalancesClient({ apiKey: plainKey, environment: 'sandbox', fetch: createMockFetch() });
      return listCreditBalancesOfMany(client, [customerId], { requestsPerMinute: plainKey as never });
    },
  ],
])('an option %s that is the key itself is refused without it', async (_, call) => {
  const error = (await catchError((async () => call())())) as Error;
  expect(error).toBeInstanceOf(UsageError);
  expect(error.message).not.toContain(plainKey.slice(0, 10));
});

it('eleven runs of many customers on one signal print no warning', async () => {
  const warnings: Error[] = [];
  const listener = (warning: Error) => void warnings.push(warning);
  process.on('warning', listener);
  const { signal } = new AbortController();
  const run = async () => {
    const client = createCreditBalancesClient({ ...gateway, fetch: createMockFetch({ delay: 5 }) });
    for await (const result of listCreditBalancesOfMany(client, [customerId], {
      signal,
      requestsPerMinute: Infinity,
    })) {
      expect(result.status).toBe('fulfilled');
    }
  };
  await Promise.all(Array.from({ length: 11 }, run));
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', listener);
  expect(warnings).toEqual([]);
});

test.each([{ 'x-token': 'secret-value\nX: y' }, { 'x token': 'secret-value' }, { 'x-token': 'secret-välue…' }])(
  'a header of a single call that the platform refuses is a UsageError without its value: %j',
  async (headers) => {
    const fetch = vi.fn();
    const client = createFetchClient({ ...gateway, fetch });
    const error = (await catchError(client.GET(path, { params, headers }))) as Error;
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).not.toContain('secret');
    expect(fetch).not.toHaveBeenCalled();
  },
);

it('a single call may take a header of the client away', async () => {
  const seen: (string | null)[] = [];
  const client = createFetchClient({
    ...{ ...gateway, headers: { 'x-team': 'billing' } },
    fetch: async (request) => {
      seen.push(request.headers.get('x-team'), request.headers.get('x-trace'));
      return Response.json(getCredit('one-currency'));
    },
  });
  await client.GET(path, { params, headers: { 'X-Team': null, 'X-Trace': 7 } });
  await client.request('get', path, { params, headers: new Headers({ 'X-Trace': '8' }) });
  expect(seen).toEqual([null, '7', 'billing', '8']);
});
