import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage, Server } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it, test, vi } from 'vitest';
import { scenarios } from '../../generated/scenarios.js';
import { createCreditBalancesClient } from '../../src/index.ts';
import { type MockServer, type MockServerOptions, type ServedRequest, startMock } from '../../src/mock.ts';
import { createMockFetch } from '../../src/testing.ts';
import { customerId, getErrorBody, makeKey } from '../support/bodies.ts';
import { makeBalancesPath } from '../support/mocks.ts';

const path = makeBalancesPath(customerId);
const auth = { Authorization: 'Bearer test' };

let mock: MockServer | undefined;
const log: ServedRequest[] = [];
const start = async (options: MockServerOptions = {}) => {
  mock = await startMock({ port: 0, onRequest: (request) => log.push(request), ...options });
  return mock;
};
afterEach(async () => {
  await mock?.close();
  mock = undefined;
  log.length = 0;
});

/** Sends bytes, and resolves to all that comes back until the other side ends, or until it has `count` answers. */
function exchange(url: string, bytes: string, count = Number.POSITIVE_INFINITY): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
      if ((text.match(/HTTP\/1\.1 \d/g) ?? []).length >= count && text.endsWith('}')) socket.destroy();
    });
    socket.once('error', reject);
    socket.once('close', () => resolve(text));
    socket.write(bytes);
  });
}

/** By Node's own client, which sends what `fetch` would refuse. */
function send(url: string, options: { method?: string; path?: string; headers?: Record<string, string> }) {
  return new Promise<{ status: number; headers: IncomingMessage['headers']; body: string }>((resolve, reject) => {
    const sent = httpRequest(url, { agent: false, ...options }, (response) => {
      let body = '';
      response.on('data', (chunk) => (body += chunk));
      response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.once('error', reject);
    sent.end();
  });
}

describe('the mock as an HTTP server', () => {
  it('the mock answers several requests on one connection in their order', async () => {
    const { url } = await start({ delay: 20 });
    const head = (target: string) => `GET ${target} HTTP/1.1\r\nHost: mock\r\nAuthorization: Bearer test\r\n\r\n`;
    const names = ['not_found', 'no-credit', 'forbidden'];
    const ids = names.map((name) => scenarios.find((scenario) => scenario.name === name)?.customerId ?? '');
    const text = await exchange(url, ids.map((id) => head(makeBalancesPath(id))).join(''), 3);
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 404', 'HTTP/1.1 200', 'HTTP/1.1 403']);
  });

  test.each([
    ['HEAD', path, 405, ''],
    ['HEAD', '/nothing', 404, ''],
    ['OPTIONS', path, 405, 'problem'],
    ['OPTIONS', '*', 404, 'problem'],
    ['POST', path, 405, 'problem'],
    ['TRACE', path, 405, 'problem'],
    ['PROPFIND', path, 405, 'problem'],
    ['GET', `http://other.example${path}`, 200, 'data'],
    ['GET', '//other.example/_mock', 404, 'problem'],
    ['GET', `//customers/${customerId}/credit-balances`, 404, 'problem'],
    ['HEAD', '/_mock', 200, ''],
    ['OPTIONS', '/_mock', 204, ''],
  ])('the mock answers %s %s with the status %i', async (method, target, status, kind) => {
    const { url } = await start();
    const response = await send(url, { method, path: target, headers: auth });
    expect(response.status).toBe(status);
    if (kind === '') expect(response.body).toBe('');
    else if (kind === 'data') expect(JSON.parse(response.body).data).toHaveLength(1);
    else {
      expect(response.headers['content-type']).toBe('application/problem+json');
      expect(JSON.parse(response.body)).toMatchObject({ status, type: expect.stringContaining('prism/errors#') });
    }
  });

  it('the mock ends a CONNECT, ignores an upgrade, and goes on serving', async () => {
    const { url } = await start();
    expect(await exchange(url, 'CONNECT other:443 HTTP/1.1\r\nHost: other\r\n\r\n')).toBe('');
    const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\n';
    const text = await exchange(
      url,
      `GET ${path} HTTP/1.1\r\nHost: mock\r\n${upgrade}${'Authorization: Bearer test'}\r\n\r\n`,
      1,
    );
    expect(text).toContain('HTTP/1.1 200');
    expect((await fetch(url + path, { headers: auth })).status).toBe(200);
  });

  test.each([
    ['headers', { ...auth, 'X-Long': 'x'.repeat(40_000) }, path],
    ['an address', auth, `${path}?page=${'x'.repeat(40_000)}`],
  ])("the mock answers %s of 40,000 characters with Paddle's 431", async (_, headers, target) => {
    const { url } = await start();
    const first = await send(url, { path: target, headers });
    const second = await send(url, { path: target, headers });
    expect(first.status).toBe(431);
    expect(first.headers['content-type']).toBe('application/json');
    const { error, meta } = JSON.parse(first.body);
    expect(error).toEqual(getErrorBody('request_headers_too_large').error);
    expect(meta.request_id).toMatch(/^[\da-f-]{36}$/);
    expect(JSON.parse(second.body).meta.request_id).not.toBe(meta.request_id);
    const client = createCreditBalancesClient({
      apiKey: 'test',
      baseUrl: url,
      headers: { 'X-Long': 'x'.repeat(40_000) },
    });
    await expect(client.listCreditBalances(customerId)).rejects.toMatchObject({
      name: 'ApiError',
      code: 'request_headers_too_large',
    });
  });

  it('the mock answers what is not HTTP with 400, and goes on serving', async () => {
    const { url } = await start();
    const refused = await exchange(url, 'SSH-2.0-OpenSSH_9.2\r\n\r\n');
    expect(refused).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nContent-Type: application\/problem\+json\r\n/);
    expect(refused).toMatch(/"status":400,"detail":"Node refuses the request: Parse Error: /);
    expect((await fetch(url + path, { headers: auth })).status).toBe(200);
  });

  it('the mock answers a request without a host, one with an unknown expectation, and one with very many headers', async () => {
    const { url } = await start();
    const key = 'Authorization: Bearer test\r\nConnection: close\r\n\r\n';
    const line = `GET ${path} HTTP/1.1\r\n`;
    for (const head of ['', 'Host: mock\r\nExpect: nothing\r\n', `Host: mock\r\n${'a:\r\n'.repeat(2_500)}`]) {
      expect(await exchange(url, line + head + key)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    }
    expect(log.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('a body of more than 10 MB to /_mock is answered with 413 as problem+json, and changes nothing', async () => {
    const { url, ledger } = await start();
    const control = `${url}/_mock${path}`;
    const body = JSON.stringify({ USD: { available: '1' } }) + ' '.repeat(11_000_000);
    const response = await fetch(control, { method: 'PUT', body });
    expect(response.status).toBe(413);
    expect(response.headers.get('Content-Type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ type: '/_mock#body-too-large', status: 413 });
    expect(ledger.get(customerId)).toBeUndefined();
    expect((await fetch(control, { method: 'PUT', body: '{}' })).status).toBe(200);
    expect(log.map(({ status, source }) => [status, source])).toEqual([
      [413, 'control'],
      [200, 'control'],
    ]);
  });

  it('a request to the API is answered whatever the size of its body', async () => {
    const { url } = await start();
    const response = await fetch(url + path, { method: 'POST', body: 'x'.repeat(11_000_000), headers: auth });
    expect(response.status).toBe(405);
  });
});

describe('closing the mock', () => {
  it('close() ends a delayed answer within its grace, and leaves no timer behind', async () => {
    const delay = 3_600_123;
    const set = vi.spyOn(globalThis, 'setTimeout');
    const cleared = vi.spyOn(globalThis, 'clearTimeout');
    const { url, close } = await start({ delay });
    const call = exchange(url, `GET ${path} HTTP/1.1\r\nHost: mock\r\n\r\n`);
    const timer = () => set.mock.results.find((_, index) => set.mock.calls[index]?.[1] === delay)?.value;
    await vi.waitFor(() => expect(timer()).toBeDefined());
    await close();
    expect(await call).toBe('');
    await vi.waitFor(() => expect(log).toMatchObject([{ status: undefined, source: 'lost connection' }]));
    expect(cleared.mock.calls.flat()).toContain(timer());
    vi.restoreAllMocks();
  });

  it('close() waits for a delayed answer that comes within its grace', async () => {
    const { url, close } = await start({ delay: 150 });
    const set = vi.spyOn(globalThis, 'setTimeout');
    const call = exchange(url, `GET ${path} HTTP/1.1\r\nHost: mock\r\n\r\n`);
    await vi.waitFor(() => expect(set.mock.calls.map(([, delay]) => delay)).toContain(150));
    vi.restoreAllMocks();
    await close();
    expect(await call).toContain('authentication_missing');
  });

  it('close() does not wait for a connection on which nothing was sent', async () => {
    const { url, close } = await start();
    const last = vi.spyOn(Server.prototype, 'closeAllConnections');
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    await once(socket, 'connect');
    await (await fetch(url + path, { headers: auth })).text();
    await close();
    expect(last).not.toHaveBeenCalled();
    vi.restoreAllMocks();
    socket.destroy();
  });

  it('a client that leaves during the delay is logged as a lost connection', async () => {
    const { url } = await start({ delay: 3_600_000 });
    await expect(fetch(url + path, { headers: auth, signal: AbortSignal.timeout(50) })).rejects.toThrow();
    await vi.waitFor(() => expect(log).toMatchObject([{ status: undefined, source: 'lost connection' }]));
  });
});

describe('what the caller of startMock passes in', () => {
  const failing = {
    throws: () => {
      throw new Error('the disk is full');
    },
    rejects: async () => {
      throw new Error('the disk is full');
    },
  };

  test.each(Object.entries(failing))('an onRequest that %s is reported and ends nothing', async (_, onRequest) => {
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const { url } = await start({ onRequest });
    for (const status of [200, 200]) expect((await fetch(url + path, { headers: auth })).status).toBe(status);
    await vi.waitFor(() => expect(warned).toHaveBeenCalledTimes(2));
    expect(warned.mock.calls[0]?.[0]).toMatch(/^onRequest (threw|rejected): the disk is full$/);
    warned.mockRestore();
  });

  it('the log has one line that says what Paddle documents for a query that Paddle may read otherwise', async () => {
    const { url } = await start();
    const queries = [
      'currency_code=USD',
      'currency_code[]=EUR',
      'currency_code=USD&currency_code=EUR',
      'page=1&page=2',
      'a=1&b=2&c=3&d=4&currency_code=EUR&currency_code=USD',
    ];
    const found: unknown[] = [];
    for (const query of queries) {
      const response = await fetch(`${url}${path}?${query}`, { headers: auth });
      found.push([response.status, (await response.json()).data.length]);
    }
    // As before: an unknown key filters nothing, a repeated one is read like a list.
    expect(found).toEqual(queries.map(() => [200, 1]));
    const documented = 'Paddle documents currency_code, once, as one comma-separated list';
    expect(log.map(({ warning }) => warning)).toEqual([
      undefined,
      `ignored unknown query key "currency_code[]": ${documented}`,
      `repeated query key "currency_code": ${documented}`,
      `ignored unknown query key "page": ${documented}`,
      `ignored unknown query keys "a", "b", "c" and 1 more; repeated query key "currency_code": ${documented}`,
    ]);
  });

  it('no log, and no call of the mock fetch, shows a key, wherever a request has it and however it is encoded', async () => {
    const { url } = await start();
    const key = makeKey();
    const legacy = 'qwertyuiopasdfghjklzxcvbnm'.repeat(2).slice(0, 50);
    const encoded = [...key].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join('');
    const targets = [
      `${path}?key=${key}`,
      `${path}?key=${key.toUpperCase()}`,
      `${path}?key=${encoded}`,
      `${path}?key=${encoded.replaceAll('%', '%25')}`,
      `${path}?${key}=1`,
      `${path}?key=${legacy}`,
      `${path}?key=${Buffer.from(key).toString('base64url')}`,
      `/customers/${key}/credit-balances`,
      `http://user:${key}@other.example${path}`,
      `${path}?x=${'%20'.repeat(660)}${legacy}`,
    ];
    const mockFetch = createMockFetch();
    for (const target of targets) {
      for (const headers of [auth, { Authorization: `Bearer ${key}`, 'X-Key': key }, { ...auth, 'X-Key': legacy }]) {
        await send(url, { path: target, headers });
        // Like any fetch, it takes no user info.
        if (target.startsWith('/')) await mockFetch(`http://localhost${target}`, { headers });
      }
    }
    expect(log).toHaveLength(3 * targets.length);
    expect(mockFetch.calls).toHaveLength(3 * (targets.length - 1));
    const parts = [...key.split('_').filter((part) => part.length >= 10), legacy].map((part) => part.slice(0, 10));
    for (const request of [...log, ...mockFetch.calls]) {
      const text = JSON.stringify(request);
      for (const shown of [text, decodeURIComponent(decodeURIComponent(text))]) {
        for (const part of parts) expect(shown.toLowerCase()).not.toContain(part.toLowerCase());
      }
    }
  });
});
