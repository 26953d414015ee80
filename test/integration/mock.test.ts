import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import * as validators from '../../generated/operations.js';
import { scenarios } from '../../generated/scenarios.js';
import { type MockServer, type ServedRequest, startMock } from '../../src/mock.ts';
import { createMockFetch } from '../../src/testing.ts';
import { type Served, servePrismCli } from '../support/process.ts';
import { type MockRequestRow, mockRequests } from '../support/requests.ts';

let server: MockServer;
let prism: Served;
const served: ServedRequest[] = [];
const violations: string[] = [];
const mockFetch = createMockFetch();

beforeAll(async () => {
  server = await startMock({
    port: 0,
    onRequest: (request) => served.push(request),
    onViolation: (message) => violations.push(message),
  });
  prism = await servePrismCli();
});
afterAll(async () => {
  await server.close();
  await prism.stop();
});

interface Answer {
  status: number;
  contentType: string | null;
  retryAfter: string | null;
  violations: string | null;
  body: unknown;
  requestId: string | undefined;
}

async function ask(via: typeof fetch, { method = 'GET', path, headers = {} }: MockRequestRow): Promise<Answer> {
  const response = await via(server.url + path, { method, headers });
  const text = await response.text();
  const body = text === '' ? undefined : JSON.parse(text);
  const requestId = body?.meta?.request_id;
  // The one part of a body that no two answers share.
  if (requestId !== undefined) body.meta.request_id = 'fresh';
  return {
    status: response.status,
    contentType: response.headers.get('content-type'),
    retryAfter: response.headers.get('retry-after'),
    violations: response.headers.get('sl-violations'),
    body,
    requestId,
  };
}

it('the table of requests covers every scenario', () => {
  expect(mockRequests.length).toBeGreaterThanOrEqual(80);
  expect(new Set(mockRequests.map(({ scenario }) => scenario)).size).toBe(scenarios.length + 1);
});

describe('the mock server and the mock fetch', () => {
  test.each(mockRequests.map((row) => [row.what, row] as const))(
    'the mock server and the mock fetch give the same response: %s',
    async (_, row) => {
      const byServer = await ask(fetch, row);
      const inProcess = await ask(mockFetch, row);

      expect(byServer.violations).toBeNull();
      expect({ ...inProcess, requestId: undefined }).toEqual({ ...byServer, requestId: undefined });
      expect(byServer.status).toBe(row.status);

      const call = mockFetch.calls.at(-1);
      expect(call).toMatchObject({ status: row.status, scenario: row.scenario });
      expect(served.at(-1)).toMatchObject({ status: row.status, scenario: row.scenario, method: row.method ?? 'GET' });

      if (row.scenario === undefined) {
        expect(byServer.contentType).toBe('application/problem+json');
        return;
      }
      expect(byServer.contentType).toBe('application/json');
      for (const { requestId } of [byServer, inProcess])
        expect(requestId).toMatch(/^[\da-f-]{14}4[\da-f]{3}-[89ab][\da-f-]{16}$/);
      expect(byServer.requestId).not.toBe(inProcess.requestId);
      const { data, error } = byServer.body as {
        data?: { currency_code: string; customer_id: string }[];
        error?: { code: string; errors?: { field: string }[] };
      };
      if (row.currencies) expect(data?.map(({ currency_code }) => currency_code)).toEqual(row.currencies);
      for (const { customer_id } of data ?? []) expect(decodeURIComponent(row.path)).toContain(customer_id);
      if (row.status !== 200) expect(error?.code).toBe(row.scenario);
      if (row.fields) expect(error?.errors?.map(({ field }) => field)).toEqual(row.fields);
      const valid = row.status === 200 ? validators.CreditBalanceList : validators.ErrorResponse;
      expect(valid({ ...(byServer.body as object), meta: { request_id: byServer.requestId } })).toBe(true);
    },
  );

  it('Prism finds no response of the mock that breaks the contract', () => {
    expect(violations).toEqual([]);
  });
});

/** Where plain Prism itself goes wrong, or reads more than the contract says. */
const notJudged = [
  // It never answers these.
  'an id with a broken escape',
  'an id that is no UTF-8',
  // It compares the path as it was sent.
  'an encoded letter in the path',
  // It takes a parameter without a value for one that is not there.
  'an empty currency',
  'a name without a value',
  // It obeys this one.
  "Prism's own __code",
];

describe('the mock and plain Prism', () => {
  const judged = mockRequests.filter(({ what, scenario, headers, method }) => {
    const plain = headers?.Authorization?.startsWith('Bearer ') && !headers.Prefer && !headers.Accept && !method;
    const answered = ['invalid_field', 'one-currency', 'several-currencies'].includes(scenario ?? '');
    return plain && answered && headers?.['Paddle-Version'] !== '' && !notJudged.includes(what);
  });

  test.each(judged.map((row) => [row.what, row] as const))(
    'the mock rejects exactly what plain Prism rejects by the schemas of the contract: %s',
    async (_, { path, headers = {}, fields }) => {
      const { status } = await fetch(prism.url + path, { headers });
      expect(status).toBe(fields === undefined ? 200 : 400);
    },
  );
});
