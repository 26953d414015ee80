import { inspect } from 'node:util';
import { beforeEach, expect, it, test, vi } from 'vitest';
import { createCreditBalancesClient, type RetryEvent } from '../../src/index.ts';
import { catchError, customerId, getCredit, getErrorBody, makeKey } from '../support/bodies.ts';
import { answer, answerJson, type Reply, startHttpServer, startSocketServer } from '../support/server.ts';

beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
  return () => vi.restoreAllMocks();
});

const key = makeKey();
const secrets = [key, ...key.split('_').filter((part) => part.length >= 8)];

/** Everything that a log could make of a value. */
function printed(value: unknown): string {
  let text = '';
  const seen = new Set<unknown>();
  for (let current = value; current !== undefined && !seen.has(current); current = (current as Error)?.cause) {
    seen.add(current);
    text += inspect(current, { depth: Infinity, showHidden: true, getters: true });
    text += `${JSON.stringify(current)} ${current} ${(current as Error)?.stack}`;
  }
  return text;
}

function expectNoKey(...values: unknown[]) {
  for (const value of values) for (const secret of secrets) expect(printed(value)).not.toContain(secret);
}

const echo = (body: (sent: string) => string, status: number, headers?: Record<string, string>): Reply => {
  return (response, request) => answer(status, body(String(request.headers.authorization)), headers)(response, request);
};
const { error: details } = getErrorBody('invalid_token');
const [balance] = getCredit('one-currency').data;

const rows: [string, Reply][] = [
  ["Paddle's error", answerJson(403, getErrorBody('invalid_token'))],
  [
    'a detail that echoes the key',
    echo((sent) => JSON.stringify({ error: { ...details, detail: `bad ${sent}` } }), 403),
  ],
  [
    'a field error that echoes it',
    echo((sent) => JSON.stringify({ error: { ...details, errors: [{ field: sent, message: sent }] } }), 400),
  ],
  [
    'a code, a link and a request id that echo it',
    echo(
      (sent) =>
        JSON.stringify({
          error: { ...details, code: sent, type: sent, documentation_url: sent },
          meta: { request_id: sent },
        }),
      403,
    ),
  ],
  [
    'a detail that echoes the end of it',
    echo((sent) => JSON.stringify({ error: { ...details, detail: sent.slice(-26) } }), 403),
  ],
  ['a page that echoes it', echo((sent) => `<pre>Authorization: ${sent}</pre>`, 502)],
  ['a page that echoes it where the excerpt is cut', echo((sent) => 'x'.repeat(160) + sent, 500)],
  ['another envelope that echoes it', echo((sent) => JSON.stringify({ headers: { authorization: sent } }), 404)],
  ['a 200 page that echoes it', echo((sent) => sent, 200, { 'Content-Type': 'text/html' })],
  ['a 200 without JSON that echoes it', echo((sent) => 'x'.repeat(160) + sent, 200)],
  [
    'a content type that echoes it',
    (response, request) =>
      response.writeHead(200, { 'Content-Type': `text/${request.headers.authorization?.slice(7)}` }).end('{}'),
  ],
  [
    'a broken list whose request id echoes it',
    echo((sent) => JSON.stringify({ data: [{}], meta: { request_id: sent } }), 200),
  ],
  [
    'a balance of a customer that echoes it',
    echo((sent) => JSON.stringify({ data: [{ ...balance, currency_code: sent }], meta: {} }), 200),
  ],
  [
    'a redirect to an address with it',
    (response, request) =>
      response.writeHead(302, { Location: `/?key=${request.headers.authorization?.slice(7)}` }).end(),
  ],
  ['no answer', () => undefined],
  ['a closed connection', (response) => response.destroy()],
];

test.each(rows)('no error, event, log line or client shows any part of the key: %s', async (_, reply) => {
  await using server = await startHttpServer(reply);
  const lines = ['log', 'info', 'warn', 'error', 'debug'].map((name) => vi.spyOn(console, name as 'log'));
  const events: RetryEvent[] = [];
  const onRetry = (event: RetryEvent) => void events.push(event);
  const client = createCreditBalancesClient({ apiKey: key, baseUrl: server.url, onRetry, timeout: 100 });
  const error = await catchError(client.listCreditBalances(customerId, { currencyCode: ['USD'] }));
  expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${key}`);
  expectNoKey(error, client, ...events, ...lines.map((spy) => spy.mock.calls));
});

it('no error shows any part of the key: a connection that a bare socket resets', async () => {
  await using server = await startSocketServer((socket) => socket.resetAndDestroy());
  const client = createCreditBalancesClient({ apiKey: key, baseUrl: server.url });
  expectNoKey(await catchError(client.listCreditBalances(customerId)));
});

it('no error shows any part of the key: a fetch whose error carries the whole request', async () => {
  const client = createCreditBalancesClient({
    apiKey: key,
    baseUrl: 'https://gateway.example',
    fetch: async (request) => {
      throw Object.assign(new Error('sending failed'), {
        request,
        config: { headers: { Authorization: `Bearer ${key}` } },
      });
    },
  });
  const error = await catchError(client.listCreditBalances(customerId));
  expect(error).toMatchObject({ name: 'ConnectionError', cause: { message: 'sending failed' } });
  expectNoKey(error);
});

it('the client itself does not show the key', () => {
  const client = createCreditBalancesClient({ apiKey: key });
  expectNoKey(client, client.listCreditBalances);
  expect(JSON.stringify(client)).toBe('{}');
});
