import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test, vi } from 'vitest';
import { createFetchClient } from '../../src/fetch.ts';
import { type ClientOptions, createCreditBalancesClient, UsageError } from '../../src/index.ts';
import { defaults, paddleLimit } from '../../src/options/client-options.ts';
import { catchError, customerId, getCredit, makeKey } from '../support/bodies.ts';

const gateway = 'https://gateway.example';
const evil = 'https://evil.example';

/** A client of these options, with what it sends. */
function setUp(options: object) {
  const sent: Request[] = [];
  const fetch = async (request: Request) => {
    sent.push(request);
    return Response.json(getCredit('one-currency'));
  };
  return {
    sent,
    fetch,
    make: (more: object = {}) => createCreditBalancesClient(Object.assign(options, more) as never),
  };
}
const hosts = (sent: Request[]) => sent.map(({ url }) => new URL(url).origin);

describe('options', () => {
  const own = { apiKey: 'test-key', baseUrl: gateway };

  test.each<[string, () => object]>([
    ['own', () => ({ ...own })],
    ['inherited', () => Object.create(own)],
    [
      'inherited from two objects',
      () => Object.create(Object.create({ baseUrl: gateway }), { apiKey: { value: 'k' } }),
    ],
    ['not enumerable', () => Object.defineProperty({ apiKey: 'k' }, 'baseUrl', { value: gateway })],
    ['frozen', () => Object.create(Object.freeze({ ...own }))],
    ['without a prototype', () => Object.assign(Object.create(null), own)],
    [
      'a getter',
      () => ({
        apiKey: 'k',
        get baseUrl() {
          return gateway;
        },
      }),
    ],
    [
      'an instance of a class',
      () =>
        new (class {
          apiKey = 'k';
          get baseUrl() {
            return gateway;
          }
        })(),
    ],
    ['a Proxy', () => new Proxy({ ...own }, {})],
    [
      'a Proxy that gives values alone',
      () => new Proxy({}, { get: (target, name) => Reflect.get(target, name) ?? Reflect.get(own, name) }),
    ],
  ])('are read whether they are %s', async (_, make) => {
    const options = make();
    const { sent, fetch } = setUp({});
    const client = createCreditBalancesClient(
      new Proxy(options, { get: (target, name) => (name === 'fetch' ? fetch : Reflect.get(target, name)) }) as never,
    );
    await client.listCreditBalances(customerId);
    expect(hosts(sent)).toEqual([gateway]);
  });

  it('are read once, so that what is checked is what is used', async () => {
    const reads: Record<string, number> = {};
    const { sent, fetch } = setUp({});
    const given: Record<string, unknown> = { apiKey: 'test-key', baseUrl: gateway, fetch };
    const options = new Proxy(given, {
      get(target, name) {
        const count = (reads[String(name)] ?? 0) + 1;
        reads[String(name)] = count;
        return name === 'baseUrl' && count > 1 ? 'http://evil.example' : target[String(name)];
      },
    });
    const client = createCreditBalancesClient(options as never);
    await client.listCreditBalances(customerId);
    await client.listCreditBalances(customerId);
    expect(hosts(sent)).toEqual([gateway, gateway]);
    expect(Object.entries(reads).filter(([, count]) => count > 1)).toEqual([]);
  });

  it('may be changed later without any effect', async () => {
    const url = new URL(gateway);
    const headers = new Headers({ 'X-Tenant': 'one' });
    const setup = setUp({});
    const options = { apiKey: 'test-key', baseUrl: url, headers, fetch: setup.fetch };
    const clients = [createCreditBalancesClient(options), createFetchClient(options)] as const;
    url.host = 'evil.example';
    headers.set('X-Tenant', 'two');
    Object.assign(options, { baseUrl: evil, apiKey: 'other-key', headers: { 'X-Evil': 'y' } });
    await clients[0].listCreditBalances(customerId);
    await clients[1].GET('/customers/{customer_id}/credit-balances', { params: { path: { customer_id: customerId } } });
    expect(hosts(setup.sent)).toEqual([gateway, gateway]);
    for (const { headers } of setup.sent) {
      expect(headers.get('authorization')).toBe('Bearer test-key');
      expect(headers.get('x-tenant')).toBe('one');
      expect(headers.has('x-evil')).toBe(false);
    }
  });

  it('may be a URL object of a class that says something else the second time', async () => {
    let asked = 0;
    class Turning extends URL {
      override toString() {
        asked += 1;
        return asked === 1 ? gateway : 'http://evil.example';
      }
    }
    const { sent, fetch } = setUp({});
    const client = createCreditBalancesClient({ apiKey: 'test-key', baseUrl: new Turning(evil), fetch });
    await client.listCreditBalances(customerId);
    expect(hosts(sent)).toEqual([gateway]);
  });

  const wrong: [string, unknown][] = [
    ['null', null],
    ['a number', 7],
    ['a function', () => own],
    ['a list', [own]],
    ['an empty list', []],
    ['a Map', new Map(Object.entries(own))],
    ['a Headers object', new Headers(own)],
    ['a boxed string', new String(gateway)],
    ['a revoked Proxy', revoked()],
    ['an object whose getters throw', Object.defineProperties(throwing('timeout'), { apiKey: { value: 'k' } })],
    ['a Proxy whose traps throw', new Proxy({}, { get: fail, ownKeys: fail, has: fail })],
    ['a Proxy whose first trap throws', new Proxy({}, { has: fail })],
  ];

  test.each([...wrong, ['undefined', undefined] as [string, unknown]])(
    'of a client that are %s are a UsageError',
    async (_, options) => {
      for (const make of [createCreditBalancesClient, createFetchClient]) {
        const error = await catchError((async () => make(options as ClientOptions))());
        expect(error).toBeInstanceOf(UsageError);
        expect((error as Error).message).not.toContain(makeKey().slice(20));
        expect((error as Error).cause).toBeUndefined();
      }
    },
  );

  test.each(wrong)('of a call that are %s are a UsageError', async (_, options) => {
    const fetch = vi.fn();
    const error = await catchError(
      createCreditBalancesClient({ ...own, fetch }).listCreditBalances(customerId, options as never),
    );
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).not.toContain(makeKey().slice(20));
    expect(fetch).not.toHaveBeenCalled();
  });

  test.each(['baseUrl', 'apiKey', 'fetch', 'environment', 'headers', 'timeout'])(
    'never come from Object.prototype, which anything in the process may have set: %s',
    (name) => {
      const fetch = vi.fn();
      Object.defineProperty(Object.prototype, name, { value: evil, configurable: true });
      let error: unknown;
      try {
        createCreditBalancesClient({ apiKey: makeKey(), fetch });
      } catch (thrown) {
        error = thrown;
      } finally {
        Reflect.deleteProperty(Object.prototype, name);
      }
      expect(error).toBeInstanceOf(UsageError);
      expect((error as UsageError).message).toContain(`${name} is set on Object.prototype`);
      expect((error as UsageError).option).toBe(name);
    },
  );

  it('that Object.prototype gets later send no request anywhere', async () => {
    const fetch = vi.fn(async (_: Request) => Response.json(getCredit('one-currency')));
    const client = createCreditBalancesClient({ apiKey: makeKey(), fetch });
    Object.defineProperty(Object.prototype, 'baseUrl', { value: evil, configurable: true });
    const error = await catchError(client.listCreditBalances(customerId)).finally(() =>
      Reflect.deleteProperty(Object.prototype, 'baseUrl'),
    );
    expect(error).toBeInstanceOf(UsageError);
    expect(fetch).not.toHaveBeenCalled();
    await client.listCreditBalances(customerId);
    expect(hosts([fetch.mock.calls[0]?.[0] as Request])).toEqual(['https://sandbox-api.paddle.com']);
  });
});

test.each(['options/client-options', 'credit-balances/many/options', 'credit-balances/verify-server', 'verify/check'])(
  'the defaults that the docstrings of %s name are those that are used',
  (file) => {
    const text = readFileSync(new URL(`../../src/${file}.ts`, import.meta.url), 'utf8');
    const named = [...text.matchAll(/@default (\d+)[^/]*\*\/\s+(\w+)\?:/g)].map(([, value, name]) => [
      name,
      Number(value),
    ]);
    expect(named).not.toEqual([]);
    const used: Record<string, number> = { ...defaults, requestsPerMinute: paddleLimit.requests };
    expect(Object.fromEntries(named)).toEqual(Object.fromEntries(named.map(([name]) => [name, used[name as string]])));
  },
);

describe('what a library sets on Object.prototype changes no call', () => {
  const list = (options: ClientOptions) => createCreditBalancesClient(options).listCreditBalances(customerId);
  const get = async (options: ClientOptions) => {
    const { data } = await createFetchClient(options).GET('/customers/{customer_id}/credit-balances', {
      params: { path: { customer_id: customerId } },
    });
    return data;
  };

  it.each<[string, unknown, typeof list | typeof get]>([
    ['authorization', 'Bearer other-key', list],
    ['authorization', 'Bearer other-key', get],
    ['parseAs', 'text', list],
  ])('%s: %j', async (name, value, call) => {
    const { sent, fetch } = setUp({});
    const options = { apiKey: 'test-key', baseUrl: gateway, fetch };
    const polluted = Object.assign(Object.create(null), { value, configurable: true, writable: true });
    Object.defineProperty(Object.prototype, name, polluted);
    try {
      expect(await call(options)).toEqual(getCredit('one-currency'));
    } finally {
      Reflect.deleteProperty(Object.prototype, name);
    }
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer test-key');
  });
});

describe('the server that is used is the one that was checked', () => {
  const places = ['own', 'inherited', 'getter', 'inherited getter', 'turning getter'] as const;
  /** Puts a value somewhere into the options. What it turns into, or is changed to, must never be used. */
  function put(options: object, name: string, value: unknown, place: (typeof places)[number], later: unknown) {
    let reads = 0;
    const target = place.startsWith('inherited') ? Object.getPrototypeOf(options) : options;
    if (!place.includes('getter')) {
      Object.defineProperty(target, name, { value, enumerable: true, configurable: true });
    } else {
      const get = () => (place === 'turning getter' && reads++ > 0 ? later : value);
      Object.defineProperty(target, name, { get, enumerable: true, configurable: true });
    }
  }
  const servers = { live: 'https://api.paddle.com', sandbox: 'https://sandbox-api.paddle.com' };
  const environmentOf = (origin: string) =>
    Object.entries(servers).find(
      ([, url]) => new URL(url).hostname === new URL(origin).hostname.replace(/\.$/, ''),
    )?.[0];

  const bases = fc.constantFrom(
    undefined,
    gateway,
    `${gateway}/base/`,
    `${gateway}.`,
    'HTTPS://Gateway.Example',
    'http://gateway.example',
    'http://localhost:4010',
    'http://127.1:4010',
    'http://0x7f.1',
    'http://127.0.0.1.nip.io',
    ...Object.values(servers),
    'https://API.paddle.com.',
    'https://sandbox-api.paddle.com.:8443/x',
    'http://api.paddle.com',
    'https://user:password@gateway.example',
    'data:text/plain,x',
    'gateway.example',
  );
  const keys = fc.constantFrom<unknown>(
    'test-key',
    makeKey('live'),
    makeKey('sandbox'),
    () => makeKey('live'),
    async () => makeKey('sandbox'),
    () => 'test-key',
    undefined,
    7,
  );

  it('for any mixture of own, inherited and computed options', async () => {
    const place = fc.constantFrom(...places);
    const mixture = fc.record({
      baseUrl: fc.tuple(bases, place, fc.boolean()),
      apiKey: fc.tuple(keys, place),
      environment: fc.tuple(fc.constantFrom(undefined, 'live', 'sandbox', 'production'), place),
      fetchPlace: fc.constantFrom('own' as const, 'inherited' as const, 'getter' as const),
    });
    const outcomes = { sent: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(mixture, async ({ baseUrl, apiKey, environment, fetchPlace }) => {
        const { sent, fetch } = setUp({});
        const options = Object.create({});
        const [base, basePlace, isUrl] = baseUrl;
        const [key] = apiKey;
        const url = isUrl && base !== undefined && URL.canParse(base) ? new URL(base) : undefined;
        put(options, 'baseUrl', url ?? base, basePlace, evil);
        put(options, 'apiKey', key, apiKey[1], 'other-key');
        put(options, 'environment', ...environment, 'live');
        put(options, 'fetch', fetch, fetchPlace, undefined);
        try {
          const client = createCreditBalancesClient(options);
          for (const name of ['baseUrl', 'apiKey', 'environment']) put(options, name, evil, 'own', evil);
          if (url !== undefined) url.href = evil;
          await client.listCreditBalances(customerId);
        } catch (error) {
          outcomes.refused += 1;
          expect(error).toBeInstanceOf(UsageError);
          expect(sent).toEqual([]);
          return;
        }
        outcomes.sent += 1;
        const [request] = sent as [Request];
        const token = typeof key === 'function' ? await key() : key;
        const ofKey = /^pdl_live_/.test(token) ? 'live' : /^pdl_sdbx_/.test(token) ? 'sandbox' : undefined;
        const { origin, hostname, protocol } = new URL(request.url);
        const [named] = environment;
        const expected = base ?? servers[(named ?? ofKey) as keyof typeof servers];
        expect(origin).toBe(new URL(expected).origin);
        expect(protocol === 'https:' || ['localhost', '127.0.0.1'].includes(hostname)).toBe(true);
        expect(request.headers.get('authorization')).toBe(token === undefined ? null : `Bearer ${token}`);
        const reached = environmentOf(origin);
        if (reached !== undefined) {
          expect(token).toBeDefined();
          expect(ofKey ?? reached).toBe(reached);
          expect(named ?? reached).toBe(reached);
        }
      }),
      { numRuns: 1_000 },
    );
    expect(outcomes.sent).toBeGreaterThan(100);
    expect(outcomes.refused).toBeGreaterThan(100);
  }, 30_000);
});

describe('an address', () => {
  test.each([
    'http://127.1',
    'http://0x7f.1',
    'http://0177.0.0.1',
    'http://2130706433',
    'http://127.000.000.001:80',
    'http://127.0.0.1.',
    'http://LOCALHOST:4010',
    'http://localhost.:4010',
    'http://[0:0:0:0:0:0:0:1]',
    'http://[::1]/base//',
  ])('%s is this machine, in another spelling', async (baseUrl) => {
    const { sent, make } = setUp({ apiKey: 'k', baseUrl });
    const fetch = async (request: Request) => {
      sent.push(request);
      return Response.json(getCredit('one-currency'));
    };
    await make({ fetch }).listCreditBalances(customerId);
    expect(new URL(sent[0]?.url as string).hostname).toBe(new URL(baseUrl).hostname);
  });

  test.each([
    'http://0.0.0.0',
    'http://128.0.0.1',
    'http://[::2]',
    'http://[::ffff:8.8.8.8]',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'http://127.1@evil.example',
    'http://evil.example\\@localhost',
    'http://evil.example/localhost',
    'http://evillocalhost',
    'ws://localhost',
    'file:///etc/hosts',
    'data:text/plain,hello',
    'blob:https://gateway.example/1',
    'javascript:alert(1)',
    '//gateway.example',
    ' ',
  ])('%s is refused', (baseUrl) => {
    expect(() => createCreditBalancesClient({ apiKey: 'k', baseUrl })).toThrow(UsageError);
    expect(() => createFetchClient({ apiKey: 'k', baseUrl })).toThrow(UsageError);
  });

  test.each([
    'https://api.paddle.com.',
    'https://API.PADDLE.COM',
    'https://api.paddle.com.:443/',
    'https://api.paddle.com:8443',
    'https://api.paddle.com/v1',
    'https://api\u3002paddle\uff0ecom',
    ' https://api.pad\ndle.com',
    'https:\\\\api.paddle.com\\',
  ])('of Paddle takes no key of the other environment, however it is spelt: %j', (baseUrl) => {
    expect(() => createCreditBalancesClient({ apiKey: makeKey('sandbox'), baseUrl })).toThrow(/sandbox environment/);
    expect(() => createCreditBalancesClient({ apiKey: makeKey('live'), baseUrl })).not.toThrow();
    expect(() => createCreditBalancesClient({ baseUrl })).toThrow(/apiKey/);
  });

  test.each([
    'https://user:hunter2secret@gateway.example',
    'https://user:hunter2secret@not a host',
    'u:hunter2secret@x',
  ])('with a password is refused, and the password is not shown: %#', (baseUrl) => {
    expect(() => createCreditBalancesClient({ apiKey: 'k', baseUrl })).toThrow(
      expect.objectContaining({ name: 'UsageError', message: expect.not.stringContaining('hunter2') }),
    );
  });

  it('with 50,000 slashes costs nothing', async () => {
    for (const slashes of ['/'.repeat(50_000), `/${'/'.repeat(50_000)}x`, `/x${'/'.repeat(50_000)}`]) {
      const { sent, fetch } = setUp({});
      const start = process.cpuUsage();
      const client = createCreditBalancesClient({ apiKey: 'test-key', baseUrl: gateway + slashes, fetch });
      await client.listCreditBalances(customerId);
      // Quadratic time would take seconds.
      expect(process.cpuUsage(start).user).toBeLessThan(1_000_000);
      const path = slashes.includes('x') ? slashes.replace(/(?<=x)\/+$/, '') : '';
      expect(sent[0]?.url).toBe(`${gateway}${path}/customers/${customerId}/credit-balances`);
    }
  });
});

describe('headers', () => {
  const send = async (headers: unknown, call?: unknown) => {
    const { sent, fetch } = setUp({});
    const client = createCreditBalancesClient({
      apiKey: 'test-key',
      baseUrl: gateway,
      fetch,
      headers: headers as never,
    });
    await client.listCreditBalances(customerId, call === undefined ? {} : { headers: call as never });
    return sent[0]?.headers as Headers;
  };

  test.each<[string, () => unknown]>([
    ['an object', () => ({ 'X-Tenant': 'a b', 'x-none': undefined })],
    ['a Headers', () => new Headers({ 'X-Tenant': 'a b' })],
    ['a Map', () => new Map([['X-Tenant', 'a b']])],
    ['an object without a prototype', () => Object.assign(Object.create(null), { 'X-Tenant': 'a b' })],
  ])('may be %s, for a client and for a call', async (_, make) => {
    expect((await send(make())).get('x-tenant')).toBe('a b');
    expect((await send({ 'X-Tenant': 'other' }, make())).get('x-tenant')).toBe('a b');
    expect((await send(make(), { 'X-Other': 'c' })).get('x-tenant')).toBe('a b');
  });

  it('may have any character that HTTP allows', async () => {
    const value = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code))
      .filter((character) => /[\t\x20-\x7e\x80-\xff]/.test(character))
      .join('');
    expect((await send({ 'X-All': `a${value}z` })).get('x-all')).toBe(`a${value}z`);
    expect((await send({ "x!#$%&'*+-.^_`|~0": '' })).get("x!#$%&'*+-.^_`|~0")).toBe('');
  });

  const connection =
    'connection content-length expect host keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer transfer-encoding upgrade';
  test.each<[string, unknown]>([
    ...[...connection.split(' '), 'Authorization', 'accept', 'content-type', 'paddle-version'].map(
      (name): [string, unknown] => [name, { [name]: '1' }],
    ),
    ...['\0', '\n', '\r', '\r\nX-Evil: y', '\x7f', '\u0100', 'ключ', '\ud83d\ude00'].map((value): [string, unknown] => [
      `the value ${JSON.stringify(value)}`,
      { 'X-Token': `secret-${value}` },
    ]),
    ...['', ' ', 'X Token', 'X:Token', 'X-Tökén', 'X-Token\n', '(x)'].map((name): [string, unknown] => [
      `the name ${JSON.stringify(name)}`,
      { [name]: 'secret-' },
    ]),
    ['a number as value', { 'X-Count': 5 }],
    ['null as value', { 'X-Count': null }],
    ['a list as value', { 'X-Count': ['a'] }],
    ['what an object inherits', Object.create({ 'X-Token': 'secret-' })],
    [
      'what it inherits of one without a prototype',
      Object.create(Object.assign(Object.create(null), { 'X-Token': '' })),
    ],
    ['a list of pairs', [['X-Token', 'secret-']]],
    ['a text', 'X-Token: secret-'],
    ['a Map of numbers', new Map([[1, 'secret-']])],
    ['a Set of numbers', new Set([1])],
    ['a Map of symbols', new Map([[Symbol('secret-'), 'x']])],
    ['a getter that throws', throwing('X-Token')],
    ['a revoked Proxy', revoked()],
  ])('with %s are refused before anything is sent', async (_, headers) => {
    const fetch = vi.fn();
    const made = { apiKey: 'test-key', baseUrl: gateway, fetch };
    const errors = [
      await catchError((async () => createCreditBalancesClient({ ...made, headers: headers as never }))()),
      await catchError(createCreditBalancesClient(made).listCreditBalances(customerId, { headers: headers as never })),
    ];
    for (const error of errors) {
      expect(error).toBeInstanceOf(UsageError);
      expect((error as UsageError).option).toBe('headers');
      expect((error as UsageError).message).not.toMatch(/secret-/);
    }
    expect(fetch).not.toHaveBeenCalled();
  });
});

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
function throwing(name: string): object {
  return Object.defineProperty({}, name, { get: fail, enumerable: true });
}
function fail(): never {
  throw new Error(makeKey());
}
