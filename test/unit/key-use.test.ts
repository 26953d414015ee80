import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { createFetchClient } from '../../src/fetch.ts';
import {
  type ApiError,
  type ClientOptions,
  ConnectionError,
  createCreditBalancesClient,
  type RetryEvent,
  UsageError,
} from '../../src/index.ts';
import { catchError, customerId, getCredit, getErrorBody, makeKey } from '../support/bodies.ts';

// No wait between attempts: full jitter may well choose 0. Waits have tests of their own.
beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const expired = () => Response.json(getErrorBody('invalid_access_token'), { status: 401 });
const fine = () => Response.json(getCredit('one-currency'));

/** A client whose server answers with these responses, one after the other, and then works. */
function setUp(responses: ((request: Request) => Response | Promise<Response>)[], options: ClientOptions = {}) {
  const sent: Request[] = [];
  const client = createCreditBalancesClient({
    baseUrl: 'https://gateway.example',
    fetch: async (request) => {
      const respond = responses[sent.length] ?? fine;
      sent.push(request);
      return respond(request);
    },
    ...options,
  });
  return {
    sent,
    keys: () => sent.map(({ headers }) => headers.get('authorization')),
    call: () => client.listCreditBalances(customerId),
  };
}

describe('a 401', () => {
  const rotating = () => {
    let count = 0;
    return vi.fn(async () => `access-token-${++count}`);
  };

  it('asks an apiKey function once more, and repeats the call at once, outside maxRetries', async () => {
    const apiKey = rotating();
    const onRetry = vi.fn();
    const { call, keys } = setUp([expired], { apiKey, maxRetries: 0, onRetry });
    expect((await call()).data).toHaveLength(1);
    expect(keys()).toEqual(['Bearer access-token-1', 'Bearer access-token-2']);
    expect(apiKey).toHaveBeenCalledTimes(2);
    expect(onRetry).not.toHaveBeenCalled();
  });

  it('is final the second time', async () => {
    const { call, sent } = setUp([expired, expired], { apiKey: rotating(), maxRetries: 5 });
    expect(await catchError(call())).toMatchObject({ name: 'ApiError', status: 401, code: 'invalid_access_token' });
    expect(sent).toHaveLength(2);
  });

  it('repeats a call once in all, also where other attempts fail before and after', async () => {
    const busy = () => Response.json(getErrorBody('service_unavailable'), { status: 503 });
    const { call, sent } = setUp([busy, expired, busy, expired, fine], { apiKey: rotating(), maxRetries: 5 });
    expect(await catchError(call())).toMatchObject({ status: 401 });
    expect(sent).toHaveLength(4);
  });

  it('leaves all retries to what follows', async () => {
    const busy = () => Response.json(getErrorBody('service_unavailable'), { status: 503 });
    const events: RetryEvent[] = [];
    const options = { apiKey: rotating(), maxRetries: 2, onRetry: (event: RetryEvent) => void events.push(event) };
    const { call, sent } = setUp([expired, busy, busy], options);
    expect((await call()).data).toHaveLength(1);
    expect(sent).toHaveLength(4);
    expect(events.map(({ attempt }) => attempt)).toEqual([1, 2]);
  });

  it('of a later call asks again', async () => {
    const { call, keys } = setUp([expired, fine, expired, fine], { apiKey: rotating() });
    await call();
    await call();
    expect(keys()).toEqual([1, 2, 3, 4].map((count) => `Bearer access-token-${count}`));
  });

  it('is final at once for a string, and where there is no key', async () => {
    for (const options of [{ apiKey: 'access-token-1' }, {}]) {
      const { call, sent } = setUp([expired], { ...options, maxRetries: 5 });
      expect(await catchError(call())).toMatchObject({ status: 401, retryable: false });
      expect(sent).toHaveLength(1);
    }
  });

  it('whose key cannot be refreshed ends the call with what the function throws', async () => {
    const reason = new Error('the grant was revoked');
    const apiKey = vi
      .fn<() => string>()
      .mockReturnValueOnce('access-token-1')
      .mockImplementation(() => {
        throw reason;
      });
    const { call, sent } = setUp([expired], { apiKey });
    expect(await catchError(call())).toBe(reason);
    expect(sent).toHaveLength(1);
  });

  test.each([400, 403, 404])('alone does so: a %i is final at once', async (status) => {
    const apiKey = rotating();
    const { call } = setUp([() => Response.json(getErrorBody('forbidden'), { status })], { apiKey });
    expect(await catchError(call())).toMatchObject({ status });
    expect(apiKey).toHaveBeenCalledTimes(1);
  });

  it('is repeated for openapi-fetch too, and returned the second time', async () => {
    const apiKey = rotating();
    const sent: Request[] = [];
    const fetch = async (request: Request) => {
      sent.push(request);
      return expired();
    };
    const client = createFetchClient({ apiKey, baseUrl: 'https://gateway.example', fetch });
    const { error } = await client.GET('/customers/{customer_id}/credit-balances', {
      params: { path: { customer_id: customerId } },
    });
    expect(error?.error.code).toBe('invalid_access_token');
    expect(sent).toHaveLength(2);
  });
});

describe('an access token', () => {
  const token = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxIn0', 'c2lnbmF0dXJl-_'].join('.');
  test.each([token, 'opaque~token/with+all.of-the_characters==', 'x'])('is taken as it is: %#', async (apiKey) => {
    for (const given of [apiKey, () => apiKey, async () => apiKey]) {
      const { call, keys } = setUp([], { apiKey: given });
      await call();
      expect(keys()).toEqual([`Bearer ${apiKey}`]);
    }
  });

  it('names no environment, so that one is needed', async () => {
    const fetch = vi.fn(async (_: Request) => fine());
    expect(() => createCreditBalancesClient({ apiKey: token, fetch })).toThrow(/names no environment/);
    const client = createCreditBalancesClient({ apiKey: async () => token, fetch });
    expect(await catchError(client.listCreditBalances(customerId))).toBeInstanceOf(UsageError);
    expect(fetch).not.toHaveBeenCalled();
    await createCreditBalancesClient({ apiKey: token, environment: 'live', fetch }).listCreditBalances(customerId);
    expect(fetch.mock.calls[0]?.[0].url).toMatch(/^https:\/\/api\.paddle\.com\//);
  });
});

describe('a key from a function', () => {
  test.each(['live', 'sandbox'] as const)('chooses the server of its environment: %s', async (environment) => {
    const { call, sent } = setUp([], { apiKey: async () => makeKey(environment), baseUrl: undefined });
    await call();
    const host = environment === 'live' ? 'api.paddle.com' : 'sandbox-api.paddle.com';
    expect(sent[0]?.url).toBe(`https://${host}/customers/${customerId}/credit-balances`);
  });

  it('may change its environment from one attempt to the next', async () => {
    const keys = [makeKey('sandbox'), makeKey('live')];
    const busy = () => Response.json(getErrorBody('service_unavailable'), { status: 503 });
    const { call, sent } = setUp([busy], { apiKey: () => keys.shift() ?? '', baseUrl: undefined });
    await call();
    expect(sent.map(({ url }) => new URL(url).host)).toEqual(['sandbox-api.paddle.com', 'api.paddle.com']);
  });
});

describe('a server that echoes a key', () => {
  const key = makeKey();
  const secret = key.slice(16);
  const shows = (error: unknown) =>
    inspect(error, { depth: 10, showHidden: true }).includes(secret.slice(0, 10)) ||
    JSON.stringify(error).includes(secret.slice(0, 10));
  const echo = (status: number, text: string) => () =>
    Response.json(
      { ...getErrorBody('forbidden'), error: { ...getErrorBody('forbidden').error, detail: text } },
      { status },
    );

  test.each<[string, ClientOptions, string]>([
    ['the key', { apiKey: key }, key],
    ['the key of a function', { apiKey: async () => key }, key],
    ['a secret header', { headers: { 'X-Gateway-Token': secret } }, secret],
    ['a secret header with a scheme', { headers: { 'X-Auth': `Basic ${btoa(secret)}` } }, btoa(secret)],
    ['a cookie', { headers: { Cookie: `theme=dark; session=${secret}` } }, secret],
    ['a secret in a Map of headers', { headers: new Map([['X-Gateway-Token', secret]]) }, secret],
    ['a token in the path', { baseUrl: `https://gateway.example/v1/${secret}/paddle` }, secret],
    [
      'an encoded token in the path',
      { baseUrl: `https://gateway.example/v1/${secret.replaceAll('_', '%5F')}` },
      secret,
    ],
  ])('shows nothing of it: %s', async (_, options, text) => {
    for (const respond of [
      echo(403, `no: ${text}`),
      () => new Response(`<h1>${text}</h1>`, { status: 403 }),
      () => new Response(text, { headers: { 'Content-Type': 'application/json' } }),
      () => new Response('{}', { headers: { 'Content-Type': text } }),
      () => Response.json({ data: text, meta: { request_id: text } }),
      () =>
        Response.json({ error: { code: text, type: text, detail: 'x' }, meta: { request_id: text } }, { status: 403 }),
      () =>
        Response.json(
          { error: { ...getErrorBody('forbidden').error, errors: [{ field: text, [text]: text }] } },
          { status: 403 },
        ),
      () => Promise.reject(new Error(text, { cause: { message: text } })),
    ]) {
      const error = await catchError(setUp([respond], { maxRetries: 0, ...options }).call());
      expect(error).toBeInstanceOf(Error);
      expect(shows(error)).toBe(false);
      expect((error as Error).message).not.toContain(text);
    }
  });

  it('shows no key of an earlier attempt', async () => {
    const keys = [makeKey('sandbox'), 'another-access-token', 'a-third-access-token'];
    const given = [...keys];
    const busy = () => Response.json(getErrorBody('service_unavailable'), { status: 503 });
    const options = { apiKey: () => given.shift() ?? 'none', maxRetries: 2 };
    const { call } = setUp([expired, busy, echo(403, keys.join(' and '))], options);
    const error = (await catchError(call())) as ApiError;
    expect(error.detail).toBe('[redacted] and [redacted] and [redacted]');
  });

  it('shows a secret of one call alone in that call', async () => {
    const client = createCreditBalancesClient({
      baseUrl: 'https://gateway.example',
      fetch: async () => echo(403, 'a-secret-of-the-call')(),
    });
    const headers = { 'X-Token': 'a-secret-of-the-call' };
    const error = (await catchError(client.listCreditBalances(customerId, { headers }))) as ApiError;
    expect(error.detail).toBe('[redacted]');
    expect(((await catchError(client.listCreditBalances(customerId))) as ApiError).detail).toBe('a-secret-of-the-call');
  });

  test.each(['not_found', 'forbidden', 'request_error', 'request_id', 'documentation_url'])(
    'keeps code, type and request id where the key is a word of theirs: %s',
    async (apiKey) => {
      const body = getErrorBody('not_found');
      const error = await catchError(setUp([() => Response.json(body, { status: 404 })], { apiKey }).call());
      expect(error).toMatchObject({ code: 'not_found', type: 'request_error', requestId: body.meta?.request_id });
    },
  );

  it('keeps a number that the key contains out of the error, and the rest of it sound', async () => {
    const body = { ...getErrorBody('forbidden'), account: 1234567890123 };
    const respond = () => Response.json(body, { status: 403 });
    const error = await catchError(setUp([respond], { apiKey: 'pre1234567890123post' }).call());
    expect(error).toMatchObject({ code: 'forbidden', requestId: body.meta?.request_id });
    expect(inspect(error)).not.toContain('1234567890');
  });

  it('may have headers that are no secrets, which stay', async () => {
    const headers = { 'User-Agent': 'billing-service/1.0', Traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-01' };
    const { call } = setUp([echo(403, `no: ${Object.values(headers).join(' ')}`)], { headers });
    expect(((await catchError(call())) as ApiError).detail).toBe(`no: ${Object.values(headers).join(' ')}`);
  });
});

describe('what fetch throws', () => {
  test.each<[string, unknown, string]>([
    ['a symbol', Symbol('x'), 'a symbol'],
    ['a bigint', 5n, '5'],
    ['a number', 0, '0'],
    ['false', false, 'false'],
    ['an empty text', '', 'Error'],
    ['nothing', undefined, 'no reason was given'],
    ['null', null, 'no reason was given'],
    ['a function', () => 'x', 'Error'],
    ['an error without a message', new AggregateError([new Error('one')]), 'AggregateError'],
    ['an error without a message, with a code', Object.assign(new Error(), { code: 'ECONNRESET' }), 'ECONNRESET'],
    ['a DOMException', new DOMException('The operation failed.', 'NetworkError'), 'The operation failed.'],
  ])('is a ConnectionError whose message names it: %s', async (_, thrown, message) => {
    const { call } = setUp([() => Promise.reject(thrown)], { maxRetries: 0 });
    const error = (await catchError(call())) as ConnectionError;
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.message).toMatch(/^Could not connect: /);
    expect(error.message).toContain(`: ${message} [GET https://gateway.example/customers/`);
    expect(error.cause === undefined || error.cause instanceof Error).toBe(true);
  });
});

describe('in a page', () => {
  /** Runs a function where there is a document and no Node version, as in a page. */
  function inPage<Value>(
    run: () => Value,
    { process, document }: { process?: unknown; document?: unknown } = {},
  ): Value {
    vi.stubGlobal('document', document ?? {});
    vi.stubGlobal('process', process);
    try {
      return run();
    } finally {
      vi.unstubAllGlobals();
    }
  }
  const makers = [createCreditBalancesClient, createFetchClient];

  test.each<[string, ClientOptions]>([
    ['with a key', { apiKey: makeKey() }],
    ['with a function', { apiKey: async () => makeKey() }],
    ['with an access token', { apiKey: 'access-token', environment: 'live' }],
    ["with Paddle's address", { apiKey: makeKey('live'), baseUrl: 'https://api.paddle.com' }],
    ["with Paddle's address, spelt otherwise", { apiKey: makeKey(), baseUrl: 'https://SANDBOX-api.paddle.com.:443/' }],
  ])('a client of Paddle is refused before anything is sent: %s', (_, options) => {
    vi.stubGlobal('fetch', vi.fn());
    const { fetch } = globalThis;
    for (const make of makers) {
      expect(() => inPage(() => make(options))).toThrow(
        expect.objectContaining({
          name: 'UsageError',
          message: expect.stringMatching(/page.*your own backend.*baseUrl/),
        }),
      );
      expect(() => inPage(() => make(options), { process: { versions: { electron: '1' } } })).toThrow(UsageError);
    }
    expect(fetch).not.toHaveBeenCalled();
  });

  it('a client of one’s own backend needs no key, and sends none', async () => {
    const fetch = vi.fn(async (_: Request) => fine());
    vi.stubGlobal('fetch', fetch);
    const client = inPage(() => createCreditBalancesClient({ baseUrl: 'https://backend.example/paddle' }));
    vi.stubGlobal('fetch', fetch);
    expect((await client.listCreditBalances(customerId)).data).toHaveLength(1);
    const [sent] = fetch.mock.calls.map(([request]) => request);
    expect(sent?.headers.has('authorization')).toBe(false);
    expect(sent?.url).toBe(`https://backend.example/paddle/customers/${customerId}/credit-balances`);
  });

  it('a client with a fetch of the caller’s is taken: it may be a mock', () => {
    for (const make of makers) expect(() => inPage(() => make({ apiKey: makeKey(), fetch: vi.fn() }))).not.toThrow();
  });

  it('is not where a test runner gives Node a document, nor where there is none', () => {
    const node = { versions: { node: '20.19.0' } };
    expect(() => inPage(() => createCreditBalancesClient({ apiKey: makeKey() }), { process: node })).not.toThrow();
    vi.stubGlobal('process', undefined);
    expect(() => createCreditBalancesClient({ apiKey: makeKey() })).not.toThrow();
  });
});
