import { describe, expect, it, test } from 'vitest';
import { scenarios } from '../../generated/scenarios.js';
import { handleControlRequest, isControlPath } from '../../src/credit-balances/control/handle.ts';
import { createLedger, type Ledger, listCustomers } from '../../src/credit-balances/ledger/ledger.ts';
import { customerId } from '../support/bodies.ts';

const unknownId = 'ctm_01mock404notfound000000000';
const customer = `/_mock/customers/${customerId}`;
const balances = { USD: { available: '10000', reserved: '0', used: '0' } };

interface Route {
  method: string;
  path: string;
  summary: string;
  body?: object;
}

function send(ledger: Ledger, method: string, path: string, body?: unknown) {
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const reply = handleControlRequest(ledger, { method, path, body: text });
  return { ...reply, json: reply.body === undefined ? undefined : JSON.parse(reply.body) };
}

/** A ledger with one customer, and an invoice of theirs. */
function startLedger() {
  const ledger = createLedger({ [customerId]: balances });
  return { ledger, invoice: ledger.bill(customerId, 'USD', '3000') };
}

function describedRoutes(): Route[] {
  return send(createLedger(), 'GET', '/_mock').json.routes;
}

describe('the control surface', () => {
  it.each(['/', '/_mocks', '/_MOCK', '/customers', `/customers/${customerId}/credit-balances`, '/x/_mock', ''])(
    'leaves %j to the API',
    (path) => {
      expect(isControlPath(path)).toBe(false);
    },
  );

  it('says on every answer that it is not part of the Paddle API, and lets no page of another origin in', () => {
    const { ledger } = startLedger();
    for (const [method, path] of [
      ['GET', '/_mock'],
      ['GET', '/_mock/nothing'],
      ['OPTIONS', '/_mock'],
      ['PATCH', '/_mock'],
      ['DELETE', `${customer}/credit-balances`],
    ] as const) {
      const { headers } = send(ledger, method, path);
      expect(headers['X-Mock-Control']).toContain('not part of the Paddle API');
      expect(Object.keys(headers).filter((name) => /^access-control/i.test(name))).toEqual([]);
    }
  });
});

it('a fault of the ledger itself is thrown and not blamed on the request', () => {
  const broken = {} as Ledger;
  expect(() => send(broken, 'GET', `${customer}/credit-balances`)).toThrow(TypeError);
  expect(() => send(broken, 'POST', '/_mock/invoices/txn_x/complete')).toThrow(TypeError);
});

describe('GET /_mock', () => {
  it('lists the scenarios of the contract, each with the customer id that is reserved for it', () => {
    const { status, headers, json } = send(createLedger(), 'GET', '/_mock');
    expect(status).toBe(200);
    expect(headers['Content-Type']).toBe('application/json');
    expect(json.description).toContain('not part of the Paddle API');
    expect(json.scenarios).toEqual(
      scenarios.map(({ operation, name, status, summary, customerId: customer_id }) => {
        return { operation, name, status, summary, customer_id };
      }),
    );
  });

  it('lists the balances of all customers in the shape that a mock is started with', () => {
    const { ledger } = startLedger();
    const { json } = send(ledger, 'GET', '/_mock');
    expect(json.balances).toEqual({ [customerId]: ledger.get(customerId) });
    expect(listCustomers(createLedger(json.balances))).toEqual(listCustomers(ledger));
  });

  it('describes routes that work as they are described, itself among them', () => {
    const routes = describedRoutes();
    expect(routes[0]).toMatchObject({ method: 'GET', path: '/_mock' });
    expect(new Set(routes.map(({ method, path }) => `${method} ${path}`)).size).toBe(routes.length);
    for (const { method, path, summary, body } of routes) {
      const { ledger, invoice } = startLedger();
      const filled = path.replace('{customer_id}', customerId).replace('{invoice_id}', invoice.id);
      expect(filled).not.toMatch(/[{}]/);
      expect(summary).toMatch(/^[A-Z].*\.$/);
      expect(send(ledger, method, filled, body)).toMatchObject({ status: expect.toSatisfy((status) => status < 300) });
      expect(method === 'PUT' || (method === 'POST' && path.includes('customer'))).toBe(body !== undefined);
    }
  });

  it('describes the problems that the other answers have', () => {
    const { json } = send(createLedger(), 'GET', '/_mock');
    const { json: problem } = send(createLedger(), 'GET', '/_mock/nothing');
    const { type, title, status } = problem;
    expect(json.problems).toContainEqual({ type, title, status });
  });
});

describe('a request to the control surface', () => {
  it('reads the balances of a customer', () => {
    const { ledger } = startLedger();
    const { status, headers, json } = send(ledger, 'GET', `${customer}/credit-balances`);
    expect([status, headers['Content-Type']]).toEqual([200, 'application/json']);
    expect(json).toEqual({ USD: { available: '7000', reserved: '3000', used: '0' } });
  });

  it('sets the balances of a customer, and answers with all totals', () => {
    const ledger = createLedger();
    const reply = send(ledger, 'PUT', `${customer}/credit-balances`, { EUR: { used: '5' }, USD: {} });
    const nothing = { available: '0', reserved: '0', used: '0' };
    expect(reply.status).toBe(200);
    expect(reply.json).toEqual({ EUR: { ...nothing, used: '5' }, USD: nothing });
    expect(ledger.get(customerId)).toEqual(reply.json);
  });

  it('deletes a customer', () => {
    const { ledger } = startLedger();
    const { status, body } = send(ledger, 'DELETE', `${customer}/credit-balances`);
    expect([status, body]).toEqual([204, undefined]);
    expect(ledger.get(customerId)).toBeUndefined();
  });

  it('gives credit, to a customer that is new too', () => {
    const ledger = createLedger();
    const { status, json } = send(ledger, 'POST', `${customer}/credits`, { currency_code: 'USD', amount: '10000' });
    expect(status).toBe(200);
    expect(json).toEqual(balances);
    expect(ledger.get(customerId)).toEqual(balances);
  });

  it('charges at once as much as there is', () => {
    const ledger = createLedger({ [customerId]: balances });
    const charge = (amount: string) => send(ledger, 'POST', `${customer}/charges`, { currency_code: 'USD', amount });
    expect(charge('3000')).toMatchObject({ status: 200, json: { applied: '3000' } });
    expect(charge('7001')).toMatchObject({ status: 200, json: { applied: '7000' } });
    expect(ledger.get(customerId)?.USD).toEqual({ available: '0', reserved: '0', used: '10000' });
  });

  it.each([
    ['complete', 'completed', { available: '7000', reserved: '0', used: '3000' }],
    ['cancel', 'canceled', { available: '10000', reserved: '0', used: '0' }],
  ])('issues an invoice, and settles it with %s', (action, status, after) => {
    const ledger = createLedger({ [customerId]: balances });
    const issued = send(ledger, 'POST', `${customer}/invoices`, { currency_code: 'USD', amount: '3000' });
    expect(issued).toMatchObject({ status: 201, json: { applied: '3000', status: 'billed' } });
    expect(ledger.get(customerId)?.USD).toEqual({ available: '7000', reserved: '3000', used: '0' });
    const settled = send(ledger, 'POST', `/_mock/invoices/${issued.json.id}/${action}`);
    expect(settled.status).toBe(200);
    expect(settled.json).toEqual({ ...issued.json, status });
    expect(ledger.get(customerId)?.USD).toEqual(after);
  });

  it('resets the ledger', () => {
    const { ledger } = startLedger();
    ledger.delete(customerId);
    const { status, body } = send(ledger, 'POST', '/_mock/reset');
    expect([status, body]).toEqual([204, undefined]);
    expect(listCustomers(ledger)).toEqual({ [customerId]: balances });
  });

  it('with the method HEAD is answered as with GET, without the body', () => {
    const { ledger } = startLedger();
    for (const path of ['/_mock', `${customer}/credit-balances`, '/_mock/nothing']) {
      const { status, headers } = send(ledger, 'GET', path);
      expect(send(ledger, 'HEAD', path)).toEqual({ status, headers, body: undefined, json: undefined });
    }
  });

  it.each([
    ['/_mock', 'GET, HEAD, OPTIONS'],
    [`${customer}/credit-balances`, 'GET, HEAD, PUT, DELETE, OPTIONS'],
    [`${customer}/credits`, 'POST, OPTIONS'],
    [`${customer}/charges`, 'POST, OPTIONS'],
    [`${customer}/invoices`, 'POST, OPTIONS'],
    ['/_mock/invoices/txn_x/complete', 'POST, OPTIONS'],
    ['/_mock/invoices/txn_x/cancel', 'POST, OPTIONS'],
    ['/_mock/reset', 'POST, OPTIONS'],
  ])('to %s may have the methods %s', (path, allow) => {
    const { ledger } = startLedger();
    const before = listCustomers(ledger);
    expect(send(ledger, 'OPTIONS', path)).toMatchObject({ status: 204, headers: { Allow: allow }, body: undefined });
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'POST', 'PATCH', 'get', 'toString']) {
      if (allow.split(', ').includes(method)) continue;
      const { status, headers, json } = send(ledger, method, path, '{}');
      expect({ status, headers }).toMatchObject({ status: 405, headers: { Allow: allow } });
      if (method === 'HEAD') continue;
      expect(json).toMatchObject({
        type: '/_mock#method-not-allowed',
        detail: `${path} takes ${allow}; received ${method}.`,
      });
    }
    expect(listCustomers(ledger)).toEqual(before);
  });
});

describe('a request that is refused', () => {
  const event = { currency_code: 'USD', amount: '1' };
  const events = ['credits', 'charges', 'invoices'];

  /** Sends a request that must change nothing. Returns the detail of the problem. */
  function problemOf(name: string, status: number, method: string, path: string, body?: unknown): string {
    const { ledger, invoice } = startLedger();
    const before = listCustomers(ledger);
    const reply = send(ledger, method, path, body);
    expect(reply.status).toBe(status);
    expect(reply.headers['Content-Type']).toBe('application/problem+json');
    expect(reply.json).toEqual({
      type: `/_mock#${name}`,
      title: expect.stringMatching(/^The /),
      status,
      detail: expect.any(String),
    });
    expect(listCustomers(ledger)).toEqual(before);
    expect(invoice.status).toBe('billed');
    return reply.json.detail;
  }

  test.each([
    '/_mock/',
    '/_mock/nothing',
    '/_mock/customers',
    customer,
    `${customer}/`,
    `${customer}/refunds`,
    `${customer}/credits/`,
    '/_mock/customers//credits',
    `/_mock/customers/a/b/credits`,
    `/_mock/customers/credits`,
    '/_mock/invoices/complete',
    '/_mock/__proto__',
    '/_mock/reset/',
  ])('since there is nothing at %s says where the routes are listed', (path) => {
    const detail = `There is nothing at ${path}. GET /_mock lists what there is.`;
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      expect(problemOf('unknown-path', 404, method, path, event)).toBe(detail);
    }
  });

  it('since the customer is unknown says how to add one', () => {
    const path = `/_mock/customers/${unknownId}/credit-balances`;
    for (const method of ['GET', 'DELETE']) {
      const detail = problemOf('unknown-customer', 404, method, path);
      expect(detail).toContain(`There is no customer ${unknownId} in the ledger.`);
      expect(detail).toMatch(/PUT \S+ or POST \S+ adds one/);
    }
  });

  it('since the invoice is unknown says where invoices come from', () => {
    for (const action of ['complete', 'cancel']) {
      const detail = problemOf('unknown-invoice', 404, 'POST', `/_mock/invoices/txn_x/${action}`);
      expect(detail).toContain('There is no invoice txn_x.');
      expect(detail).toMatch(/POST \S+\/invoices returns the id/);
    }
  });

  it('since the invoice is settled says what it became', () => {
    const { ledger, invoice } = startLedger();
    invoice.complete();
    const before = listCustomers(ledger);
    for (const [action, end] of [
      ['complete', 'is already completed.'],
      ['cancel', 'is completed: it cannot be canceled.'],
    ]) {
      const reply = send(ledger, 'POST', `/_mock/invoices/${invoice.id}/${action}`);
      expect(reply).toMatchObject({ status: 409, headers: { 'Content-Type': 'application/problem+json' } });
      expect(reply.json).toMatchObject({
        type: '/_mock#invoice-settled',
        status: 409,
        detail: `Invoice ${invoice.id} ${end}`,
      });
    }
    expect(listCustomers(ledger)).toEqual(before);
  });

  it('since the customer was deleted under an open invoice says so', () => {
    const { ledger, invoice } = startLedger();
    ledger.delete(customerId);
    const reply = send(ledger, 'POST', `/_mock/invoices/${invoice.id}/complete`);
    expect(reply.status).toBe(409);
    expect(reply.json.detail).toContain('is void, since its customer was set, deleted or reset');
  });

  it.each(events)('since the body of %s is not JSON, or no object, says so', (name) => {
    const refused = (body?: unknown) => problemOf('invalid-request', 400, 'POST', `${customer}/${name}`, body);
    expect(refused()).toBe('The body is empty; it must be JSON.');
    expect(refused('currency_code=USD&amount=1')).toMatch(/^The body is not JSON: ./);
    expect(refused([event]).split('\n')[0]).toBe('body must be an object; received an array.');
    expect(refused('null').split('\n')[0]).toBe('body must be an object; received null.');
  });

  it.each(events)('since the body of %s is wrong names each mistake and its place', (name) => {
    const refused = (body: unknown) => problemOf('invalid-request', 400, 'POST', `${customer}/${name}`, body);
    const amount = 'body.amount must be a string of digits, in the currency\'s lowest denomination, such as "550"';
    expect(refused({ ...event, amount: 1 })).toBe(`${amount}; received 1.`);
    expect(refused({ ...event, amount: '-1' })).toBe(`${amount}; received "-1".`);
    expect(refused({ ...event, currency_code: 'usd' })).toMatch(
      /^body\.currency_code must match pattern .*; received "usd"\.$/,
    );
    expect(refused({ ...event, total: '1' })).toBe(
      'body has the unknown name "total"; known names are currency_code, amount.',
    );
    expect(refused('{"currency_code":"USD","amount":"1","__proto__":{}}')).toContain('unknown name "__proto__"');
    expect(
      refused({})
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ).toEqual(['body.currency_code', 'body.amount']);
  });

  it('since the balances are wrong names each mistake and its place', () => {
    const refused = (body?: unknown) => problemOf('invalid-request', 400, 'PUT', `${customer}/credit-balances`, body);
    expect(refused()).toBe('The body is empty; it must be JSON.');
    expect(refused('{')).toMatch(/^The body is not JSON: ./);
    expect(refused([])).toBe('body must be an object; received an array.');
    expect(refused({ USD: { available: 5, reserved: '1' }, eur: {} }).split('\n')).toEqual([
      expect.stringMatching(/^Each name in body must match pattern .*; received "eur"\.$/),
      expect.stringMatching(/^body\.USD\.available must be a string of digits.*; received 5\.$/),
    ]);
  });

  it('since the customer id is malformed says what is right', () => {
    for (const id of ['ctm_x', '__proto__', '%20', `${customerId.toUpperCase()}`]) {
      for (const [method, route, body] of [
        ['GET', 'credit-balances'],
        ['PUT', 'credit-balances', {}],
        ['DELETE', 'credit-balances'],
        ...events.map((name) => ['POST', name, event] as const),
      ] as const) {
        const detail = problemOf('invalid-request', 400, method, `/_mock/customers/${id}/${route}`, body);
        expect(detail).toMatch(/^customer_id must match pattern/);
        expect(detail).toContain(`received ${JSON.stringify(id)}.`);
      }
    }
  });
});
