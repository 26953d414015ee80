import { connect } from 'node:net';
import { describe, expect, it, test } from 'vitest';
import { UsageError } from '../../src/index.ts';
import { type MockServerOptions, type ServedRequest, startMock } from '../../src/mock.ts';
import { customerId, makeKey, thrownBy } from '../support/bodies.ts';
import { root, run, tsx } from '../support/process.ts';
import { httpServer } from '../support/server.ts';

const path = `/customers/${customerId}/credit-balances`;
const auth = { headers: { Authorization: 'Bearer test' } };

describe('startMock', () => {
  it('answers when it resolves, several at once, and frees its port when it is closed', async () => {
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

  it('can be closed twice', async () => {
    const mock = await startMock({ port: 0 });
    await Promise.all([mock.close(), mock.close()]);
    await mock.close();
  });

  it('shows an IPv6 address as a URL does', async () => {
    const mock = await startMock({ port: 0, host: '::1' });
    expect(mock.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect((await fetch(mock.url + path, auth)).status).toBe(200);
    await mock.close();
  });

  it('closes though a client keeps its connection alive', async () => {
    const mock = await startMock({ port: 0 });
    await (await fetch(mock.url + path, auth)).text();
    const start = performance.now();
    await mock.close();
    // Less than the two seconds that an open request is given.
    expect(performance.now() - start).toBeLessThan(1_500);
  });

  it('closes though a client never ends its request', async () => {
    const mock = await startMock({ port: 0 });
    const socket = connect(Number(new URL(mock.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.write(`GET ${path} HTTP/1.1\r\nHost: mock\r\n`, resolve));
    const ended = new Promise((resolve) => socket.once('close', resolve));
    await mock.close();
    await ended;
  });

  it('leaves no handle open: the process ends by itself', async () => {
    const code = `
      import { startMock } from './src/mock.ts';
      const mock = await startMock({ port: 0 });
      await (await fetch(mock.url + '${path}', ${JSON.stringify(auth)})).text();
      await mock.close();
      console.log('closed');`;
    const args = ['--import', tsx, '--input-type=module', '--eval', code];
    const { code: exit, stdout, stderr } = await run(process.execPath, args, root);
    expect({ exit, stdout, stderr }).toEqual({ exit: 0, stdout: 'closed\n', stderr: '' });
  });

  it('rejects with the code of the system where the port is taken, and can be started again', async () => {
    await using taken = await httpServer(() => undefined);
    const port = Number(new URL(taken.url).port);
    expect(await thrownBy(startMock({ port }))).toMatchObject({ code: 'EADDRINUSE' });
    await (await startMock({ port: 0 })).close();
  });

  it('rejects where the host is none', async () => {
    expect(await thrownBy(startMock({ port: 0, host: '203.0.113.1' }))).toMatchObject({ code: 'EADDRNOTAVAIL' });
  });

  test.each<[object | null, string]>([
    [{ prot: 1 }, 'There is no option "prot". The options are port, host, onRequest, onViolation.'],
    [null, 'The options must be an object'],
    [{ port: 65_536 }, 'port must be a whole number from 0 to 65535; it is 65536.'],
    [{ port: -1 }, 'port must be'],
    [{ port: 1.5 }, 'port must be'],
    [{ port: '4010' }, 'port must be a whole number from 0 to 65535; it is "4010".'],
    [{ host: 1 }, 'host must be a string; it is 1.'],
    [{ onRequest: 'log' }, 'onRequest must be a function.'],
    [{ onViolation: 'log' }, 'onViolation must be a function.'],
  ])('rejects a wrong option: %j', async (options, message) => {
    const error = await thrownBy(startMock(options as MockServerOptions));
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).toContain(message);
  });
});

describe('onRequest', () => {
  it('is told of each request, without keys and on one line', async () => {
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
    expect(served.map((request) => ({ ...request, duration: 0 }))).toEqual([
      { method: 'GET', path: `${path}?key=[redacted]`, status: 200, scenario: 'one-currency', duration: 0 },
      { method: 'GET', path: `${path}?token=[redacted]`, status: 200, scenario: 'one-currency', duration: 0 },
      { method: 'GET', path: '/ctm_%0A%1b', status: 404, scenario: undefined, duration: 0 },
    ]);
    for (const { duration } of served) expect(duration).toBeGreaterThan(0);
  });
});

describe('a browser on another origin', () => {
  it('may send Authorization and Paddle-Version', async () => {
    const mock = await startMock({ port: 0 });
    const preflight = await fetch(mock.url + path, {
      method: 'OPTIONS',
      headers: {
        Origin: 'http://localhost:5173',
        'Access-Control-Request-Method': 'GET',
        'Access-Control-Request-Headers': 'authorization,paddle-version',
      },
    });
    await mock.close();
    expect(preflight.ok).toBe(true);
    expect(preflight.headers.get('access-control-allow-headers')).toMatch(/authorization,\s*paddle-version/i);
    expect(preflight.headers.get('access-control-allow-origin')).toMatch(/^(\*|http:\/\/localhost:5173)$/);
  });
});
