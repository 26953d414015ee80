import { getEventListeners } from 'node:events';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, test, vi } from 'vitest';
import { scenarios } from '../../generated/scenarios.js';
import { probeNames } from '../../src/credit-balances/probes.ts';
import { ConnectionError, TimeoutError, UsageError } from '../../src/index.ts';
import { type MockServer, startMock } from '../../src/mock.ts';
import { createMockFetch } from '../../src/testing.ts';
import { checkResponse, type ProbeResult, type Report, verifyServer } from '../../src/verify.ts';
import { catchError, customerId, getCredit, getErrorBody, makeKey } from '../support/bodies.ts';
import { changeBody, type HttpAnswer, startFaultyServer } from '../support/faulty.ts';
import { type Reply, startHttpServer } from '../support/server.ts';

const several = 'ctm_01mock200several0000000000';
const other = 'ctm_01hv6y1jedq4p1n0yqn5ba3ky4';
const probeCount = probeNames.length;
/** "list: error schema body/data/0" for each finding. */
const brief = ({ probes }: Report) =>
  probes.flatMap(({ name, findings }) =>
    findings.map(({ severity, rule, location }) => `${name}: ${severity} ${rule} ${location}`),
  );

describe('the mock server', () => {
  let mock: MockServer;
  beforeAll(async () => {
    mock = await startMock({ port: 0 });
  });
  afterAll(() => mock.close());

  it.each([customerId, several])('the mock server passes every probe for %s without a finding', async (id) => {
    const report = await verifyServer({ server: mock.url, apiKey: 'test-key', customerId: id });
    expect(brief(report)).toEqual([]);
    expect(report).toMatchObject({ server: mock.url, customerId: id, passed: true });
    expect(report.probes.map(({ name, received, outcome }) => [name, received.status, received.code, outcome])).toEqual(
      [
        ['list', 200, undefined, 'passed'],
        ['filter', 200, undefined, 'passed'],
        ['filter without a match', 200, undefined, 'passed'],
        ['unknown customer', 404, 'not_found', 'passed'],
        ['malformed id', 400, 'invalid_field', 'passed'],
        ['no key', 403, 'authentication_missing', 'passed'],
        ['malformed header', 403, 'authentication_malformed', 'passed'],
        ['key that cannot be valid', 403, 'invalid_token', 'passed'],
      ],
    );
  });

  it('checkResponse finds nothing in any scenario of the mock server', async () => {
    for (const scenario of scenarios) {
      const response = await fetch(`${mock.url}/customers/${scenario.customerId}/credit-balances`, {
        headers: { Authorization: 'Bearer test' },
      });
      expect(response.status).toBe(scenario.status);
      expect(await checkResponse(response), scenario.name).toEqual([]);
    }
  });
});

describe('what is sent', () => {
  it('verifyServer sends one request at a time, each with the API version, and the key only where it belongs', async () => {
    let open = 0;
    const mock = createMockFetch();
    const sent: { url: string; authorization: string | null; version: string | null }[] = [];
    const seen: [string, number][] = [];
    const report = await verifyServer({
      server: 'http://localhost/gate/',
      apiKey: 'test-key',
      customerId: several,
      fetch: async (input, init) => {
        open += 1;
        expect(open).toBe(1);
        const { url, headers } = new Request(input, init);
        sent.push({ url, authorization: headers.get('Authorization'), version: headers.get('Paddle-Version') });
        const answer = await mock(url.replace('/gate', ''), init);
        open -= 1;
        return answer;
      },
      onProbe: ({ name }, total) => seen.push([name, total]),
    });
    // The mock in process passes as the server does.
    expect(brief(report)).toEqual([]);
    const at = (id: string, query = '') => `http://localhost/gate/customers/${id}/credit-balances${query}`;
    const version = '1';
    expect(sent).toEqual([
      { url: at(several), authorization: 'Bearer test-key', version },
      { url: at(several, '?currency_code=EUR,GBP,USD'), authorization: 'Bearer test-key', version },
      { url: at(several, '?currency_code=GBP'), authorization: 'Bearer test-key', version },
      { url: at('ctm_01mock404notfound000000000'), authorization: 'Bearer test-key', version },
      { url: at('not-a-customer-id'), authorization: 'Bearer test-key', version },
      { url: at(several), authorization: null, version },
      { url: at(several), authorization: 'not-a-bearer-token', version },
      { url: at(several), authorization: 'Bearer pdl_sdbx_apikey_invalid', version },
    ]);
    expect(report.probes.map(({ request }) => request)).toEqual(sent.map(({ url }) => `GET ${url}`));
    expect(seen).toEqual(report.probes.map(({ name }) => [name, probeCount]));
  });

  it('verifyServer sends at most four requests a second to another machine', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const mock = createMockFetch();
    const starts: number[] = [];
    const report = verifyServer({
      server: 'https://paddle.example',
      apiKey: 'test-key',
      customerId,
      fetch: (...args) => {
        starts.push(performance.now());
        return mock(...args);
      },
    });
    // It moves the clock on as it waits.
    await vi.waitFor(() => expect(starts).toHaveLength(probeCount), 10_000);
    expect((await report).passed).toBe(true);
    const pauses = starts.slice(1).map((start, index) => Math.round(start - (starts[index] as number)));
    expect(pauses).toEqual(Array(probeCount - 1).fill(250));
  });
});

/** A fault of every 200. */
const inLists =
  (fault: (answer: HttpAnswer) => Partial<HttpAnswer>) =>
  (answer: HttpAnswer): Partial<HttpAnswer> =>
    answer.status === 200 ? fault(answer) : {};
const type = (value: string) => () => ({ headers: { 'content-type': value } });
const one = getCredit('one-currency').data[0];
const tooMany = JSON.stringify(getErrorBody('too_many_requests'));
const json = { 'content-type': 'application/json' };

describe('a server that breaks the contract', () => {
  test.each<[string, Parameters<typeof startFaultyServer>[0], string]>([
    ['a wrong body', inLists(() => ({ body: '{"balances":[]}' })), 'list: error schema body'],
    ['broken JSON', inLists(({ body }) => ({ body: body.slice(0, -5) })), 'list: error not-json body'],
    [
      'a request id that is no UUID',
      inLists((answer) => changeBody(answer, ({ meta }) => (meta.request_id = 'first'))),
      'list: error format body/meta/request_id',
    ],
    ['text/html', inLists(type('text/html')), 'list: error content-type header Content-Type'],
    ['problem+json', inLists(type('application/problem+json')), 'list: error content-type header Content-Type'],
    ['no content type', inLists(() => ({ headers: {} })), 'list: error content-type header Content-Type'],
    [
      'no Retry-After',
      inLists(() => ({ status: 429, headers: json, body: tooMany })),
      'list: error missing-header header Retry-After',
    ],
    [
      'a Retry-After that is no number',
      inLists(() => ({ status: 429, headers: { ...json, 'retry-after': 'soon' }, body: tooMany })),
      'list: error header-value header Retry-After',
    ],
    ['an undeclared status', inLists(() => ({ status: 202 })), 'list: error undeclared-status status'],
    [
      'a number as a total',
      inLists((answer) => changeBody(answer, ({ data }) => Object.assign(data[0]?.balance ?? {}, { used: 1300 }))),
      'list: error schema body/data/0/balance/used',
    ],
    [
      'a missing total',
      inLists((answer) => changeBody(answer, ({ data }) => delete data[0]?.balance.reserved)),
      'list: error schema body/data/0/balance',
    ],
    [
      'null as a total',
      inLists((answer) => changeBody(answer, ({ data }) => Object.assign(data[0]?.balance ?? {}, { available: null }))),
      'list: error schema body/data/0/balance/available',
    ],
    [
      'the whole list whatever the filter says',
      inLists((answer) => changeBody(answer, (list) => (list.data = [one]))),
      'filter without a match: error filter body/data/0/currency_code',
    ],
    [
      'nothing whenever there is a filter',
      (answer, { url }) => (url.includes('?') ? changeBody(answer, (list) => (list.data = [])) : {}),
      'filter: error filter body/data',
    ],
    [
      'the balances of another customer',
      inLists((answer) => changeBody(answer, ({ data }) => Object.assign(data[0] ?? {}, { customer_id: other }))),
      'list: error customer body/data/0/customer_id',
    ],
    ['401 in place of 403', ({ status }) => (status === 403 ? { status: 401 } : {}), 'no key: error outcome status'],
    [
      'an undeclared error status without the body of a Paddle error',
      ({ status }) => (status === 400 ? { status: 422, headers: { 'content-type': 'text/html' }, body: 'no' } : {}),
      'malformed id: error undeclared-status status',
    ],
    ['an empty 200', inLists(() => ({ body: '' })), 'list: error not-json body'],
    [
      'a 200 for a customer that it does not have',
      ({ status }) => (status === 404 ? { status: 200, body: JSON.stringify(getCredit('no-credit')) } : {}),
      'unknown customer: error outcome status',
    ],
    [
      'a 200 without a key',
      (_, { authorization }) =>
        authorization === undefined ? { status: 200, body: JSON.stringify(getCredit('one-currency')) } : {},
      'no key: error outcome status',
    ],
    [
      'another code',
      (answer) => (answer.status === 404 ? changeBody(answer, ({ error }) => (error.code = 'bad_request')) : {}),
      'unknown customer: error outcome body/error/code',
    ],
    [
      'a redirect',
      inLists(() => ({ status: 302, headers: { location: '/' } })),
      'list: error undeclared-status status',
    ],
  ])('verifyServer fails a server that answers with %s', async (_, fault, finding) => {
    await using server = await startFaultyServer(fault);
    const report = await verifyServer({ server: server.url, apiKey: 'test-key', customerId });
    expect(brief(report)).toContain(finding);
    expect(report.passed).toBe(false);
    const [name] = finding.split(':');
    expect(report.probes.find((probe) => probe.name === name)?.outcome).toBe('failed');
    expect(report.probes).toHaveLength(probeCount);
  });

  it('verifyServer names each currency that a filter should have left out', async () => {
    const whole = getCredit('several-currencies');
    await using server = await startFaultyServer(inLists(() => ({ body: JSON.stringify(whole) })));
    const report = await verifyServer({ server: server.url, apiKey: 'test-key', customerId: several });
    expect(brief(report)).toEqual([
      'filter: error filter body/data/2/currency_code',
      'filter without a match: error filter body/data/0/currency_code',
      'filter without a match: error filter body/data/1/currency_code',
      'filter without a match: error filter body/data/2/currency_code',
    ]);
  });
});

it.each([
  ['first', /(currency_code=[A-Z]+),[^&]*/, '$1'],
  ['last', /(currency_code=).*,/, '$1'],
] as const)('a server that reads the %s currency of a filter alone fails', async (_, list, one) => {
  const mock = createMockFetch();
  const report = await verifyServer({
    ...{ server: 'http://127.0.0.1:9', apiKey: 'test-key', customerId: several },
    fetch: (input, init) => mock(String(input).replace(list, one), init),
  });
  expect(brief(report)).toEqual(['filter: error filter body/data']);
});

it('a server that has its fields in another order each time passes without a warning', async () => {
  let number = 0;
  await using server = await startFaultyServer((answer) => {
    number += 1;
    if (answer.status !== 200 || number % 2 === 0) return {};
    return changeBody(answer, ({ data }) => {
      for (const each of data) each.balance = Object.fromEntries(Object.entries(each.balance).reverse());
    });
  });
  const report = await verifyServer({ server: server.url, apiKey: 'test', customerId });
  expect(report.probes.flatMap(({ findings }) => findings)).toEqual([]);
});

it('a server that filters into other amounts passes with a warning', async () => {
  await using server = await startFaultyServer((answer, { url }) =>
    url.includes('?') && answer.status === 200
      ? changeBody(answer, ({ data }) => Object.assign(data[0]?.balance ?? {}, { used: '0' }))
      : {},
  );
  const report = await verifyServer({ server: server.url, apiKey: 'test-key', customerId });
  expect(brief(report)).toEqual(['filter: warning filter body/data/0/balance']);
});

describe('a server that differs without breaking the contract', () => {
  test.each<[string, Parameters<typeof startFaultyServer>[0], string]>([
    [
      'a new field',
      inLists((answer) => changeBody(answer, (list) => (list.has_more = false))),
      'list: warning unknown-field body/has_more',
    ],
    [
      'a new currency',
      (answer, { url }) =>
        answer.status === 200 && !url.includes('?')
          ? changeBody(answer, ({ data }) => data.push({ ...one, currency_code: 'XYZ' }))
          : {},
      'list: warning unknown-value body/data/1/currency_code',
    ],
    [
      'another status for a malformed id',
      (answer) => (answer.status === 400 ? { status: 404, body: JSON.stringify(getErrorBody('not_found')) } : {}),
      'malformed id: warning outcome status',
    ],
    [
      'an undeclared error status with the body of a Paddle error',
      ({ status }) => (status === 400 ? { status: 422 } : {}),
      'malformed id: warning undeclared-status status',
    ],
    [
      'a 404 where the filter matches nothing',
      (_, { url }) => (/=[A-Z]{3}$/.test(url) ? { status: 404, body: JSON.stringify(getErrorBody('not_found')) } : {}),
      'filter without a match: warning outcome status',
    ],
    [
      'a customer without credit',
      inLists((answer) => changeBody(answer, (list) => (list.data = []))),
      'filter: warning unchecked body/data',
    ],
  ])('verifyServer warns of %s, and the server passes', async (_, change, finding) => {
    await using server = await startFaultyServer(change);
    const report = await verifyServer({ server: server.url, apiKey: 'test-key', customerId });
    expect(brief(report)).toContain(finding);
    expect(brief(report).filter((text) => text.includes('error '))).toEqual([]);
    expect(report.passed).toBe(true);
    expect(report.probes.find(({ name }) => finding.startsWith(`${name}:`))?.outcome).toBe('warned');
  });
});

describe('an outcome that Paddle does not document', () => {
  const page = { headers: { 'content-type': 'text/html' }, body: '<h1>Blocked</h1>' };
  const problem = { headers: { 'content-type': 'application/problem+json' }, body: '{"title":"no"}' };
  const envelope = (code: string) => ({ headers: json, body: JSON.stringify(getErrorBody(code)) });
  const ofUndocumented =
    (answer: Partial<HttpAnswer>) =>
    ({ status }: HttpAnswer, { url }: { url: string }): Partial<HttpAnswer> =>
      status === 400 || /=[A-Z]{3}$/.test(url) ? answer : {};

  test.each<[what: string, answer: Partial<HttpAnswer>]>([
    ['a 400 with an HTML page', { status: 400, ...page }],
    ['a 404 with an HTML page', { status: 404, ...page }],
    ['a 404 without a body', { status: 404, headers: json, body: '' }],
    ['a 404 with problem+json', { status: 404, ...problem }],
    ['a 404 whose error is not a Paddle error', { status: 404, headers: json, body: '{"error":{"code":"not_found"}}' }],
    [
      'a 404 with a Paddle error that is not called JSON',
      { status: 404, ...envelope('not_found'), ...{ headers: {} } },
    ],
    ['a 422 without the body of a Paddle error', { status: 422, headers: json, body: '{"message":"no"}' }],
    ['a redirect', { status: 302, headers: { location: '/login' }, body: '' }],
    ['a 500 with a Paddle error', { status: 500, ...envelope('internal_error') }],
    ['a 503 with a Paddle error', { status: 503, ...envelope('service_unavailable') }],
    ['a 599 with a Paddle error', { status: 599, ...envelope('internal_error') }],
    ['a 502 with an HTML page', { status: 502, ...page }],
    ['a 204', { status: 204, headers: {}, body: '' }],
    ['a 200 with an HTML page', { status: 200, ...page }],
  ])('verifyServer fails a probe also where the outcome is undocumented: %s', async (_, answer) => {
    await using server = await startFaultyServer(ofUndocumented(answer));
    const { probes, passed } = await verifyServer({ server: server.url, apiKey: 'test-key', customerId });
    expect(passed).toBe(false);
    const outcomes = Object.fromEntries(probes.map(({ name, outcome }) => [name, outcome]));
    expect(outcomes).toMatchObject({ list: 'passed', 'filter without a match': 'failed', 'malformed id': 'failed' });
  });

  test.each([
    [404, 'not_found'],
    [403, 'forbidden'],
    [409, 'bad_request'],
    [418, 'bad_request'],
  ])(
    'verifyServer only warns where another Paddle error comes in place of an undocumented outcome: %i %s',
    async (status, code) => {
      await using server = await startFaultyServer(ofUndocumented({ status, ...envelope(code) }));
      const { probes, passed } = await verifyServer({ server: server.url, apiKey: 'test-key', customerId });
      expect(passed).toBe(true);
      expect(probes.filter(({ outcome }) => outcome === 'warned').map(({ name }) => name)).toEqual([
        'filter without a match',
        'malformed id',
      ]);
    },
  );
});

describe('a status that the contract does not list', () => {
  const undeclared = [402, 418, 451, 505, 599];
  const respond = (status: number, body: string, type = 'application/json') =>
    checkResponse(new Response(body, { status, headers: { 'Content-Type': type } }));

  test.each(undeclared)(
    'checkResponse warns of the status %i with a Paddle error, and of nothing else',
    async (status) => {
      const found = await respond(status, JSON.stringify(getErrorBody('bad_request')));
      expect(found.map(({ severity, rule }) => [severity, rule])).toEqual([['warning', 'undeclared-status']]);
    },
  );

  test.each(undeclared)('checkResponse calls the status %i without a Paddle error an error', async (status) => {
    for (const found of [
      await respond(status, '<h1>', 'text/html'),
      await respond(status, '{}'),
      await respond(status, ''),
      await respond(status, JSON.stringify(getErrorBody('bad_request')), 'text/plain'),
    ]) {
      expect(found[0]).toMatchObject({ severity: 'error', rule: 'undeclared-status' });
    }
  });
});

describe('a body that does not end', () => {
  const endless =
    (type: string): Reply =>
    (response) => {
      response.writeHead(200, { 'content-type': type });
      const chunk = Buffer.alloc(64 * 1024, ' ');
      const write = () => {
        while (response.write(chunk) && !response.destroyed);
      };
      response.on('drain', write);
      write();
    };
  /** A gigabyte, of which a thousandth travels. */
  const compressed = Buffer.concat(Array(1_024).fill(gzipSync(Buffer.alloc(1_048_576, ' '))));
  const bomb: Reply = (response) => response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(compressed);

  test.each<[string, Reply, object]>([
    ['an endless body', endless('application/json'), {}],
    ['an endless page', endless('text/html'), {}],
    ['a gzip bomb', bomb, {}],
    [
      'a body above maxBodySize',
      (response) => response.writeHead(200, json).end(' '.repeat(200)),
      { maxBodySize: 100 },
    ],
  ])('verifyServer and checkResponse end at once, and say so, for %s', async (_, reply, options) => {
    await using server = await startHttpServer(reply);
    const before = process.memoryUsage.rss();
    const report = await verifyServer({ server: server.url, apiKey: 'test-key', customerId, ...options });
    expect(report.probes.map(({ outcome }) => outcome)).toEqual(Array(probeCount).fill('failed'));
    expect(brief(report)).toContain('list: error body-size body');
    const response = await fetch(server.url);
    const found = await checkResponse(response, options);
    await response.body?.cancel();
    expect(found.map(({ rule }) => rule)).toContain('body-size');
    // A tenth of what the bomb holds.
    expect(process.memoryUsage.rss() - before).toBeLessThan(100_000_000);
  });

  it('a body of exactly maxBodySize bytes is read', async () => {
    const body = JSON.stringify(getCredit('one-currency'));
    const options = { headers: json };
    const maxBodySize = body.length;
    expect(await checkResponse(new Response(body, options), { maxBodySize })).toEqual([]);
    expect(await checkResponse(new Response(body, options), { maxBodySize: maxBodySize - 1 })).toMatchObject([
      { rule: 'body-size', severity: 'error' },
    ]);
  });
});

describe('a gateway with rules of its own', () => {
  it('verifyServer sends the headers of the caller with each request, and no report shows them', async () => {
    const secret = makeKey().slice(-30);
    const headers: (string | undefined)[] = [];
    await using server = await startHttpServer((response, request) => {
      headers.push(request.headers['x-gateway']?.toString());
      response.writeHead(403, json).end(JSON.stringify({ error: secret, headers: request.headers }));
    });
    const report = await verifyServer({
      server: server.url,
      apiKey: 'test-key',
      customerId,
      headers: { 'X-Gateway': secret },
    });
    expect(headers).toEqual(Array(probeCount).fill(secret));
    expect(JSON.stringify(report)).not.toContain(secret.slice(5, 15));
  });

  it('verifyServer leaves out the probes of skip, and passes a server that only they would fail', async () => {
    await using server = await startFaultyServer((_, { authorization }) =>
      authorization?.startsWith('Bearer ')
        ? {}
        : { status: 401, body: '<h1>', headers: { 'content-type': 'text/html' } },
    );
    const options = { server: server.url, apiKey: 'test-key', customerId };
    expect((await verifyServer(options)).passed).toBe(false);
    const report = await verifyServer({ ...options, skip: ['no key', 'malformed header'] });
    expect(report.passed).toBe(true);
    expect(report.probes).toHaveLength(probeCount - 2);
    expect(brief(report)).toEqual([]);
  });

  it('without the probe list, the filter cannot be checked, and verifyServer says so', async () => {
    const mock = createMockFetch();
    const options = { server: 'http://localhost', apiKey: 'test-key', customerId, fetch: mock };
    const report = await verifyServer({ ...options, skip: ['list'] });
    expect(brief(report)).toEqual(['filter: warning unchecked body/data']);
  });
});

describe('a server that does not answer', () => {
  it('a server that verifyServer cannot reach is a ConnectionError that names the request', async () => {
    const server = await startHttpServer(() => undefined);
    await server[Symbol.asyncDispose]();
    const error = await catchError(verifyServer({ server: server.url, apiKey: 'test-key', customerId }));
    expect(error).toBeInstanceOf(ConnectionError);
    expect((error as Error).message).toContain(`GET ${server.url}/customers/${customerId}/credit-balances`);
  });

  it('a body that verifyServer does not get in time is a TimeoutError', async () => {
    await using server = await startHttpServer((response) => response.writeHead(200, json).write('{'));
    const error = await catchError(verifyServer({ server: server.url, apiKey: 'test-key', customerId, timeout: 100 }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect((error as TimeoutError).timeout).toBe(100);
  });

  it('an abort of verifyServer rejects with the reason of the signal', async () => {
    await using server = await startHttpServer(() => undefined);
    const controller = new AbortController();
    const call = verifyServer({ server: server.url, apiKey: 'test-key', customerId, signal: controller.signal });
    const reason = new Error('enough');
    setTimeout(() => controller.abort(reason), 50);
    expect(await catchError(call)).toBe(reason);
  });
});

it('verifyServer leaves no listener on the signal of the caller', async () => {
  const { signal } = new AbortController();
  const options = { server: 'http://localhost', apiKey: 'test-key', customerId, fetch: createMockFetch(), signal };
  expect((await verifyServer(options)).passed).toBe(true);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

describe('the key', () => {
  const apiKey = makeKey();

  it('no report shows the key, even where the server echoes it whole, cut or escaped', async () => {
    const escaped = [...apiKey].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
    const bodies = [
      JSON.stringify({ data: [{ customer_id: apiKey, currency_code: apiKey }], meta: { [apiKey]: apiKey } }),
      `{"error":{"code":"${escaped}","type":"${escaped}"}}`,
      `<h1>${apiKey}</h1>`,
    ];
    for (const body of bodies) {
      for (const status of [200, 403, 429]) {
        await using server = await startHttpServer((response) =>
          response.writeHead(status, { 'content-type': apiKey, 'retry-after': apiKey }).end(body),
        );
        await using typed = await startHttpServer((response) => response.writeHead(status, json).end(body));
        for (const { url } of [server, typed]) {
          const progress: ProbeResult[] = [];
          const onProbe = (result: ProbeResult) => progress.push(result);
          const report = await verifyServer({ server: url, apiKey, customerId, onProbe });
          expect(report.passed).toBe(false);
          for (const part of apiKey.split('_').filter((text) => text.length >= 8)) {
            expect(JSON.stringify([report, progress])).not.toContain(part.slice(0, 12));
          }
        }
      }
    }
  });

  it('no error of verifyServer shows the key', async () => {
    const error = (await catchError(
      verifyServer({
        server: 'http://localhost',
        apiKey,
        customerId,
        fetch: async (_, init) => {
          throw new Error(`refused ${JSON.stringify(init?.headers)}`);
        },
      }),
    )) as Error;
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.message + String((error.cause as Error).message)).not.toContain(apiKey);
  });
});

describe('a wrong call', () => {
  const right = { server: 'http://localhost', apiKey: 'test-key', customerId };
  test.each<[string, object, RegExp]>([
    ['no server', { server: undefined }, /^server must be an absolute URL/],
    ['plain http elsewhere', { server: 'http://paddle.example' }, /^server must be https/],
    ['a query', { server: 'https://paddle.example?x' }, /^server must have no user name/],
    ['no key', { apiKey: '' }, /^apiKey must be an API key/],
    ['a client-side token', { apiKey: 'test_1' }, /client-side token/],
    ['a key of the other environment', { server: 'https://api.paddle.com', apiKey: makeKey() }, /sandbox environment/],
    ['a malformed customer', { customerId: 'x' }, /^customerId must be/],
    ['a malformed unknown customer', { unknownCustomerId: 'x' }, /^unknownCustomerId must be/],
    ['one customer twice', { unknownCustomerId: customerId }, /^unknownCustomerId must be another customer/],
    ['an unknown option', { servr: 'x' }, /^Unknown option "servr"/],
    ['a wrong time', { timeout: 0 }, /timeout must be/],
    ['a wrong signal', { signal: 1 }, /signal must be/],
    ['a wrong callback', { onProbe: 1 }, /onProbe must be/],
    ['a wrong fetch', { fetch: 1 }, /fetch must be/],
    ['a wrong size', { maxBodySize: 0 }, /maxBodySize must be/],
    ['an unknown probe', { skip: ['lst'] }, /^skip must be one of "list", "filter", /],
    ['a probe that is no list', { skip: 'list' }, /^skip must be an array/],
    ['no probe', { skip: probeNames }, /^skip must leave at least one probe/],
    ['a header that the client sets', { headers: { Authorization: 'x' } }, /^headers must not set authorization/],
    ['a header with a line break', { headers: { 'X-A': 'a\nb' } }, /invalid HTTP header/],
  ])('verifyServer throws a UsageError and sends nothing for %s', async (_, wrong, message) => {
    let calls = 0;
    const fetch = async () => {
      calls += 1;
      return new Response();
    };
    const error = await catchError(verifyServer({ ...right, fetch, ...wrong } as never));
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).toMatch(message);
    expect(calls).toBe(0);
  });
});
