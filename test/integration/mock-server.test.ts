import { Server } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it, test, vi } from 'vitest';
import { UsageError } from '../../src/index.ts';
import { type MockServerOptions, type ServedRequest, startMock } from '../../src/mock.ts';
import { catchError, customerId, makeKey } from '../support/bodies.ts';
import { startHttpServer } from '../support/server.ts';

const path = `/customers/${customerId}/credit-balances`;
const auth = { headers: { Authorization: 'Bearer test' } };

describe('startMock', () => {
  it('startMock resolves when the mock answers, runs several at once, and close() frees the port', async () => {
    const mocks = await Promise.all([1, 2, 3].map(() => startMock({ port: 0 })));
    expect(new Set(mocks.map(({ url }) => url)).size).toBe(3);
    for (const { url } of mocks) expect((await fetch(url + path, auth)).status).toBe(200);
    await Promise.all(mocks.map((mock) => mock.close()));
    for (const { url } of mocks) await expect(fetch(url + path)).rejects.toThrow('fetch failed');

    const port = Number(new URL(mocks[0]?.url ?? '').port);
    const again = await startMock({ port });
    expect(again.url).toBe(`http://127.0.0.1:${port}`);
    await again.close();
  });

  it('a mock can be closed twice', async () => {
    const mock = await startMock({ port: 0 });
    await Promise.all([mock.close(), mock.close()]);
    await mock.close();
  });

  it('the url of a mock on an IPv6 address has it in brackets', async () => {
    const mock = await startMock({ port: 0, host: '::1' });
    expect(mock.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect((await fetch(mock.url + path, auth)).status).toBe(200);
    await mock.close();
  });

  it('a mock closes although a client keeps its connection alive', async () => {
    const mock = await startMock({ port: 0 });
    await (await fetch(mock.url + path, auth)).text();
    const last = vi.spyOn(Server.prototype, 'closeAllConnections');
    await mock.close();
    // The end of the time that an open request is given.
    expect(last).not.toHaveBeenCalled();
    last.mockRestore();
  });

  it('a mock closes although a client never ends its request', async () => {
    const mock = await startMock({ port: 0 });
    const socket = connect(Number(new URL(mock.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.write(`GET ${path} HTTP/1.1\r\nHost: mock\r\n`, resolve));
    const ended = new Promise((resolve) => socket.once('close', resolve));
    await mock.close();
    await ended;
  });

  it('a client that goes before its answers are due leaves no timer, and each of its requests is reported', async () => {
    const served: ServedRequest[] = [];
    const mock = await startMock({ port: 0, delay: 60_000, onRequest: (request) => served.push(request) });
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const socket = connect(Number(new URL(mock.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    // More than Node lets listen to one connection without a warning.
    const warn = vi.spyOn(process, 'emitWarning');
    socket.write(`GET ${path} HTTP/1.1\r\nHost: mock\r\n\r\n`.repeat(12));
    // `waitFor` has timers of its own.
    await vi.waitFor(() => expect(timers()).toBeGreaterThanOrEqual(before + 12), 5_000);
    socket.destroy();
    await vi.waitFor(() => expect(served).toHaveLength(12), 5_000);
    expect(served.every(({ source }) => source === 'lost connection')).toBe(true);
    expect(timers()).toBeLessThan(before + 4);
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
    await mock.close();
  });

  it("startMock rejects with the system's code when the port is taken, and can be called again", async () => {
    await using taken = await startHttpServer(() => undefined);
    const port = Number(new URL(taken.url).port);
    expect(await catchError(startMock({ port }))).toMatchObject({ code: 'EADDRINUSE' });
    await (await startMock({ port: 0 })).close();
  });

  it("startMock rejects with the system's code when the host is not an address of this machine", async () => {
    expect(await catchError(startMock({ port: 0, host: '203.0.113.1' }))).toMatchObject({ code: 'EADDRNOTAVAIL' });
  });

  test.each<[object | null, string]>([
    [
      { prot: 1 },
      'Unknown option "prot". The options are balances, port, host, cors, onRequest, onViolation, scenario,',
    ],
    [null, 'The options must be an object'],
    [{ port: 65_536 }, 'port must be an integer from 0 to 65535; received 65536.'],
    [{ port: -1 }, 'port must be'],
    [{ port: 1.5 }, 'port must be'],
    [{ port: '4010' }, 'port must be an integer from 0 to 65535; received "4010".'],
    [{ host: 1 }, 'host must be a string; received 1.'],
    [{ host: '' }, 'host must not be empty'],
    [{ host: ' ' }, 'host must not be empty'],
    [{ cors: 'yes' }, 'cors must be true or false; received "yes".'],
    [{ onRequest: 'log' }, 'onRequest must be a function; received "log".'],
    [{ onViolation: 'log' }, 'onViolation must be a function; received "log".'],
  ])('startMock throws a UsageError for a wrong option: %j', async (options, message) => {
    const error = await catchError(startMock(options as MockServerOptions));
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).toContain(message);
  });
});

describe('onRequest', () => {
  it('onRequest is called for each request, without keys and control characters', async () => {
    const served: ServedRequest[] = [];
    const mock = await startMock({ port: 0, onRequest: (request) => served.push(request) });
    const key = makeKey();
    const other = 'a-token-of-another-form';
    const paths = [`${path}?key=${key}`, `${path}?token=${other}`, '/ctm_%0A%1b'];
    for (const [index, each] of paths.entries()) {
      const headers = { Authorization: `Bearer ${index === 1 ? other : key}` };
      await (await fetch(mock.url + each, { headers })).text();
    }
    await mock.close();
    const told = { method: 'GET', source: 'scenario', duration: 0 };
    expect(served.map((request) => ({ ...request, duration: 0 }))).toEqual([
      { ...served[0], ...told, path: `${path}?key=[redacted]`, status: 200, scenario: 'one-currency' },
      { ...served[1], ...told, path: `${path}?token=[redacted]`, status: 200, scenario: 'one-currency' },
      { ...told, path: '/ctm_%0A%1b', status: 404, scenario: undefined, source: 'problem', warning: undefined },
    ]);
    for (const { duration } of served) expect(duration).toBeGreaterThan(0);
  });
});

describe('CORS', () => {
  const ask = async (options: MockServerOptions) => {
    const mock = await startMock({ port: 0, ...options });
    const preflight = await fetch(mock.url + path, {
      method: 'OPTIONS',
      headers: {
        Origin: 'http://localhost:5173',
        'Access-Control-Request-Method': 'GET',
        'Access-Control-Request-Headers': 'authorization,paddle-version',
      },
    });
    const response = await fetch(mock.url + path, {
      headers: { ...auth.headers, Origin: 'http://localhost:5173' },
    });
    await mock.close();
    return { preflight, response };
  };

  it('a page of another origin may send Authorization and Paddle-Version with cors: true', async () => {
    const { preflight, response } = await ask({ cors: true });
    expect(preflight.ok).toBe(true);
    expect(response.headers.get('access-control-allow-origin')).toMatch(/^(\*|http:\/\/localhost:5173)$/);
    expect(preflight.headers.get('access-control-allow-headers')).toMatch(/authorization,\s*paddle-version/i);
    expect(preflight.headers.get('access-control-allow-origin')).toMatch(/^(\*|http:\/\/localhost:5173)$/);
  });

  it('a mock without cors sends no CORS header, as Paddle, and says so in the log', async () => {
    const warnings: (string | undefined)[] = [];
    const { preflight, response } = await ask({ onRequest: ({ warning }) => warnings.push(warning) });
    for (const { headers } of [preflight, response]) {
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
    expect(preflight.ok).toBe(false);
    expect(response.status).toBe(200);
    expect(warnings).toHaveLength(2);
    for (const warning of warnings) expect(warning).toMatch(/CORS.*your own backend.*--cors/);
  });
});
