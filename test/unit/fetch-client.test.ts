import { inspect } from 'node:util';
import type { Middleware } from 'openapi-fetch';
import { describe, expect, it, test, vi } from 'vitest';
import { createFetchClient } from '../../src/fetch.ts';
import {
  ApiError,
  type ClientOptions,
  ConnectionError,
  ContractError,
  TimeoutError,
  UsageError,
} from '../../src/index.ts';
import { createMockFetch } from '../../src/testing.ts';
import { catchError, customerId, getCredit, getErrorBody, makeKey } from '../support/bodies.ts';

const path = '/customers/{customer_id}/credit-balances';
const address = `https://gateway.example/customers/${customerId}/credit-balances`;
const params = { path: { customer_id: customerId } };
const json = { 'Content-Type': 'application/json' };
const good = getCredit('one-currency');

/** A client whose server answers with these responses, one after the other; the last one serves all that follow. */
function setUp(
  responses: (() => Response | Promise<Response>)[] = [() => Response.json(good)],
  more: ClientOptions = {},
) {
  const sent: Request[] = [];
  const client = createFetchClient({
    apiKey: 'test-key',
    baseUrl: 'https://gateway.example',
    fetch: async (request) => {
      const respond = responses[Math.min(sent.length, responses.length - 1)];
      sent.push(request);
      return (respond as () => Response)();
    },
    maxRetryDelay: 0,
    ...more,
  });
  return { client, sent, get: (init: object = {}) => client.GET(path, { params, ...init }) };
}
/** A status of any number, which the constructor of a Response would refuse. */
function withStatus(status: number, body: unknown): Response {
  const response = Response.json(body);
  for (const [name, value] of Object.entries({ status, ok: false })) Object.defineProperty(response, name, { value });
  return response;
}

describe('a call of openapi-fetch', () => {
  it('is sent with address, key, version and comma-separated list, and follows no redirect', async () => {
    const { sent, client } = setUp();
    const { data, error, response } = await client.GET(path, {
      params: { ...params, query: { currency_code: ['USD', 'EUR'] } },
    });
    expect(data).toEqual(good);
    expect(error).toBeUndefined();
    expect(response.status).toBe(200);
    const [{ url, method, headers, redirect, cache, body }] = sent as [Request];
    expect({ url, method, redirect, cache, body }).toEqual({
      ...{ url: `${address}?currency_code=USD,EUR`, method: 'GET', redirect: 'manual', cache: 'no-store', body: null },
    });
    expect(Object.fromEntries(headers)).toEqual({
      ...{ accept: 'application/json', authorization: 'Bearer test-key', 'paddle-version': '1' },
    });
  });

  it('works by request() too, and on a mock', async () => {
    const client = createFetchClient({ apiKey: 'test', environment: 'sandbox', fetch: createMockFetch() });
    expect((await client.request('get', path, { params })).data?.data).toEqual(good.data);
  });

  test.each([400, 401, 403, 404, 418, 429, 500, 503, 540, 599])(
    'returns the error of a %i with the envelope of the contract, once its retries are used up',
    async (status) => {
      const body = getErrorBody('forbidden');
      const { get, sent } = setUp([() => Response.json(body, { status, statusText: 'No' })]);
      const { data, error, response } = await get();
      expect(data).toBeUndefined();
      expect(error).toEqual(body);
      expect(response).toMatchObject({ status, ok: false, url: address, statusText: 'No' });
      expect(sent).toHaveLength([429, 500, 503].includes(status) ? 3 : 1);
    },
  );

  test.each([600, 700, 999])('keeps a status that the platform would refuse: %i', async (status) => {
    const body = getErrorBody('internal_error');
    const { error, response } = await setUp([() => withStatus(status, body)]).get();
    expect(error).toEqual(body);
    expect(response.status).toBe(status);
    expect(response.clone().status).toBe(status);
  });

  test.each<[string, () => Response, new (...args: never) => Error]>([
    [
      'an error status with HTML',
      () => new Response('<h1>no</h1>', { status: 502, headers: { 'Content-Type': 'text/html' } }),
      ApiError,
    ],
    ['an error status without a body', () => new Response(null, { status: 404 }), ApiError],
    ['an error status with an empty body', () => new Response('', { status: 500, headers: json }), ApiError],
    ['an error status with an empty object', () => Response.json({}, { status: 404 }), ApiError],
    ['an error status with another envelope', () => Response.json({ message: 'no' }, { status: 404 }), ApiError],
    ['an error status with a list of credit', () => Response.json(good, { status: 404 }), ApiError],
    ['an error status with half an envelope', () => Response.json({ error: { code: 'x' } }, { status: 404 }), ApiError],
    ['an error status with cut JSON', () => new Response('{"error":', { status: 404, headers: json }), ApiError],
    [
      'an error status with errors: null',
      () => Response.json({ error: { ...getErrorBody('not_found').error, errors: null } }, { status: 404 }),
      ApiError,
    ],
    [
      'a success with HTML',
      () => new Response('<h1>hi</h1>', { headers: { 'Content-Type': 'text/html' } }),
      ContractError,
    ],
    ['a success without a body', () => new Response(null, { headers: json }), ContractError],
    ['a success of length 0', () => new Response('', { headers: { ...json, 'Content-Length': '0' } }), ContractError],
    ['a 204', () => new Response(null, { status: 204 }), ContractError],
    ['a 201', () => Response.json(good, { status: 201 }), ContractError],
    [
      'a redirect',
      () => new Response(null, { status: 302, headers: { Location: 'https://evil.example' } }),
      ContractError,
    ],
    ['a success with an error', () => Response.json({ ...good, error: {} }), ContractError],
    [
      'a success with a number as total',
      () =>
        Response.json({ ...good, data: [{ ...good.data[0], balance: { available: 1, reserved: '0', used: '0' } }] }),
      ContractError,
    ],
    ['the credit of another customer', () => Response.json(getCredit('several-currencies')), ContractError],
  ])('throws what is no such error: %s', async (_, respond, type) => {
    expect(await catchError(setUp([respond]).get())).toBeInstanceOf(type);
  });

  it('throws a currency that was not asked for', async () => {
    const { client } = setUp();
    const call = client.GET(path, { params: { ...params, query: { currency_code: ['EUR'] } } });
    expect(await catchError(call)).toBeInstanceOf(ContractError);
  });

  it('throws a lost connection, a timeout and the reason of an abort', async () => {
    const lost = () => Promise.reject(new TypeError('fetch failed'));
    expect(await catchError(setUp([lost]).get())).toBeInstanceOf(ConnectionError);
    const never = () => new Promise<never>(() => {});
    expect(await catchError(setUp([never], { timeout: 5, maxRetries: 0 }).get())).toBeInstanceOf(TimeoutError);
    for (const reason of ['enough', null, 0]) {
      expect(await catchError(setUp().get({ signal: AbortSignal.abort(reason) }))).toBe(reason);
    }
  });

  test.each<[string, object, option: string, message?: string]>([
    ['a bad id', { params: { path: { customer_id: 'ctm_x' } } }, 'customer_id', 'received "ctm_x"'],
    ['an id with a way out', { params: { path: { customer_id: '../../products' } } }, 'customer_id'],
    ['no id', { params: { path: {} } }, 'customer_id'],
    ['no path parameters', { params: {} }, 'customer_id'],
    ['no parameters', {}, 'customer_id'],
    ['an id that is null', { params: { path: { customer_id: null } } }, 'customer_id'],
    ['an empty list of currencies', { params: { ...params, query: { currency_code: [] } } }, 'currency_code'],
    ['a bad currency', { params: { ...params, query: { currency_code: ['usd'] } } }, 'currency_code', 'received "usd"'],
    ['a text in place of a list', { params: { ...params, query: { currency_code: 'USD' } } }, 'currency_code'],
    ['null in place of a list', { params: { ...params, query: { currency_code: null } } }, 'currency_code'],
    ['a comma in a currency', { params: { ...params, query: { currency_code: ['USD,EUR'] } } }, 'currency_code'],
    ['an empty currency', { params: { ...params, query: { currency_code: [''] } } }, 'currency_code'],
    ['a serializer that asks for no currency', { params, querySerializer: () => 'currency_code=' }, 'currency_code'],
    ['a serializer that leaves the path as it is', { params, pathSerializer: (url: string) => url }, 'customer_id'],
    [
      'a serializer that goes elsewhere',
      { params, pathSerializer: () => 'https://evil.example/x' },
      'baseUrl',
      'is not the server that the request goes to',
    ],
    ['another baseUrl', { params, baseUrl: 'https://evil.example' }, 'baseUrl', 'must not be set for a single call'],
    [
      'another baseUrl that starts alike',
      { params, baseUrl: 'https://gateway.example.evil.example' },
      'baseUrl',
      'must not be set for a single call',
    ],
    [
      'another baseUrl with a path',
      { params, baseUrl: 'https://gateway.example/other' },
      'baseUrl',
      'must not be set for a single call',
    ],
    ['another fetch', { params, fetch: async () => Response.json(good) }, 'fetch', 'must not be set for a single call'],
    ['redirect: follow', { params, redirect: 'follow' }, 'redirect', 'a redirect is never followed'],
    ['redirect: error', { params, redirect: 'error' }, 'redirect', 'a redirect is never followed'],
    ['an Authorization header', { params, headers: { Authorization: 'Bearer other-key' } }, 'headers', 'from apiKey'],
    [
      'an Authorization header in a Headers',
      { params, headers: new Headers({ authorization: 'other-key' }) },
      'headers',
      'from apiKey',
    ],
    [
      'an Authorization header parameter',
      { params: { ...params, header: { authorization: 'Bearer other-key' } } },
      'headers',
      'from apiKey',
    ],
    [
      'a header of the connection',
      { params, headers: { 'Transfer-Encoding': 'chunked' } },
      'headers',
      'must not set transfer-encoding',
    ],
    ['the header Host', { params, headers: { Host: 'evil.example' } }, 'headers', 'must not set host'],
    ['a header that no platform sends', { params, headers: { 'X-A': 'a\nb' } }, 'headers', '"X-A"'],
  ])('with %s is a UsageError, and nothing is sent', async (_, init, option, message = option) => {
    const { client, sent } = setUp();
    const error = await catchError(client.GET(path, init as never));
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({ option, message: expect.stringContaining(message) });
    expect(inspect(error)).not.toContain('other-key');
    expect(sent).toEqual([]);
  });

  it('sends a query parameter that the contract does not know as openapi-fetch does', async () => {
    const { get, sent } = setUp();
    const query = { page: 2, tags: ['a b', 'c'], gone: undefined, currency_code: undefined };
    await get({ params: { ...params, query } });
    expect(sent.map(({ url }) => url)).toEqual([`${address}?page=2&tags=a%20b&tags=c`]);
  });

  const secret = makeKey();
  test.each<[option: string, object]>([
    ...['credentials', 'mode', 'cache', 'redirect', 'referrer', 'referrerPolicy', 'duplex', 'integrity'].map(
      (name): [string, object] => [name, { [name]: name === 'integrity' ? Symbol('x') : secret }],
    ),
    ['headers', { headers: { [`Bearer ${secret}`]: null } }],
    ['headers', { headers: new Map([[Symbol(secret), null]]) }],
    ['body', { body: { secret } }],
    ['params.path.customer_id', { params: { path: { customer_id: `\ud800${secret}` } } }],
    ['params.path.customer_id', { params: { path: { customer_id: Symbol(secret) } } }],
    ['params.query', { params: { ...params, query: new URLSearchParams('currency_code=EUR') } }],
    ['params.path', { params: { path: new Map() } }],
    ['headers', { headers: { 'x-a': {} } }],
    ['signal', { signal: {} }],
    ['Request', { Request }],
    ['params', { params: [] }],
    ['options', []],
  ])('with something else for %s is refused before the platform quotes it', async (option, init) => {
    const { client, sent } = setUp();
    const call = Array.isArray(init) ? init : { params, ...init };
    const error = await catchError(client.GET(path, call as never));
    const said =
      /^\S+ (must|is not what the fetch of this platform takes|cannot be a part of an address|has an invalid)/;
    expect(error).toMatchObject({ name: 'UsageError', option, message: expect.stringMatching(said) });
    expect(inspect(error)).not.toContain(secret.slice(-20));
    expect(sent).toEqual([]);
  });

  test.each(['TRACE', `Bearer ${secret}`, ''])('by another method is refused: %s', async (method) => {
    const { client, sent } = setUp();
    const error = await catchError(client.request(method as 'get', path, { params }));
    const message = 'method is not what the fetch of this platform takes.';
    if (method !== '') expect(error).toMatchObject({ option: 'method', message });
    expect(error).toMatchObject({ name: 'UsageError' });
    expect(inspect(error)).not.toContain(secret.slice(-20));
    expect(sent).toEqual([]);
  });

  test.each(['customers', '', 7, undefined])('to a path that is none is refused: %s', async (wrong) => {
    const error = await catchError(setUp().client.GET(wrong as never, { params } as never));
    expect(error).toMatchObject({ name: 'UsageError', option: 'path', message: 'path must begin with a slash.' });
  });

  it('is made with what an object inherits and has as getters, each read once', async () => {
    const { client, sent } = setUp([() => Response.json({ ...good, data: [] })]);
    let reads = 0;
    class Query {
      get currency_code() {
        reads += 1;
        return ['EUR'];
      }
      toString() {
        return 'a method';
      }
    }
    class Params {
      path = params.path;
      get query() {
        return new Query();
      }
    }
    await client.GET(path, { params: new Params() });
    expect(reads).toBe(1);
    await client.GET(path, { params: { ...params, query: Object.create({ currency_code: ['EUR'] }) } });
    await client.GET(path, {
      params: Object.create({ ...params, query: Object.assign(Object.create(null), { currency_code: ['EUR'] }) }),
    });
    expect(sent.map(({ url }) => new URL(url).search)).toEqual(Array(3).fill('?currency_code=EUR'));
    class Call {
      params = params;
      get headers() {
        return { 'x-tenant': 't' };
      }
    }
    await client.GET(path, new Call() as object as { params: typeof params });
    expect(sent.at(-1)?.headers.get('x-tenant')).toBe('t');
    const aborted = Object.create({ params, signal: AbortSignal.abort('mine') });
    expect(await catchError(client.GET(path, aborted))).toBe('mine');
    class Elsewhere extends Call {
      get baseUrl() {
        return 'https://b.example';
      }
    }
    expect(await catchError(client.GET(path, new Elsewhere() as never))).toMatchObject({ option: 'baseUrl' });
  });

  it("throws what a function of the options throws, also an error of the server's", async () => {
    let last: Error | undefined;
    const failure = Response.json(getErrorBody('internal_error'), { status: 503 });
    const { client, sent } = setUp([() => failure.clone()], {
      apiKey: () => {
        if (last !== undefined) throw last;
        return 'test-key';
      },
      maxRetries: 1,
      onRetry: ({ error }) => {
        last = error;
      },
    });
    const first = await catchError(client.GET(path, { params }));
    expect(first).toMatchObject({ name: 'ApiError', status: 503 });
    expect(await catchError(client.GET(path, { params }))).toBe(first);
    expect(sent).toHaveLength(1);
  });

  it('leaves out a header that is null or undefined, and takes null for no headers', async () => {
    const { get, sent } = setUp([() => Response.json(good)], { headers: { 'X-Tenant': 'one' } });
    await get({ headers: { 'X-Tenant': null, 'X-Gone': undefined, 'X-Trace': 7 } });
    await get({ headers: null });
    const names = ['x-tenant', 'x-gone', 'x-trace'];
    expect(sent.map(({ headers }) => names.map((name) => headers.get(name)))).toEqual([
      [null, null, '7'],
      ['one', null, null],
    ]);
  });

  it('keeps its credentials, which are for a backend of its own', async () => {
    const { get, sent } = setUp();
    await get({ credentials: 'include' });
    await get();
    expect(sent.map(({ credentials }) => credentials)).toEqual(['include', 'same-origin']);
  });

  it('is no method but a call: middleware is added and removed at once', async () => {
    const { client, get } = setUp();
    const onRequest = vi.fn();
    const middleware = { onRequest };
    expect(client.use(middleware)).toBeUndefined();
    await get();
    expect(client.eject(middleware)).toBeUndefined();
    await get();
    expect(onRequest).toHaveBeenCalledTimes(1);
  });

  test.each<[string, (client: ReturnType<typeof createFetchClient>) => Promise<unknown>]>([
    ['POST', (client) => client.POST(path as never, { params } as never)],
    ['DELETE', (client) => client.DELETE(path as never, { params } as never)],
    ['HEAD', (client) => client.HEAD(path as never, { params } as never)],
    ['another path', (client) => client.GET('/customers' as never, {} as never)],
    ['another host by its path', (client) => client.GET('.evil.example/x' as never, {} as never)],
    ['a longer path', (client) => client.GET(`${path}/more` as never, { params } as never)],
  ])('outside the contract is a UsageError, and nothing is sent: %s', async (_, call) => {
    const { client, sent } = setUp();
    expect(await catchError(call(client))).toBeInstanceOf(UsageError);
    expect(sent).toEqual([]);
  });

  it('outside the contract is named by its method and path, without what may be a secret', async () => {
    const { client } = setUp();
    const secret = 'pdl_sdbx_apikey_01gtgztp8f4kek3yd4g1wrksa3';
    const get = (path: string) => catchError(client.GET(path as never, {} as never));
    expect(await get(`/customers/${secret}`)).toMatchObject({
      message: 'The contract has no operation GET /customers/….',
    });
    expect(await get(`/${'long/'.repeat(100)}`)).toMatchObject({
      message: `The contract has no operation GET /${'long/'.repeat(100).slice(0, 99)}.`,
    });
  });

  it('may say its own baseUrl again', async () => {
    const { get, sent } = setUp();
    await get({ baseUrl: 'https://gateway.example/' });
    expect(sent).toHaveLength(1);
  });

  it('may have headers of its own', async () => {
    const { get, sent } = setUp([() => Response.json(good)], { headers: { 'X-Tenant': 'one' } });
    await get({ headers: { 'X-Trace': '7' } });
    expect(sent[0]?.headers.get('x-trace')).toBe('7');
    expect(sent[0]?.headers.get('x-tenant')).toBe('one');
  });

  it('sends the version of the contract, whatever the call says', async () => {
    const { client, sent } = setUp();
    await client.GET(path, {
      params: { ...params, header: { 'Paddle-Version': 2 as 1 } },
      headers: { Accept: 'text/html' },
    });
    expect(sent[0]?.headers.get('paddle-version')).toBe('1');
    expect(sent[0]?.headers.get('accept')).toBe('application/json');
  });
});

describe('the response', () => {
  it('keeps its address, status, headers and body', async () => {
    const original = Response.json(good, { headers: { 'X-Region': 'eu' } });
    Object.defineProperty(original, 'url', { value: 'https://gateway.example/moved' });
    const { response } = await setUp([() => original]).get({ parseAs: 'stream' });
    expect(response).toBeInstanceOf(Response);
    expect(response).toMatchObject({ url: 'https://gateway.example/moved', status: 200, ok: true, redirected: false });
    expect(response.headers.get('x-region')).toBe('eu');
    expect(await response.json()).toEqual(good);
  });

  it('has the address of its request where the fetch gives none', async () => {
    expect((await setUp().get()).response.url).toBe(address);
  });

  it.each([
    [200, good, 'data'],
    [404, getErrorBody('not_found'), 'error'],
  ])('has its body also where its headers say that there is none: %i', async (status, body, name) => {
    const { get } = setUp([() => Response.json(body, { status, headers: { 'Content-Length': '0' } })]);
    const { response, ...result } = await get();
    expect(result).toEqual({ [name]: expect.objectContaining(body) });
    expect(response.headers.get('content-length')).toBe(String(JSON.stringify(body).length));
  });

  it('is a success by its status, whatever else it is like', async () => {
    const { headers } = Response.json(good);
    const { get } = setUp([() => ({ status: 200, headers, text: async () => JSON.stringify(good) }) as never]);
    expect(await get()).toMatchObject({ data: good, response: { ok: true, status: 200 } });
  });

  it('can be cloned, more than once', async () => {
    const { response } = await setUp().get({ parseAs: 'stream' });
    const first = response.clone();
    const second = first.clone();
    expect([await response.json(), await first.json(), await second.json()]).toEqual([good, good, good]);
    expect(second).toMatchObject({ url: address, status: 200, ok: true });
  });

  it('can be read as text, stream, blob and bytes', async () => {
    const text = JSON.stringify(good);
    const { get } = setUp();
    expect((await get({ parseAs: 'text' })).data).toBe(text);
    expect(await new Response((await get({ parseAs: 'stream' })).data as never).text()).toBe(text);
    expect(await ((await get({ parseAs: 'blob' })).data as unknown as Blob).text()).toBe(text);
    expect(new TextDecoder().decode((await get({ parseAs: 'arrayBuffer' })).data as never)).toBe(text);
  });

  it('of an error holds no key that the server echoes', async () => {
    const key = makeKey();
    const body = getErrorBody('invalid_token');
    body.error.detail = `The key ${key} is revoked.`;
    body.error.documentation_url = `https://developer.paddle.com/${key}`;
    const { get } = setUp([() => Response.json({ ...body, [key]: [key] }, { status: 403 })], { apiKey: key });
    const { error, response } = await get({ parseAs: 'stream' });
    expect(JSON.stringify(error)).not.toContain(key.slice(16, 30));
    expect(error?.error.detail).toBe('The key [redacted] is revoked.');
    expect(error?.error.code).toBe('invalid_token');
    expect(await response.clone().text()).not.toContain(key.slice(16, 30));
  });

  it('of an error has no header whose name is a key', async () => {
    const headers = { ...json, 'x-test-key-of-a-gateway': '1', 'x-other': '2' };
    const respond = () => new Response(JSON.stringify(getErrorBody('forbidden')), { status: 403, headers });
    const { response } = await setUp([respond], { apiKey: 'test-key-of-a-gateway' }).get();
    expect([...response.headers.keys()]).toEqual(['content-type', 'x-other']);
  });

  it('of an error has the start of a header that is too long to be looked through', async () => {
    const headers = { 'X-Long': 'x'.repeat(12_000) };
    const { get } = setUp([() => Response.json(getErrorBody('not_found'), { status: 404, headers })]);
    const { response } = await get();
    expect(response.headers.get('x-long')).toBe('x'.repeat(10_000));
  });

  it('of an error keeps its code where the key is named like it', async () => {
    const { get } = setUp([() => Response.json(getErrorBody('not_found'), { status: 404 })], { apiKey: 'not_found' });
    expect((await get()).error?.error).toMatchObject({ code: 'not_found', type: 'request_error' });
  });
});

describe('middleware', () => {
  const busy = () => Response.json(getErrorBody('service_unavailable'), { status: 503 });

  it('runs once for each call, around all attempts, and sees no key', async () => {
    const { client, get, sent } = setUp([busy, busy, () => Response.json(good)]);
    const events: string[] = [];
    client.use({
      onRequest: ({ request }) => void events.push(`request ${request.headers.get('authorization')}`),
      onResponse: ({ response, request }) =>
        void events.push(`response ${response.status} ${request.headers.get('authorization')}`),
      onError: () => void events.push('error'),
    });
    expect((await get()).data).toEqual(good);
    expect(sent).toHaveLength(3);
    expect(events).toEqual(['request null', 'response 200 null']);
  });

  it('sees an error of the contract as a response, and any other as an error, once', async () => {
    const seen: unknown[] = [];
    const middleware: Middleware = {
      onResponse: ({ response }) => void seen.push(response.status),
      onError: ({ error }) => void seen.push(error),
    };
    const declared = setUp([busy]);
    declared.client.use(middleware);
    await declared.get();
    const lost = setUp([() => Promise.reject(new TypeError('fetch failed'))]);
    lost.client.use(middleware);
    const error = await catchError(lost.get());
    expect(seen).toEqual([503, error]);
    expect(error).toBeInstanceOf(ConnectionError);
  });

  it('may change the request within the contract, the response and the error', async () => {
    const { client, get, sent } = setUp([() => Response.json(getCredit('no-credit'))]);
    const replacement = new Error('mine');
    client.use({
      onRequest: ({ request }) => new Request(request, { headers: { 'X-Trace': '7' } }),
      onResponse: () => Response.json({ data: 'mine' }),
    });
    expect((await get()).data).toEqual({ data: 'mine' });
    expect(sent[0]?.headers.get('x-trace')).toBe('7');
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer test-key');
    const failing = setUp([() => Promise.reject(new TypeError('fetch failed'))]);
    failing.client.use({ onError: () => replacement });
    expect(await catchError(failing.get())).toBe(replacement);
    failing.client.use({ onError: () => Response.json(good) });
    expect((await failing.get()).data).toEqual(good);
  });

  it('may answer by itself', async () => {
    const { client, get, sent } = setUp();
    client.use({ onRequest: () => Response.json(good) });
    expect((await get()).data).toEqual(good);
    expect(sent).toEqual([]);
  });

  /** A Request that says another address than it has. */
  class Lying extends Request {
    override get url() {
      return address;
    }
  }

  test.each<[string, (request: Request) => Request | undefined]>([
    ['changes the origin', (request) => new Request(request.url.replace('gateway', 'evil'), request)],
    ['changes the scheme', (request) => new Request(request.url.replace('https:', 'http:'), request)],
    ['changes the port', (request) => new Request(request.url.replace('.example', '.example:8443'), request)],
    ['adds to the host', (request) => new Request(request.url.replace('.example', '.example.evil.example'), request)],
    ['leaves the contract', (request) => new Request(`${request.url}/more`, request)],
    [
      'asks for another customer, which is none',
      (request) => new Request(request.url.replace('ctm_', 'cus_'), request),
    ],
    ['sets Authorization', (request) => void request.headers.set('Authorization', 'Bearer other-key')],
    ['sets an empty Authorization', (request) => void request.headers.set('Authorization', '')],
    ['follows redirects', (request) => new Request(request, { redirect: 'follow' })],
    ['sends something', (request) => new Request(request, { method: 'POST', body: '{}' })],
    ['adds a filter that is none', (request) => new Request(`${request.url}?currency_code=usd`, request)],
    ['adds a header of the connection', (request) => void request.headers.set('Upgrade', 'h2c')],
  ])('that %s is a UsageError, and nothing is sent', async (_, change) => {
    const { client, get, sent } = setUp();
    client.use({
      onRequest: ({ request }) => change(request),
    });
    const error = await catchError(get());
    expect(error).toBeInstanceOf(UsageError);
    expect(inspect(error)).not.toContain('other-key');
    expect(sent).toEqual([]);
  });

  it('that lies about the address of its request gets the key nowhere else', async () => {
    const { client, get, sent } = setUp();
    client.use({ onRequest: ({ request }) => new Lying('https://evil.example/steal', request) });
    await get();
    expect(sent.map(({ url }) => url)).toEqual([address]);
  });

  it('for one call runs for that call alone', async () => {
    const { client, sent } = setUp();
    const onRequest = vi.fn();
    await client.GET(path, { params, middleware: [{ onRequest }] });
    await client.GET(path, { params });
    expect(onRequest).toHaveBeenCalledTimes(1);
    expect(sent).toHaveLength(2);
  });
});
