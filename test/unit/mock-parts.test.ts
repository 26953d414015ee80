import type { IncomingMessage, ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import { describe, expect, it, test, vi } from 'vitest';
import { operations, type Parameter } from '../../generated/operations.js';
import { type Scenario, scenarios } from '../../generated/scenarios.js';
import { findRoute, type Route } from '../../src/http/operations.ts';
import { createGate } from '../../src/mock/admit.ts';
import { callSafely } from '../../src/mock/call-safely.ts';
import { allowOrigin, isPreflight } from '../../src/mock/cors.ts';
import { fitBody } from '../../src/mock/fit-body.ts';
import { readMockSettings } from '../../src/mock/options.ts';
import { findPreferred } from '../../src/mock/prefer.ts';
import { readRequestBody } from '../../src/mock/read-request-body.ts';
import { redactRequest } from '../../src/mock/redact-request.ts';
import { makeRequestId } from '../../src/mock/request-id.ts';
import { answerAsIs, respond } from '../../src/mock/respond.ts';
import { findError, findFirstScenario, findReservedScenario, findScenario } from '../../src/mock/scenarios.ts';
import { refuseBadRequest, send, sendFault } from '../../src/mock/send.ts';
import { findWarning } from '../../src/mock/warnings.ts';
import { createMockFetch } from '../../src/testing.ts';
import { customerId, makeKey } from '../support/bodies.ts';
import { makeLegacyKey } from '../support/leaks.ts';

const operationId = 'list-credit-balances';
const path = `/customers/${customerId}/credit-balances`;
const makeRoute = (query = '', of = customerId) =>
  findRoute('GET', path.replace(customerId, of), new URLSearchParams(query)) as Route;
const plain = makeRoute();
const authorize = (name: string) => (name === 'authorization' ? 'Bearer test' : undefined);

describe('a Prefer header', () => {
  test.each([
    ['code=404', 'not_found'],
    ['CODE = 404', 'not_found'],
    ['example=no-credit', 'no-credit'],
    ['example="no-credit"', 'no-credit'],
    ['code="404", example="invalid_url"', 'invalid_url'],
    ['respond-async; code=200; example=spent-at-once', 'spent-at-once'],
    ['dynamic=false, code=429', 'too_many_requests'],
  ])('%s finds %s', (header, name) => {
    expect(findPreferred(operationId, header)).toMatchObject({ name });
  });

  test.each([null, undefined, '', 'respond-async', 'dynamic=false', 'wait=10'])('%s asks for none', (header) => {
    expect(findPreferred(operationId, header)).toBeUndefined();
  });

  test.each([
    ['code=999', 'code=999, which the contract does not define'],
    ['example=nothing', 'example=nothing, which the contract does not define'],
    ['code=404, example=no-credit', 'code=404, example=no-credit, which the contract does not define'],
    ['example=no"credit"', 'example=no"credit", which the contract does not define'],
    [`example=${'x'.repeat(200)}`, `example=${'x'.repeat(92)}, which the contract does not define`],
    ['dynamic=true', 'dynamic=true, and this mock invents no answers'],
    ['code=404, dynamic=true', 'dynamic=true, and this mock invents no answers'],
  ])('%s is refused: %s', (header, reason) => {
    const all = scenarios.map(({ status, name }) => `code=${status}, example=${name}`).join('; ');
    expect(findPreferred(operationId, header)).toMatchObject({
      status: 422,
      detail: `The Prefer header asks for ${reason}. Available: ${all}`,
    });
  });

  it('finds nothing of another operation', () => {
    expect(findPreferred('another', 'code=404')).toMatchObject({ status: 422, detail: expect.stringMatching(/: $/) });
  });
});

describe('CORS', () => {
  const allow = (headers: object) => {
    const set: Record<string, unknown> = {};
    const setHeader = (name: string, value: unknown) => {
      set[name] = value;
    };
    allowOrigin(headers as never, { setHeader } as unknown as ServerResponse);
    return set;
  };
  const own = { 'Access-Control-Expose-Headers': '*, Retry-After', Vary: 'Origin' };

  it('lets a page do what it asks for', () => {
    const asked = {
      origin: 'https://page.example',
      'access-control-request-headers': 'authorization',
      'access-control-request-method': 'GET',
    };
    expect(allow(asked)).toEqual({
      ...own,
      'Access-Control-Allow-Origin': 'https://page.example',
      'Access-Control-Allow-Headers': 'authorization',
      'Access-Control-Allow-Methods': 'GET',
    });
  });

  it('lets a page that does not say what it asks for do everything', () => {
    expect(allow({})).toEqual({
      ...own,
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Headers': '*',
      'Access-Control-Allow-Methods': '*',
    });
  });

  test.each([
    ['OPTIONS', { origin: 'x', 'access-control-request-method': 'GET' }, true],
    ['GET', { origin: 'x', 'access-control-request-method': 'GET' }, false],
    ['OPTIONS', { 'access-control-request-method': 'GET' }, false],
    ['OPTIONS', { origin: 'x' }, false],
  ])('tells a preflight: %s %j', (method, headers, expected) => {
    expect(isPreflight(method, headers)).toBe(expected);
  });
});

describe('what is kept of a request', () => {
  const key = makeKey();

  test.each([
    [`/x?key=${key}`, '/x?key=[redacted]'],
    [`https://user:${key}@host/x`, 'https://[redacted]@host/x'],
    ['wss://user@host/x?a=b@c', 'wss://[redacted]@host/x?a=b@c'],
    ['/redirect/https://user@host/x', '/redirect/https://user@host/x'],
    [`/x?key=${encodeURIComponent(encodeURIComponent(key.replace(/_/g, '%5f')))}`, '/x?key=[redacted]'],
    [`/x?${encodeURIComponent(encodeURIComponent(encodeURIComponent(key.replace(/_/g, '%5f'))))}`, '/x?[redacted]'],
    [`/x/${'a'.repeat(39)}`, `/x/${'a'.repeat(39)}`],
    [`/x/${'a'.repeat(40)}`, '/x/[redacted]'],
    ['/x/%zz', '/x/%zz'],
  ])('of the address %s', (url, kept) => {
    expect(redactRequest(url, []).url).toBe(kept);
  });

  it('is at most 2,000 characters of its address', () => {
    expect(redactRequest('/a'.repeat(3_000), []).url).toBe('/a'.repeat(1_000));
  });

  test.each([
    ['authorization', 'Bearer  opaque-token', '[redacted]'],
    ['cookie', 'a=b', '[redacted]'],
    ['x-other', 'with opaque-token in it', 'with [redacted] in it'],
    ['x-other', key, '[redacted]'],
    ['x-request-id', '0123456789abcdefghij', '0123456789abcdefghij'],
  ])('of the header %s: %s', (name, value, kept) => {
    const headers = [['authorization', 'Bearer  opaque-token'] as [string, string], [name, value] as [string, string]];
    expect(redactRequest('/opaque-token', headers)).toMatchObject({ url: '/[redacted]', headers: { [name]: kept } });
  });

  it('is every name of a header but one that is a key', () => {
    const { headers } = redactRequest('/', [[key, 'value']]);
    expect(headers).toEqual({ '[redacted]': 'value' });
  });
});

describe('a body', () => {
  const [example] = scenarios as readonly [Scenario];
  const other = 'ctm_01mock404notfound000000000';

  it('says the customer that was asked for, in each place of the one of its scenario', () => {
    const body = { data: [{ customer_id: customerId }], error: { detail: `no ${customerId}` } };
    expect(fitBody(body, example, makeRoute('', other))).toEqual({
      data: [{ customer_id: other }],
      error: { detail: `no ${other}` },
    });
    expect(fitBody(body, example, plain)).toBe(body);
  });

  it('without meta has no request ID, and one with it has another each time', () => {
    expect(fitBody({ data: [] }, example, plain)).toEqual({ data: [] });
    const ids = [1, 2].map(() => (fitBody(example.body, example, plain) as typeof example.body).meta?.request_id);
    expect(new Set(ids).size).toBe(2);
  });

  it('has the items that were asked for', () => {
    const several = scenarios.find(({ name }) => name === 'several-currencies') as Scenario;
    const adapt = (query: string) => fitBody(several.body, several, makeRoute(query)) as { data: object[] };
    expect(adapt('currency_code=JPY,EUR').data).toHaveLength(2);
    expect(adapt('currency_code=GBP').data).toEqual([]);
    expect(adapt('').data).toHaveLength(3);
  });
});

test('request IDs are different UUIDs of version 4', () => {
  const ids = Array.from({ length: 1_000 }, makeRequestId);
  expect(new Set(ids).size).toBe(1_000);
  for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});

describe('scenarios', () => {
  it('are found by their operation, and errors also where the operation has none', () => {
    expect(findFirstScenario(operationId)).toBe(scenarios[0]);
    expect(findFirstScenario(operationId, 404)).toMatchObject({ name: 'not_found' });
    expect(findFirstScenario(operationId, 418)).toBeUndefined();
    expect(findFirstScenario('another', 404)).toBeUndefined();
    expect(findScenario('no-credit', operationId)).toMatchObject({ status: 200 });
    expect(findScenario('no-credit', 'another')).toBeUndefined();
    expect(findScenario('invalid_field', 'another')).toMatchObject({ status: 400 });
    expect(findScenario(undefined, operationId)).toBeUndefined();
    expect(findError(403, 'another')).toMatchObject({ status: 403 });
    expect(findError(418, operationId)).toBeUndefined();
  });

  it('are reserved by a customer of their own', () => {
    const reserved = (of: string) => findReservedScenario(makeRoute('', of))?.name;
    expect(reserved('ctm_01mock404notfound000000000')).toBe('not_found');
    expect(reserved('ctm_00000000000000000000000000')).toBeUndefined();
    expect(findReservedScenario({ ...plain, operation: { ...plain.operation, parameters: [] } })).toBeUndefined();
    expect(findReservedScenario({ ...plain, operationId: 'another' as never })).toBeUndefined();
  });

  it('that there are none of are a fault of the mock', () => {
    expect(() => answerAsIs(undefined, plain)).toThrow(
      'The contract has no example to answer list-credit-balances with.',
    );
    expect(() => respond({ ...plain, operationId: 'another' as never }, authorize)).toThrow('no example');
  });

  it('of a wrong parameter say what is expected of it, or what the schema says', () => {
    const [id] = operations[operationId].parameters as [Parameter];
    const wrong = makeRoute('', 'cus_1');
    const refuse = (parameter: object) => {
      const operation = { ...wrong.operation, parameters: [{ ...id, ...parameter }] };
      return respond({ ...wrong, operation }, authorize);
    };
    const message = (text: string) => ({ body: { error: { errors: [{ field: 'customer_id', message: text }] } } });
    expect(refuse({})).toMatchObject(message(`must be ${id.expected}`));
    expect(refuse({ expected: undefined })).toMatchObject(message('must match pattern "^ctm_[a-z0-9]{26}$"'));
  });
});

describe('a warning', () => {
  const warn = (query: string) => findWarning(plain, new URLSearchParams(query));
  const documented = ': Paddle documents currency_code, once, as one comma-separated list';

  test.each([
    ['currency_code=USD', undefined],
    ['page=2', `ignored unknown query key "page"${documented}`],
    ['a=1&b=2&c=3', `ignored unknown query keys "a", "b", "c"${documented}`],
    ['a=1&b=2&c=3&d=4', `ignored unknown query keys "a", "b", "c" and 1 more${documented}`],
    [
      'currency_code=USD&currency_code=EUR&x=1',
      `ignored unknown query key "x"; repeated query key "currency_code"${documented}`,
    ],
  ])('of the query %s', (query, expected) => {
    expect(warn(query)).toBe(expected);
  });

  test.each([1, 2, 3])('shows no key in place of a name, escaped %i times', (times) => {
    let name = makeLegacyKey().replace('a', '%61');
    for (let count = 1; count < times; count += 1) name = encodeURIComponent(name);
    expect(warn(`${encodeURIComponent(name)}=1`)).toBe(`ignored unknown query key "[redacted]"${documented}`);
  });

  it('of an operation without a query says so', () => {
    const route = { ...plain, operation: { ...plain.operation, parameters: [] } };
    expect(findWarning(route, new URLSearchParams('a=1'))).toBe(
      'ignored unknown query key "a": Paddle documents no query',
    );
  });
});

test('a rate limit lets so many requests of a window through, and then none for a window', () => {
  vi.useFakeTimers();
  const admit = createGate(readMockSettings({ rateLimit: { requests: 2, window: 10_000 } }));
  const admits = () => admit() === undefined;
  const retryAfter = () => {
    const admission = admit();
    return typeof admission === 'function' ? admission(plain)?.headers?.['Retry-After'] : undefined;
  };
  expect([admits(), admits()]).toEqual([true, true]);
  vi.advanceTimersByTime(9_999);
  expect(retryAfter()).toBe('10');
  vi.advanceTimersByTime(9_999);
  expect(retryAfter()).toBe('1');
  vi.advanceTimersByTime(1);
  expect([admits(), admits(), admits()]).toEqual([true, true, false]);
  vi.advanceTimersByTime(10_000);
  expect(admits()).toBe(true);
  vi.useRealTimers();
});

const fail = () => {
  throw new Error('no');
};
it('a lost connection is the error of the platform, and a request outside the contract is a problem', async () => {
  const mockFetch = createMockFetch({ failTimes: 1 });
  const ask = (target: string) =>
    mockFetch(`https://api.paddle.com${target}`, { headers: { Authorization: 'Bearer test' } });
  const thrown = await ask(path).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(TypeError);
  expect(thrown).toMatchObject({ message: 'fetch failed', cause: { message: 'other side closed' } });
  const problem = await ask('/nothing');
  expect(problem.headers.get('content-type')).toBe('application/problem+json');
  expect(await problem.json()).toMatchObject({ status: 404, detail: expect.stringMatching(/file; GET \/_mock lists/) });
  expect(mockFetch.calls.map(({ status, scenario }) => [status, scenario])).toEqual([
    [undefined, undefined],
    [404, undefined],
  ]);
});

test.each<[string, () => unknown]>([
  ['onRequest threw: no', fail],
  ['onRequest rejected: text', () => Promise.reject('text')],
])('a callback that fails is a warning: %s', async (message, call) => {
  const warn = vi.spyOn(process, 'emitWarning').mockReturnValue(undefined);
  callSafely('onRequest', call);
  await vi.waitFor(() => expect(warn).toHaveBeenCalledExactlyOnceWith(message));
  warn.mockRestore();
});

describe('an answer of the server', () => {
  const makeResponse = (more: object = {}) => {
    const written = { status: 0, headers: {} as object, text: undefined as string | undefined, destroyed: 0 };
    const response = {
      req: { socket: { destroyed: false } },
      writeHead: (status: number, headers: object) => Object.assign(written, { status, headers }),
      end: (text?: string) => Object.assign(written, { text }),
      destroy: () => Object.assign(written, { destroyed: written.destroyed + 1 }),
      ...more,
    };
    return { written, response: response as unknown as ServerResponse };
  };

  it('without a body has none, and says so', () => {
    const { written, response } = makeResponse();
    send(response, { status: 204, headers: { A: 'b' }, body: undefined }, 'GET');
    expect(written).toMatchObject({ status: 204, headers: { A: 'b', 'Content-Length': 0 }, text: '' });
  });

  it('has its length in bytes, and no body for HEAD', () => {
    const { written, response } = makeResponse();
    send(response, { status: 200, headers: {}, body: 'é' }, 'HEAD');
    expect(written).toMatchObject({ headers: { 'Content-Length': 4 }, text: undefined });
  });

  test.each([
    [new Error('no'), 'no'],
    ['text', 'no error was given'],
  ])('says what failed: %s', (error, detail) => {
    const { written, response } = makeResponse();
    expect(sendFault(response, error)).toBe(500);
    expect(written).toMatchObject({
      status: 500,
      headers: { 'Content-Type': 'application/problem+json', Connection: 'close' },
    });
    expect(JSON.parse(written.text ?? '')).toEqual({
      ...{ type: 'about:blank', title: 'The mock could not answer', status: 500, detail },
    });
  });

  test.each([{ headersSent: true }, { destroyed: true }, { req: { socket: { destroyed: true } } }])(
    'is none where it has begun, or nobody is there: %j',
    (more) => {
      const { written, response } = makeResponse(more);
      expect(sendFault(response, new Error('no'))).toBeUndefined();
      expect(written).toMatchObject({ status: 0, destroyed: 1 });
    },
  );

  test.each([
    [
      'HPE_HEADER_OVERFLOW',
      /^HTTP\/1\.1 431 Request Header Fields Too Large\r\nContent-Type: application\/json\r\nContent-Length: \d+\r\nConnection: close\r\n\r\n\{"error":/,
    ],
    [
      'HPE_INVALID_METHOD',
      /^HTTP\/1\.1 400 Bad Request\r\nContent-Type: application\/problem\+json\r\nContent-Length: \d+\r\nConnection: close\r\n\r\n\{.*"title":"Not a request","status":400,"detail":"Node refuses the request: no method"\}$/,
    ],
  ])('to what Node refuses with %s', (code, expected) => {
    const socket = new PassThrough();
    refuseBadRequest(Object.assign(new Error('no method'), { code }), socket);
    expect(String(socket.read())).toMatch(expected);
    const closed = new PassThrough();
    closed.end();
    refuseBadRequest(Object.assign(new Error(), { code }), closed);
    expect(closed.destroyed).toBe(true);
  });
});

describe('the body of a request', () => {
  const read = (...chunks: Buffer[]) => {
    const request = new PassThrough();
    for (const chunk of chunks) request.write(chunk);
    request.end();
    return readRequestBody(request as unknown as IncomingMessage);
  };

  it('is read up to ten megabytes, and to its end beyond', async () => {
    expect((await read(Buffer.alloc(10_000_000, 'x'))).body).toHaveLength(10_000_000);
    expect(await read(Buffer.alloc(10_000_000, 'x'), Buffer.from('x'))).toEqual({ body: '', isTooLarge: true });
  });

  it('that is lost is an error', async () => {
    const request = new PassThrough();
    const body = readRequestBody(request as unknown as IncomingMessage);
    request.destroy(new Error('lost'));
    await expect(body).rejects.toThrow('lost');
  });
});
