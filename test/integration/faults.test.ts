import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import {
  ApiError,
  ConnectionError,
  ContractError,
  createCreditBalancesClient,
  type RetryEvent,
  TimeoutError,
} from '../../src/index.ts';
import { catchError, customerId, getCredit, getErrorBody } from '../support/bodies.ts';
import {
  answer,
  answerJson,
  type Reply,
  type SocketReply,
  startHttpServer,
  startSocketServer,
} from '../support/server.ts';

// No wait between attempts: full jitter may well choose 0. Waits have tests of their own.
beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => vi.restoreAllMocks());

const good = getCredit('one-currency');
const clientFor = (baseUrl: string, more: { timeout?: number } = {}) =>
  createCreditBalancesClient({ apiKey: 'test-key', baseUrl, ...more });

describe("an error of Paddle's that a retry does not change", () => {
  const codes = [
    ['invalid_field', 400],
    ['invalid_access_token', 401],
    ['invalid_client_token', 403],
    ['invalid_url', 404],
    ['bad_request', 400],
    ['authentication_missing', 403],
    ['authentication_malformed', 403],
    ['invalid_token', 403],
    ['paddle_billing_not_enabled', 403],
    ['forbidden', 403],
    ['not_found', 404],
    ['request_headers_too_large', 431],
    ['temporarily_unavailable', 540],
  ] as const;

  test.each(codes)('the error %s (%i) is thrown at once as an ApiError with every field', async (code, status) => {
    const body = getErrorBody(code);
    await using server = await startHttpServer(answerJson(status, body));
    const error = (await catchError(clientFor(server.url).listCreditBalances(customerId))) as ApiError;
    expect(error).toBeInstanceOf(ApiError);
    expect({ ...error }).toEqual({
      name: 'ApiError',
      status,
      retryable: false,
      type: body.error.type,
      code,
      detail: body.error.detail,
      documentationUrl: body.error.documentation_url,
      fieldErrors: body.error.errors ?? [],
      requestId: body.meta?.request_id,
      retryAfter: undefined,
    });
    expect(error.message).toContain(`${status} ${code}: ${body.error.detail}`);
    expect(error.message).toContain(`GET ${server.url}/customers/${customerId}/credit-balances`);
    expect(error.message).toContain(`request ${body.meta?.request_id}`);
    for (const { field, message } of body.error.errors ?? []) expect(error.message).toContain(`${field}: ${message}.`);
    expect(server.requests).toHaveLength(1);
  });

  it('an ApiError keeps a code that the contract does not know, and works without meta', async () => {
    const { error: details } = getErrorBody('forbidden');
    await using server = await startHttpServer(
      answerJson(403, { error: { ...details, type: 'new', code: 'customer_locked' } }),
    );
    const error = (await catchError(clientFor(server.url).listCreditBalances(customerId))) as ApiError;
    expect(error).toMatchObject({ code: 'customer_locked', type: 'new', status: 403, requestId: undefined });
    expect(error.message).not.toContain('undefined');
  });
});

describe('a temporary error', () => {
  const statuses = [429, 500, 502, 503, 504, 520, 521, 522, 523, 524];

  test.each(statuses)('the status %i is retried twice and then thrown as an ApiError', async (status) => {
    const body = getErrorBody('internal_error');
    await using server = await startHttpServer(answerJson(status, body));
    const error = (await catchError(clientFor(server.url).listCreditBalances(customerId))) as ApiError;
    expect(error).toMatchObject({ name: 'ApiError', status, code: 'internal_error', retryable: true });
    expect(server.requests).toHaveLength(3);
  });

  test.each(statuses)('a call succeeds when an attempt after the status %i does', async (status) => {
    await using server = await startHttpServer(
      answer(status, '<h1>oops</h1>'),
      answer(status, ''),
      answerJson(200, good),
    );
    expect(await clientFor(server.url).listCreditBalances(customerId)).toEqual(good);
    expect(server.requests).toHaveLength(3);
  });

  it.each([0, 1, 5])('a temporary error is retried maxRetries times: %i', async (maxRetries) => {
    await using server = await startHttpServer(answerJson(503, getErrorBody('service_unavailable')));
    const client = createCreditBalancesClient({ apiKey: 'test-key', baseUrl: server.url, maxRetries: 3 });
    await catchError(client.listCreditBalances(customerId, { maxRetries }));
    expect(server.requests).toHaveLength(maxRetries + 1);
    await catchError(client.listCreditBalances(customerId));
    expect(server.requests).toHaveLength(maxRetries + 1 + 4);
  });

  it('onRetry is called before each wait, with the attempt, the delay and the error', async () => {
    await using server = await startHttpServer(
      answerJson(503, getErrorBody('service_unavailable')),
      answer(500, ''),
      answerJson(200, good),
    );
    const events: RetryEvent[] = [];
    const onRetry = (event: RetryEvent) => void events.push(event);
    await createCreditBalancesClient({ apiKey: 'test-key', baseUrl: server.url, onRetry }).listCreditBalances(
      customerId,
    );
    expect(events).toMatchObject([
      { attempt: 1, delay: 0, error: { status: 503, code: 'service_unavailable' } },
      { attempt: 2, delay: 0, error: { status: 500, code: undefined } },
    ]);
  });
});

describe('an error status with a body that is not from Paddle', () => {
  const { error: details } = getErrorBody('not_found');
  const bodies: [string, string, string | RegExp][] = [
    ['an HTML page', '<!doctype html><title>Blocked</title>', '<!doctype html><title>Blocked</title>'],
    ['an empty body', '', 'the body is empty'],
    ['broken JSON', '{"error": {"code": "not_fo', '{"error": {"code": "not_fo'],
    ['another envelope', '{"message":"no route"}', '{"message":"no route"}'],
    ['part of the envelope', JSON.stringify({ error: { ...details, code: null } }), /^{"error":/],
    ['a balance list', JSON.stringify(good), /^{"data":/],
    ['the JSON null', 'null', 'null'],
    ['a long text', 'x'.repeat(5000), `${'x'.repeat(200)}…`],
  ];

  test.each(bodies)('an error status with %s is an ApiError with its status and no code', async (_, body, detail) => {
    await using server = await startHttpServer(answer(404, body));
    const error = (await catchError(clientFor(server.url).listCreditBalances(customerId))) as ApiError;
    expect(error).toMatchObject({ name: 'ApiError', status: 404, code: undefined, type: undefined, fieldErrors: [] });
    expect(error.detail).toMatch(detail);
    expect(error.message.length).toBeLessThan(500);
    expect(server.requests).toHaveLength(1);
  });
});

describe('a 200 that breaks the contract', () => {
  const [balance] = good.data;
  const withTotals = (totals: object) => JSON.stringify({ ...good, data: [{ ...balance, balance: totals }] });
  const html = { 'Content-Type': 'text/html' };
  const rows: [string, Reply, string, RegExp][] = [
    ['HTML', answer(200, '<html></html>', html), '', /content type is text\/html/],
    ['JSON as text/html', answer(200, JSON.stringify(good), html), '', /content type is text\/html/],
    [
      'problem+json',
      answerJson(200, good, { 'Content-Type': 'application/problem+json' }),
      '',
      /application\/problem\+json/,
    ],
    ['no content type', (response) => response.writeHead(200).end(JSON.stringify(good)), '', /content type is missing/],
    ['an empty body', answer(200, ''), '', /not JSON: the body is empty/],
    [
      'a chunked empty body',
      (response) =>
        response.writeHead(200, { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' }).end(),
      '',
      /empty/,
    ],
    ['truncated JSON', answer(200, JSON.stringify(good).slice(0, -9)), '', /not JSON/],
    ['an empty object', answer(200, '{}'), '', /data/],
    ['an empty list', answer(200, '[]'), '', /must be object/],
    ['null', answer(200, 'null'), '', /must be object/],
    ['no data', answer(200, '{"meta":{"request_id":"r"}}'), '', /'data'/],
    ['null as data', answer(200, '{"data":null,"meta":{"request_id":"r"}}'), '/data', /array/],
    [
      'a null total',
      answer(200, withTotals({ available: null, reserved: '0', used: '0' })),
      '/data/0/balance/available',
      /string/,
    ],
    [
      'a number as total',
      answer(200, withTotals({ available: '1', reserved: 900, used: '0' })),
      '/data/0/balance/reserved',
      /string/,
    ],
    ['a missing total', answer(200, withTotals({ available: '1', reserved: '0' })), '/data/0/balance', /'used'/],
    ['an error body', answerJson(200, getErrorBody('not_found')), '', /data/],
    ['a foreign customer', answerJson(200, getCredit('several-currencies')), '/data/0/customer_id', /another customer/],
    ['204', (response) => response.writeHead(204).end(), '', /status is 204/],
    ['201', answerJson(201, good), '', /status is 201/],
    ['206', answerJson(206, good), '', /status is 206/],
  ];

  test.each(rows)(
    'a 200 that breaks the contract is a ContractError that says where, and never an empty list: %s',
    async (_, reply, path, message) => {
      await using server = await startHttpServer(reply);
      const error = (await catchError(clientFor(server.url).listCreditBalances(customerId))) as ContractError;
      expect(error).toBeInstanceOf(ContractError);
      expect(error.retryable).toBe(false);
      expect(error.issues[0]?.path).toBe(path);
      expect(error.issues[0]?.message).toMatch(message);
      expect(error.message).toContain(error.issues[0]?.message);
      expect(error.message).toContain(`GET ${server.url}/customers/`);
      expect(server.requests).toHaveLength(1);
    },
  );

  it('a ContractError names every issue, the status and the request', async () => {
    const broken = { data: [{ ...balance, customer_id: 1, currency_code: 'usd' }], meta: good.meta };
    await using server = await startHttpServer(answerJson(200, broken));
    const error = (await catchError(clientFor(server.url).listCreditBalances(customerId))) as ContractError;
    expect({ ...error, issues: error.issues.map(({ path }) => path) }).toEqual({
      name: 'ContractError',
      retryable: false,
      status: 200,
      requestId: good.meta.request_id,
      issues: ['/data/0/customer_id', '/data/0/currency_code'],
    });
  });

  it('a list that the filter did not filter is a ContractError', async () => {
    await using server = await startHttpServer(answerJson(200, good));
    const call = clientFor(server.url).listCreditBalances(customerId, { currencyCode: ['EUR', 'GBP'] });
    const error = (await catchError(call)) as ContractError;
    expect(error.issues).toEqual([{ path: '/data/0/currency_code', message: 'is USD, which was not asked for' }]);
  });
});

describe('a connection that fails', () => {
  const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
  const cuts: [string, SocketReply][] = [
    ['reset before the response', (socket) => socket.resetAndDestroy()],
    ['closed before the response', (socket) => socket.end()],
    ['cut off in the head', (socket) => socket.end(head.slice(0, 30))],
    ['cut off in the body', (socket) => socket.end(`${head}Content-Length: 500\r\n\r\n{"data": []`)],
    [
      'cut off in a chunked body',
      (socket) => socket.end(`${head}Transfer-Encoding: chunked\r\n\r\nb\r\n{"data": []\r\n`),
    ],
    [
      'reset in the body',
      (s) => s.write(`${head}Content-Length: 500\r\n\r\n{"data": []`, () => setTimeout(() => s.resetAndDestroy(), 20)),
    ],
    ['not HTTP', (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')],
  ];

  test.each(cuts)(
    'a connection that fails is retried and then a ConnectionError with its cause: %s',
    async (_, reply) => {
      await using server = await startSocketServer(reply);
      const error = (await catchError(clientFor(server.url).listCreditBalances(customerId))) as ConnectionError;
      expect(error).toBeInstanceOf(ConnectionError);
      expect(error.cause).toBeInstanceOf(Error);
      expect(error.message).toContain(`GET ${server.url}/customers/`);
      expect(server.requests).toHaveLength(3);
    },
  );

  test.each(cuts)('a call succeeds when an attempt after a failed connection does: %s', async (_, reply) => {
    const text = JSON.stringify(good);
    const whole: SocketReply = (socket) =>
      socket.end(`${head}Content-Length: ${text.length}\r\nConnection: close\r\n\r\n${text}`);
    await using server = await startSocketServer(reply, whole);
    expect(await clientFor(server.url).listCreditBalances(customerId)).toEqual(good);
    expect(server.requests).toHaveLength(2);
  });

  it('a connection that is refused is a ConnectionError that says so', async () => {
    const server = await startHttpServer(answerJson(200, good));
    await server[Symbol.asyncDispose]();
    const events: RetryEvent[] = [];
    const onRetry = (event: RetryEvent) => void events.push(event);
    const client = createCreditBalancesClient({ apiKey: 'test-key', baseUrl: server.url, onRetry });
    const error = (await catchError(client.listCreditBalances(customerId))) as ConnectionError;
    expect(error).toMatchObject({ name: 'ConnectionError', cause: { cause: { code: 'ECONNREFUSED' } } });
    expect(error.message).toContain('ECONNREFUSED');
    expect(events).toHaveLength(2);
  });

  it('a host name that does not resolve is a ConnectionError', async () => {
    const client = createCreditBalancesClient({ apiKey: 'test-key', baseUrl: 'https://paddle.invalid' });
    const error = (await catchError(client.listCreditBalances(customerId))) as ConnectionError;
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.message).toMatch(/ENOTFOUND|EAI_AGAIN/);
  });

  it('a TLS handshake that fails is a ConnectionError', async () => {
    // Without a certificate no cipher can be agreed on.
    const server = createTlsServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const error = await catchError(clientFor(`https://127.0.0.1:${port}`).listCreditBalances(customerId));
    server.close();
    expect(error).toBeInstanceOf(ConnectionError);
    expect((error as ConnectionError).cause).toBeInstanceOf(Error);
  });
});

describe('a server that is too slow', () => {
  const trickle: SocketReply = (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n');
    const timer = setInterval(() => socket.write('1\r\n \r\n'), 10);
    socket.once('close', () => clearInterval(timer));
  };

  test.each<[string, SocketReply]>([
    ['never answers', () => undefined],
    ['trickles its body', trickle],
  ])('a server that %s is retried and then a TimeoutError', async (_, reply) => {
    await using server = await startSocketServer(reply);
    const error = (await catchError(
      clientFor(server.url, { timeout: 80 }).listCreditBalances(customerId),
    )) as TimeoutError;
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ name: 'TimeoutError', timeout: 80, retryable: true });
    expect(error.message).toContain(`80 ms: GET ${server.url}/customers/`);
    expect(server.requests).toHaveLength(3);
  });

  it('a call succeeds when only its first attempt timed out', async () => {
    await using server = await startHttpServer(() => undefined, answerJson(200, good));
    expect(await clientFor(server.url).listCreditBalances(customerId, { timeout: 80 })).toEqual(good);
    expect(server.requests).toHaveLength(2);
  });

  it('a call times out even when fetch ignores its signal', async () => {
    const fetch = () => new Promise<Response>(() => undefined);
    const client = createCreditBalancesClient({
      apiKey: 'test-key',
      baseUrl: 'https://gw.example',
      fetch,
      maxRetries: 0,
    });
    await expect(client.listCreditBalances(customerId, { timeout: 20 })).rejects.toThrow(TimeoutError);
  });
});
