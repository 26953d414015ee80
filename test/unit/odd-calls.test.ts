import { afterEach, describe, expect, it, test, vi } from 'vitest';
import { createFetchClient } from '../../src/fetch.ts';
import { parseRetryAfter } from '../../src/http/retry.ts';
import { type ClientOptions, createCreditBalancesClient, UsageError } from '../../src/index.ts';
import { type CustomerIds, listCreditBalancesOfMany } from '../../src/many.ts';
import { startMock } from '../../src/mock.ts';
import { createMockFetch } from '../../src/testing.ts';
import { checkResponse, verifyServer } from '../../src/verify.ts';
import { catchError, customerId, getCredit, makeKey } from '../support/bodies.ts';
import { makeLegacyKey } from '../support/leaks.ts';

const key = makeKey();
const path = '/customers/{customer_id}/credit-balances';
const params = { path: { customer_id: customerId } };

function setUp(more: ClientOptions = {}) {
  const sent: Request[] = [];
  const options: ClientOptions = {
    ...{ apiKey: key, baseUrl: 'https://gateway.example/paddle', maxRetries: 0 },
    fetch: async (request) => {
      sent.push(request);
      return Response.json(getCredit('one-currency'));
    },
    ...more,
  };
  const { GET } = createFetchClient(options);
  const get = (target: string, call: object) => (GET as (...given: unknown[]) => Promise<unknown>)(target, call);
  return { sent, get, client: createCreditBalancesClient(options) };
}

/** Its error, which holds nothing of the key. */
async function refuse(call: () => unknown): Promise<UsageError> {
  const error = await catchError((async () => call())());
  expect(error).toBeInstanceOf(UsageError);
  expect(JSON.stringify({ ...(error as Error) }) + String(error) + String((error as Error).stack)).not.toContain(
    key.slice(20, 32),
  );
  return error as UsageError;
}

describe('a call of the fetch client', () => {
  test.each([
    `//admin${path}`,
    `///x${path}`,
    `/\\x${path}`,
    `//user:pass@other.example${path}`,
    `//${key}:99999${path}`,
    `//[x${path}`,
    `/${key}`,
    key,
    `:${key}@evil.example${path}`,
    path.slice(1),
  ])('to another path is refused: %s', async (target) => {
    const { get, sent } = setUp();
    await refuse(() => get(target, { params }));
    expect(sent).toEqual([]);
  });

  test.each<[string, (read: () => string) => object]>([
    ['a server with a user', () => ({ params, baseUrl: `https://user:${key}@evil.example` })],
    ['a key as a server', () => ({ params, baseUrl: key })],
    ['a header of two lines', () => ({ params: { ...params, header: { 'x-a': `a\nb${key}` } } })],
    ['a header whose name is none', () => ({ params: { ...params, header: { [`x ${key}`]: 'a' } } })],
    ['headers that are a text', () => ({ params, headers: `x-a: ${key}` })],
    ['headers that are a list', () => ({ params, headers: [['x-a', key]] })],
    ['a Map with a header of two lines', () => ({ params, headers: new Map([['x-a', `1\n${key}`]]) })],
    ['a header that is a symbol', () => ({ params, headers: { 'x-a': Symbol(key) } })],
    ['a signal that is none', () => ({ params, signal: key })],
    ['a fetch of its own', () => ({ params, fetch: () => Response.json({}) })],
    ['a Request of its own', () => ({ params, Request })],
    [
      'what throws an error when it is read',
      () => ({
        get params() {
          throw new Error(key);
        },
      }),
    ],
  ])('with %s is refused', async (_, make) => {
    const { get, sent } = setUp();
    await refuse(() =>
      get(
        path,
        make(() => key),
      ),
    );
    expect(sent).toEqual([]);
  });

  it('is made with what was checked, where a getter has something else the second time', async () => {
    const { get, sent } = setUp();
    let reads = 0;
    const headers = {
      get 'x-a'() {
        reads += 1;
        return reads === 1 ? 'sound' : `${key}\n1`;
      },
    };
    await get(path, { params, headers });
    expect([reads, sent[0]?.headers.get('x-a')]).toEqual([1, 'sound']);
  });

  test.each([new Map([['x-tenant', '7']]), new Headers({ 'x-tenant': '7' }), { 'x-tenant': 7 }])(
    'may have headers in each form that the client takes: %o',
    async (headers) => {
      const { get, sent } = setUp();
      await get(path, { params, headers });
      await get(path, { params: { ...params, header: headers } });
      expect(sent.map((request) => request.headers.get('x-tenant'))).toEqual(['7', '7']);
    },
  );

  it('is sent with the method that was checked', async () => {
    class Changing extends Request {
      #reads = 0;
      override get method() {
        this.#reads += 1;
        return this.#reads === 1 ? 'GET' : 'DELETE';
      }
    }
    const sent: Request[] = [];
    const client = createFetchClient({
      ...{ apiKey: key, baseUrl: 'https://gateway.example' },
      fetch: async (request) => {
        sent.push(request);
        return Response.json(getCredit('one-currency'));
      },
    });
    client.use({ onRequest: ({ request }) => new Changing(request) });
    await client.GET(path, { params });
    expect(sent.map(({ method }) => method)).toEqual(['GET']);
  });
});

describe('what throws an error when it is read is refused, without the error', () => {
  const fail = () => {
    throw new Error(key);
  };
  const hostile = <Value extends object>(target: Value, name: PropertyKey) =>
    new Proxy(target, { get: (from, key_) => (key_ === name ? fail() : Reflect.get(from, key_)) });
  const revoked = () => {
    const { proxy, revoke } = Proxy.revocable(['USD'], {});
    revoke();
    return proxy;
  };

  test.each<[string, () => unknown]>([
    [
      'a currency',
      () => setUp().client.listCreditBalances(customerId, { currencyCode: hostile(['USD'], '0') as never }),
    ],
    ['a list of currencies', () => setUp().client.listCreditBalances(customerId, { currencyCode: revoked() as never })],
    ['a signal', () => setUp().client.listCreditBalances(customerId, { signal: hostile({}, 'aborted') as never })],
    ['an address', () => setUp({ baseUrl: Object.assign(new URL('https://x.example'), { toString: fail }) as never })],
    ['an address that is a proxy', () => setUp({ baseUrl: new Proxy(new URL('https://x.example'), {}) as never })],
    [
      'a list of probes',
      () =>
        verifyServer({
          server: 'http://localhost',
          apiKey: key,
          customerId,
          skip: hostile(['list'], 'length') as never,
        }),
    ],
    ['a response', () => checkResponse(hostile({}, 'status') as never)],
    ['what has a clone and nothing else', () => checkResponse({ clone: () => undefined } as never)],
    ['a Request', () => checkResponse(new Request('https://x.example') as never)],
  ])('%s', async (_, call) => {
    await refuse(call);
  });
});

describe('a key in the place of a name', () => {
  test.each<[string, () => unknown]>([
    ['of a customer', () => createMockFetch({ balances: { [key]: 5 } as never })],
    ['of a currency', () => createMockFetch({ balances: { [customerId]: { [key]: 5 } } as never })],
    ['of a currency later', () => createMockFetch().ledger.set(customerId, { [key]: { available: 5 } } as never)],
    ['of a host', () => startMock({ port: 0, host: key })],
  ])('%s is not quoted', async (_, call) => {
    await refuse(call);
  });

  test.each(['user-agent', 'prefer', 'x-request-id', 'traceparent', 'baggage', 'accept', 'accept-language'])(
    'in the header %s is not kept by the mock',
    async (name) => {
      const mock = createMockFetch();
      await mock(`https://x.example${path}`, { method: 'GET', headers: { [name]: `abc ${key}`, 'user-agent': key } });
      expect(JSON.stringify(mock.calls)).not.toContain(key.slice(20, 32));
      expect(mock.calls[0]?.headers[name]).toContain('[redacted]');
    },
  );

  it('of an older kind, or as the method, is not kept either', async () => {
    const mock = createMockFetch();
    await mock('https://x.example/', { headers: { 'user-agent': `node ${makeLegacyKey()}` } });
    await mock('https://x.example/', { method: key });
    expect(mock.calls.map(({ headers, method }) => [method, headers['user-agent']])).toEqual([
      ['GET', 'node [redacted]'],
      ['…', undefined],
    ]);
  });
});

describe('a secret header', () => {
  test.each([['a cookie', 'sid=s%3AwZ8kQ3%2FxY7pR2%2Bm9Tq', 'no session s:wZ8kQ3/xY7pR2+m9Tq', 'wZ8kQ3/xY7p']])(
    'is not shown where a fault names what it encodes: %s',
    async (_, value, words, part) => {
      const fetch = () => Promise.reject(new Error(words));
      const { client } = setUp({ fetch, headers: { 'x-gateway': value } });
      const error = await catchError(client.listCreditBalances(customerId));
      expect(String(error)).toMatch(/^ConnectionError: .*\[redacted\]/);
      expect(String(error)).not.toContain(part);
    },
  );

  it('is given as a plain object, since what another inherits would be lost', async () => {
    class Tenant {
      get 'x-tenant'() {
        return '7';
      }
    }
    const plain = Object.assign(Object.create(null), { 'x-tenant': '7' });
    const { client, sent } = setUp({ headers: plain });
    await client.listCreditBalances(customerId);
    expect(sent[0]?.headers.get('x-tenant')).toBe('7');
    for (const headers of [new Tenant(), Object.create({ 'x-tenant': '7' })]) {
      expect(await refuse(() => setUp({ headers }))).toMatchObject({ option: 'headers' });
    }
  });
});

describe('Retry-After', () => {
  afterEach(() => void vi.unstubAllEnvs());
  const now = Date.UTC(2026, 10, 25, 3, 38, 2);

  test.each(['UTC', 'America/New_York', 'Asia/Tokyo'])('is in GMT in each form of a date: %s', (zone) => {
    vi.stubEnv('TZ', zone);
    const forms = ['Wed, 25 Nov 2026 03:38:32 GMT', 'Wednesday, 25-Nov-26 03:38:32 GMT', 'Wed Nov 25 03:38:32 2026'];
    expect(forms.map((form) => parseRetryAfter(form, now))).toEqual([30, 30, 30]);
  });

  test.each(['Monkey 5', 'Wed, 25 Nov 2026 03:38:32', 'Wed Nov 25 2026', 'Wed, 25 Nov 2026 03:38:32 GMT+1'])(
    'is nothing in another form: %s',
    (form) => {
      expect(parseRetryAfter(form, now)).toBeUndefined();
    },
  );
});

describe('the body of a response', () => {
  it('is measured in bytes also where the fetch has no streams', async () => {
    const text = JSON.stringify({ ...getCredit('one-currency'), more: '€'.repeat(400) });
    const fetch = async () => ({
      status: 200,
      headers: new Headers({ 'Content-Type': 'application/json' }),
      text: async () => text,
    });
    const ask = (maxBodySize: number) =>
      setUp({ fetch: fetch as never, maxBodySize }).client.listCreditBalances(customerId);
    const bytes = new TextEncoder().encode(text).byteLength;
    expect(await ask(bytes)).toMatchObject({ data: [{ customer_id: customerId }] });
    expect(await catchError(ask(bytes - 1))).toMatchObject({ name: 'ContractError' });
  });

  it('that is empty chunks without an end is late, and no longer read', async () => {
    let pulls = 0;
    const stream = () =>
      new ReadableStream({
        pull(controller) {
          pulls += 1;
          controller.enqueue(new Uint8Array(0));
        },
      });
    const fetch = async () => new Response(stream(), { headers: { 'Content-Type': 'application/json' } });
    const error = await catchError(setUp({ fetch, timeout: 50 }).client.listCreditBalances(customerId));
    expect(error).toMatchObject({ name: 'TimeoutError' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    const before = pulls;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(pulls).toBe(before);
  });
});

describe('the customers of a run', () => {
  const run = async (ids: unknown) => {
    const results: unknown[] = [];
    for await (const { customerId: id, status } of listCreditBalancesOfMany(setUp().client, ids as CustomerIds)) {
      results.push([id, status]);
    }
    return results;
  };

  test.each([undefined, null])('may have %s for the other kind of iterator', async (iterator) => {
    const ids = {
      [Symbol.asyncIterator]: iterator,
      *[Symbol.iterator]() {
        yield customerId;
      },
    };
    expect(await run(ids)).toEqual([[customerId, 'fulfilled']]);
  });

  it('are not the letters of one ID', async () => {
    expect(await refuse(() => run(new String(customerId)))).toMatchObject({ option: 'customerIds' });
  });
});
