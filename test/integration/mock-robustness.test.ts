import { connect } from 'node:net';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { customerId } from '../support/bodies.ts';
import { root, run, type Served, serveProbedMock } from '../support/process.ts';

const path = `/customers/${customerId}/credit-balances`;
const requests = 10_000;
const atOnce = 50;

/** Any text that could stand in a place of a request. */
const junk = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 60 }),
  fc.constantFrom(
    '%',
    '%zz',
    '%ff%fe',
    '%00',
    '//',
    '/../..',
    '?',
    '??',
    '#',
    ' ',
    '{customer_id}',
    '__proto__',
    'constructor',
    `${path}?currency_code=${'USD,'.repeat(2_000)}`,
    `ctm_${'0'.repeat(8_000)}`,
    '\u0000',
    '\r\n',
    'é',
    '*',
    'http://other/',
  ),
);
/** Half of a surrogate pair has no place in a URL. */
const wellFormed = (text: string) => Buffer.from(text).toString();
const latin1 = (text: string) => Buffer.from(text, 'latin1');

/** Whole requests through fetch, which would not send the worst of them. */
const sent = fc.record({
  kind: fc.constant('fetch' as const),
  method: fc.constantFrom('GET', 'GET', 'GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'),
  path: fc.oneof(
    fc.constant(path),
    junk.map((text) => `${path}?${encodeURI(wellFormed(text))}`),
    junk.map((text) => `/customers/${encodeURIComponent(wellFormed(text))}/credit-balances`),
    fc.constantFrom('/_mock', '/_mock/', '/_mock/reset', `/_mock${path}`, `/_mock/customers/${customerId}/credits`),
    junk.map((text) => `/_mock/invoices/${encodeURIComponent(wellFormed(text))}/cancel`),
  ),
  headers: fc.record({
    Authorization: fc.constantFrom('Bearer test', 'Bearer', 'Basic x', 'bearer '),
    Prefer: fc.oneof(
      fc.constantFrom('', 'code=404', 'code=999', 'example=x', 'code=200, example=no-credit', ',,;;==', 'dynamic=true'),
      fc.string({ unit: fc.constantFrom(...'code=xample,;"2 0'), maxLength: 40 }),
    ),
    Accept: fc.constantFrom('*/*', 'text/html', ';;', 'application/json;q=x'),
  }),
  body: fc.option(fc.constantFrom('{', '[]', 'x'.repeat(100_000)), { nil: undefined }),
});

/** Bytes on a socket, whole or cut off, that may be no HTTP at all. */
const raw = fc.record({
  kind: fc.constant('socket' as const),
  bytes: fc.oneof(
    junk.map((text) => latin1(`GET ${text} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer test\r\n\r\n`)),
    junk.map((text) => latin1(`GET ${path} HTTP/1.1\r\nHost: x\r\n${text}: ${text}\r\n\r\n`)),
    junk.map((text) => latin1(`GET ${path} HTTP/1.1\r\nHost: x\r\nPrefer: ${text}\r\nAuthorization: ${text}\r\n\r\n`)),
    junk.map((text) => latin1(text)),
    fc.constantFrom(
      latin1(`GET ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nTransfer-Encoding: chunked\r\n\r\n`),
      latin1(`POST ${path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`),
      latin1(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99999\r\n\r\n{`),
      latin1(`PUT /_mock${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{"USD": {"available": "1"`),
      latin1(`GET ${path} HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`),
      latin1(`GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer test\r\n\r\n`.repeat(5)),
      latin1(
        `GET ${path} HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n`,
      ),
      latin1(`CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n`),
      latin1('OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n'),
      latin1(`GET http://other${path} HTTP/1.1\r\nHost: x\r\n\r\n`),
      latin1(`GET ${path} HTTP/0.9\r\n\r\n`),
    ),
  ),
  cut: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 3, nil: undefined }),
});

type Sent = typeof sent extends fc.Arbitrary<infer Value> ? Value : never;
type Raw = typeof raw extends fc.Arbitrary<infer Value> ? Value : never;

async function send(url: string, request: Sent | Raw): Promise<void> {
  if (request.kind === 'fetch') {
    const { method, headers, body } = request;
    const withBody = body !== undefined && !['GET', 'HEAD'].includes(method);
    const signal = AbortSignal.timeout(30_000);
    const answer = await fetch(url + request.path, { method, headers, signal, ...(withBody ? { body } : {}) });
    await answer.text();
    expect(answer.status, JSON.stringify(request).slice(0, 500)).not.toBe(500);
    return;
  }
  const { bytes, cut } = request;
  await new Promise<void>((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.once('close', () => resolve());
    socket.on('error', () => undefined);
    socket.on('data', () => undefined);
    // What is cut off is dropped in the middle; what is whole is given time for an answer.
    if (cut !== undefined) socket.write(bytes.subarray(0, Math.floor(bytes.length * cut)), () => socket.destroy());
    else socket.end(bytes);
    socket.setTimeout(2_000, () => socket.destroy());
  });
}

async function storm(mock: Served, count: number, seed: number): Promise<void> {
  const all = fc.sample(fc.oneof(sent, raw), { numRuns: count, seed });
  const next = all[Symbol.iterator]();
  const worker = async () => {
    for (const request of next) await send(mock.url, request);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

it(`the mock survives ${requests} malformed, oversized and interleaved requests as it was before them`, async () => {
  await using mock = await serveProbedMock();
  // Warm: code is compiled, pools are filled.
  await storm(mock, requests / 5, 1);
  const before = await mock.measureMemory();
  await storm(mock, requests, 2);
  const after = await mock.measureMemory();

  const response = await fetch(mock.url + path, { headers: { Authorization: 'Bearer test' } });
  expect(await response.json()).toMatchObject({ data: [{ balance: { available: '550' } }] });
  // Less than a trace of 200 bytes for each request; a header alone is longer.
  expect(after - before).toBeLessThan(requests * 200);
  expect(await mock.stop('SIGTERM')).toBe(0);
  // Unhandled rejections and warnings of leaks would be here.
  expect(mock.readOutput()).toBe(`The mock serves the contract on ${mock.url} (Ctrl+C stops it).\n`);
}, 240_000);

it('a closed mock leaves no handle open, so that the process ends by itself', async () => {
  const code = `
    import { startMock } from './dist/mock.js';
    const mock = await startMock({ port: 0 });
    await (await fetch(mock.url + '${path}', { headers: { Authorization: 'Bearer test' } })).text();
    await mock.close();
    console.log('closed');`;
  const args = ['--input-type=module', '--eval', code];
  const { code: exit, stdout, stderr } = await run(process.execPath, args, root);
  expect({ exit, stdout, stderr }).toEqual({ exit: 0, stdout: 'closed\n', stderr: '' });
});
