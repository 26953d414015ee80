import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { CreditTotals } from '../../generated/openapi.d.ts';
import { scenarios } from '../../generated/scenarios.js';
import { createCreditBalancesClient } from '../../src/index.ts';
import { startMock } from '../../src/mock.ts';
import { checkResponse, verifyServer } from '../../src/verify.ts';
import { customerId } from '../support/bodies.ts';
import { kindsOfMock, makeBalancesPath, mockKinds, type TestMock } from '../support/mocks.ts';
import { root, run } from '../support/process.ts';

const control = `/_mock/customers/${customerId}`;
const balances = { [customerId]: { USD: { available: '10000' } } };
const usd = (amount: string) => JSON.stringify({ currency_code: 'USD', amount });

/** Requests to the control surface and the three totals of the customer after each. */
async function follow(mock: TestMock, ...events: [method: string, path: string, body?: string][]) {
  const seen: (string[] | number)[] = [];
  for (const [method, path, body] of events) {
    const { status } = await mock.ask(path, { method, body: body ?? null });
    seen.push(status, await totals(mock));
  }
  return seen;
}

async function totals(mock: TestMock): Promise<string[]> {
  const client = createCreditBalancesClient({ apiKey: 'test', ...mock.clientOptions });
  const { data } = await client.listCreditBalances(customerId);
  return data.flatMap(({ balance }) => [balance.available, balance.reserved, balance.used]);
}

describe.each(kindsOfMock)('the ledger of %s', (kind) => {
  it(`${kind} answers with what the methods of its ledger did`, async () => {
    await using mock = await mockKinds[kind]({ balances });
    const { ledger } = mock;
    expect(await totals(mock)).toEqual(['10000', '0', '0']);
    const invoice = ledger.bill(customerId, 'USD', '3000');
    expect(await totals(mock)).toEqual(['7000', '3000', '0']);
    invoice.cancel();
    expect(await totals(mock)).toEqual(['10000', '0', '0']);
    ledger.bill(customerId, 'USD', '3000').complete();
    expect(await totals(mock)).toEqual(['7000', '0', '3000']);
    expect(ledger.spend(customerId, 'USD', '9000')).toEqual({ applied: '7000' });
    ledger.credit(customerId, 'USD', '1');
    expect(await totals(mock)).toEqual(['1', '0', '10000']);
    ledger.reset();
    expect(await totals(mock)).toEqual(['10000', '0', '0']);
    expect(mock.violations).toEqual([]);
  });

  it(`${kind} moves credit by requests to its control surface, and resets it`, async () => {
    await using mock = await mockKinds[kind]({ balances });
    const issued = await mock.ask(`${control}/invoices`, { method: 'POST', body: usd('3000') });
    expect(issued.status).toBe(201);
    const { id } = await issued.json();
    expect(
      await follow(
        mock,
        ['POST', `/_mock/invoices/${id}/complete`],
        ['POST', `${control}/charges`, usd('500')],
        ['POST', `${control}/credits`, usd('1')],
        ['PUT', `${control}/credit-balances`, JSON.stringify({ USD: { used: '9' } })],
        ['POST', '/_mock/reset'],
      ),
    ).toEqual([
      ...[200, ['7000', '0', '3000']],
      ...[200, ['6500', '0', '3500']],
      ...[200, ['6501', '0', '3500']],
      ...[200, ['0', '0', '9']],
      ...[204, ['10000', '0', '0']],
    ]);
    expect(mock.violations).toEqual([]);
  });

  it(`${kind} answers 404 for a customer whom the ledger has forgotten, with the ID in the detail`, async () => {
    const id = 'ctm_00000000000000000000000001';
    await using mock = await mockKinds[kind]({ balances: { [id]: { USD: {} } } });
    expect((await mock.ask(makeBalancesPath(id))).status).toBe(200);
    expect((await mock.ask(`/_mock${makeBalancesPath(id)}`, { method: 'DELETE' })).status).toBe(204);
    const response = await mock.ask(makeBalancesPath(id));
    expect(response.status).toBe(404);
    const { error } = await response.json();
    expect(error).toMatchObject({ code: 'not_found', detail: expect.stringContaining(id) });
  });

  it(`${kind} filters the balances of its ledger`, async () => {
    await using mock = await mockKinds[kind]({ balances: { [customerId]: { USD: {}, EUR: {}, JPY: {} } } });
    const client = createCreditBalancesClient({ apiKey: 'test', ...mock.clientOptions });
    const { data } = await client.listCreditBalances(customerId, { currencyCode: ['JPY', 'USD', 'GBP'] });
    expect(data.map(({ currency_code }) => currency_code)).toEqual(['USD', 'JPY']);
  });

  it(`${kind} keeps an amount of any length exact`, async () => {
    const available = '9'.repeat(400);
    await using mock = await mockKinds[kind]({ balances: { [customerId]: { USD: { available } } } });
    mock.ledger.credit(customerId, 'USD', '1');
    expect(await totals(mock)).toEqual([`1${'0'.repeat(400)}`, '0', '0']);
    expect(mock.violations).toEqual([]);
  });

  it(`the control surface of ${kind} is never limited, delayed or failed`, async () => {
    await using mock = await mockKinds[kind]({
      ...{ delay: 600_000, failTimes: Number.POSITIVE_INFINITY },
      rateLimit: { requests: 1, window: 600_000 },
    });
    for (let request = 0; request < 5; request++) {
      expect((await mock.ask(`${control}/credits`, { method: 'POST', body: usd('1') })).status).toBe(200);
    }
    expect(mock.ledger.get(customerId)).toMatchObject({ USD: { available: '5' } });
  });

  it(`GET /_mock of ${kind} lists the scenarios, the customers and the control surface`, async () => {
    await using mock = await mockKinds[kind]({ balances });
    const response = await mock.ask('/_mock', { headers: {} });
    expect(response.status).toBe(200);
    const listed = await response.json();
    expect(listed.scenarios).toHaveLength(scenarios.length);
    expect(listed.balances).toEqual({ [customerId]: mock.ledger.get(customerId) });
    for (const { method, path } of listed.routes as { method: string; path: string }[]) {
      const filled = path.replace('{customer_id}', customerId).replace('{invoice_id}', 'txn_none');
      const { status, headers } = await mock.ask(filled, { method: 'OPTIONS' });
      expect([status, headers.get('Allow')]).toEqual([204, expect.stringContaining(method)]);
    }
  });

  test.each<[what: string, method: string, path: string, body: string | null, status: number]>([
    ['a wrong method', 'PATCH', `${control}/credits`, '{}', 405],
    ['a wrong path', 'GET', '/_mock/nothing', null, 404],
    ['a body that is not JSON', 'POST', `${control}/credits`, '{', 400],
    ['no body', 'POST', `${control}/credits`, null, 400],
    ['a wrong amount', 'POST', `${control}/credits`, usd('-1'), 400],
    ['a wrong customer', 'POST', '/_mock/customers/ctm_1/credits', usd('1'), 400],
    ['an unknown invoice', 'POST', '/_mock/invoices/txn_1/cancel', null, 404],
    ['an unknown customer', 'DELETE', '/_mock/customers/ctm_00000000000000000000000009/credit-balances', null, 404],
  ])(`the control surface of ${kind} answers %s with problem+json that is not Paddle's`, async (...row) => {
    const [, method, path, body, status] = row;
    await using mock = await mockKinds[kind]({ balances });
    const response = await mock.ask(path, { method, body });
    expect(response.status).toBe(status);
    expect(response.headers.get('Content-Type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ type: expect.stringMatching(/^\/_mock#/), status });
    expect(mock.ledger.get(customerId)).toMatchObject({ USD: { available: '10000' } });
  });

  it(`${kind} keeps Prism's problem+json for an unknown path, with a hint to /_mock`, async () => {
    await using mock = await mockKinds[kind]();
    const response = await mock.ask('/customers');
    expect(response.status).toBe(404);
    expect(response.headers.get('Content-Type')).toBe('application/problem+json');
    const problem = await response.json();
    expect(problem.type).toContain('stoplight.io/prism/errors#NO_PATH_MATCHED_ERROR');
    expect(problem.detail).toMatch(/GET \/_mock lists/);
  });

  it(`a reader of ${kind} during 1,000 concurrent events sees whole states only`, async () => {
    await using mock = await mockKinds[kind]({ balances: { [customerId]: { USD: { available: '1000000' } } } });
    const step = 7n;
    const events = 1_000;
    const sums: bigint[] = [];
    let isRunning = true;
    const read = async () => {
      while (isRunning) {
        const response = await mock.ask(makeBalancesPath(customerId));
        const { data } = (await response.json()) as { data: { balance: CreditTotals }[] };
        for (const { balance } of data) {
          const parts = [balance.available, balance.reserved, balance.used].map(BigInt);
          if (parts.some((part) => part < 0n)) throw new Error(`a negative total: ${parts}`);
          sums.push(parts.reduce((sum, part) => sum + part));
        }
      }
    };
    const post = (path: string, amount: bigint) =>
      mock.ask(`${control}/${path}`, { method: 'POST', body: usd(String(amount)) });
    const happen = async (index: number) => {
      if (index % 3 === 0) return post('credits', step);
      if (index % 3 === 1) return post('charges', 11n);
      const { id } = await (await post('invoices', 13n)).json();
      return mock.ask(`/_mock/invoices/${id}/${index % 2 === 0 ? 'complete' : 'cancel'}`, { method: 'POST' });
    };
    const reader = read();
    const answers = await Promise.all(Array.from({ length: events }, (_, index) => happen(index)));
    isRunning = false;
    await reader;
    sums.push((await totals(mock)).reduce((sum, part) => sum + BigInt(part), 0n));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(sums.at(-1)).toBe(1_000_000n + step * BigInt(Math.ceil(events / 3)));
    expect(sums.filter((sum) => (sum - 1_000_000n) % step !== 0n)).toEqual([]);
    // One after the other, a reader never sees credit go that was given.
    expect(sums).toEqual([...sums].sort((left, right) => Number(left - right)));
    expect(mock.violations).toEqual([]);
  });
});

it('every answer of the ledger passes verifyServer and checkResponse, and Prism finds nothing', async () => {
  const violations: string[] = [];
  const mock = await startMock({
    port: 0,
    balances: { [customerId]: { USD: { available: '10000' }, EUR: { used: '0009' } } },
    onViolation: (message) => violations.push(message),
  });
  const ask = () => fetch(mock.url + makeBalancesPath(customerId), { headers: { Authorization: 'Bearer test' } });
  const invoice = mock.ledger.bill(customerId, 'USD', '3000');
  const { passed, probes } = await verifyServer({ server: mock.url, apiKey: 'test', customerId });
  const moves = [() => invoice.complete(), () => mock.ledger.set(customerId, {}), () => mock.ledger.delete(customerId)];
  for (const move of moves) {
    move();
    expect(await checkResponse(await ask())).toEqual([]);
  }
  await mock.close();
  expect(passed).toBe(true);
  expect(probes.flatMap(({ findings }) => findings)).toEqual([]);
  expect(violations).toEqual([]);
});

const otherId = 'ctm_01mock404notfound000000000';
const amounts = fc.oneof(fc.nat(1_000).map(String), fc.constantFrom('0', '007', '9'.repeat(40), '-1', '1.5', ''));
const requests = fc.oneof(
  fc.record({
    method: fc.constant('POST'),
    path: fc
      .tuple(fc.constantFrom(customerId, otherId, 'ctm_x'), fc.constantFrom('credits', 'charges', 'invoices'))
      .map(([id, event]) => `/_mock/customers/${id}/${event}`),
    body: fc
      .tuple(fc.constantFrom('USD', 'JPY', 'usd'), amounts)
      .map(([currency_code, amount]) => JSON.stringify({ currency_code, amount })),
  }),
  fc.record({
    method: fc.constant('POST'),
    path: fc.tuple(fc.nat(6), fc.constantFrom('complete', 'cancel')).map(([number, event]) => {
      return `/_mock/invoices/txn_01mock${number.toString(36).padStart(20, '0')}/${event}`;
    }),
    body: fc.constant(null),
  }),
  fc.record({
    method: fc.constantFrom('PUT', 'DELETE', 'GET'),
    path: fc.constantFrom(customerId, otherId).map((id) => `/_mock/customers/${id}/credit-balances`),
    body: amounts.map((amount) => JSON.stringify({ EUR: { available: amount } })),
  }),
  fc.constant({ method: 'POST', path: '/_mock/reset', body: null }),
);

it('the ledgers of the mock server and the mock fetch agree after any sequence of requests', async () => {
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(requests, { minLength: 5, maxLength: 15 }), async (sequence) => {
      const options = { balances: { [customerId]: { USD: { available: '500', reserved: '20' } } } };
      await using server = await mockKinds['the mock server'](options);
      await using inProcess = await mockKinds['the mock fetch'](options);
      for (const { method, path, body } of sequence) {
        const init = { method, body: method === 'GET' ? null : body };
        const [left, right] = await Promise.all([server, inProcess].map((mock) => mock.ask(path, init)));
        expect([left?.status, await left?.text()]).toEqual([right?.status, await right?.text()]);
        if (left?.ok) taken++;
      }
      for (const id of [customerId, otherId]) {
        const lists = [server, inProcess].map(async (mock) => (await mock.ask(makeBalancesPath(id))).json());
        const [left, right] = await Promise.all(lists);
        expect({ ...left, meta: undefined }).toEqual({ ...right, meta: undefined });
      }
      expect(server.violations).toEqual([]);
    }),
    { numRuns: 30 },
  );
  expect(taken).toBeGreaterThan(50);
});

it.each(kindsOfMock)('%s reads a body with a byte order mark, and none above ten megabytes', async (kind) => {
  await using mock = await mockKinds[kind]();
  const put = async (body: string) => {
    const path = `/_mock${makeBalancesPath(customerId)}`;
    const response = await mock.ask(path, { method: 'PUT', body });
    return [response.status, await response.json()];
  };
  const balances = '{"EUR":{"available":"7"}}';
  expect(await put(`\ufeff${balances}`)).toMatchObject([200, { EUR: { available: '7' } }]);
  expect(await put(balances.padEnd(10_000_000))).toMatchObject([200, { EUR: { available: '7' } }]);
  expect(await put(balances.padEnd(10_000_001))).toMatchObject([413, { type: '/_mock#body-too-large' }]);
});

it('a test in Python moves credit through the control surface with the standard library alone', async () => {
  const mock = await startMock({ port: 0, balances: {} });
  const { stdout, stderr } = await run('python3', ['test/support/control.py', mock.url], root).catch(() => ({
    stdout: '',
    stderr: 'python3 is needed for this test: apt-get install python3-minimal',
  }));
  await mock.close();
  expect(stderr).toBe('');
  const totals = (available: string, reserved: string, used: string) => [{ available, reserved, used }];
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    ['credited', 200, totals('10000', '0', '0')],
    ['billed', 200, totals('7000', '3000', '0')],
    ['canceled', 200, totals('10000', '0', '0')],
    ['completed', 200, totals('7000', '0', '3000')],
    ['charged', 200, totals('6500', '0', '3500')],
    ['canceled again', 409, 'The invoice is not billed any more'],
    ['set', 200, totals('7', '0', '0')],
    ['deleted', 404, 'not_found'],
    ['reset', 404, 'not_found'],
  ]);
});
