import { ApiError, Paddle } from '@paddle/paddle-node-sdk';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { scenarios } from '../../generated/scenarios.js';
import { type MockServer, startMock } from '../../src/mock.ts';
import { catchError, customerId, getCredit, makeKey } from '../support/bodies.ts';

let mock: MockServer;
let paddle: Paddle;
const violations: string[] = [];

const sdk = (key: string) =>
  // It also takes an address in place of a name.
  new Paddle(key, { environment: mock.url as never });

beforeAll(async () => {
  mock = await startMock({ port: 0, onViolation: (message) => violations.push(message) });
  paddle = sdk(makeKey());
});
afterAll(() => mock.close());

const several = scenarios.find(({ name }) => name === 'several-currencies')?.customerId ?? '';

/** The contract's body in the SDK's words. */
const translated = (name: string) =>
  getCredit(name).data.map(({ customer_id: customerId, currency_code: currencyCode, balance }) => ({
    customerId,
    currencyCode,
    balance,
  }));

describe('the official SDK for Node on the mock', () => {
  it("the official SDK lists the balance of the contract's first example", async () => {
    expect(await paddle.customers.getCreditBalance(customerId)).toEqual(translated('one-currency'));
  });

  it('the official SDK lists several currencies', async () => {
    expect(await paddle.customers.getCreditBalance(several)).toEqual(translated('several-currencies'));
  });

  it('the official SDK gets the currencies that it filters by', async () => {
    const balances = await paddle.customers.getCreditBalance(several, { currencyCode: ['USD', 'JPY'] });
    expect(balances).toEqual(translated('several-currencies').filter(({ currencyCode }) => currencyCode !== 'EUR'));
    expect(balances).toHaveLength(2);
    expect(await paddle.customers.getCreditBalance(several, { currencyCode: ['GBP'] })).toEqual([]);
  });

  it('the official SDK gets no credit as an empty list', async () => {
    const none = scenarios.find(({ name }) => name === 'no-credit')?.customerId ?? '';
    expect(await paddle.customers.getCreditBalance(none)).toEqual([]);
  });

  test.each(
    scenarios.flatMap((scenario) =>
      'error' in scenario.body ? [[scenario.name, scenario.body.error, scenario] as const] : [],
    ),
  )('the official SDK throws %s with every field of the contract', async (_, error, { customerId, headers }) => {
    const thrown = await catchError(paddle.customers.getCreditBalance(customerId));
    expect(thrown).toBeInstanceOf(ApiError);
    expect(thrown).toMatchObject({
      type: error.type,
      code: error.code,
      detail: error.detail,
      documentationUrl: error.documentation_url,
      errors: error.errors ?? null,
      retryAfter: 'Retry-After' in headers ? Number(headers['Retry-After']) : null,
    });
  });

  it('the official SDK gets invalid_token for a key that cannot be valid', async () => {
    const wrong = sdk('pdl_sdbx_apikey_cut');
    expect(await catchError(wrong.customers.getCreditBalance(customerId))).toMatchObject({ code: 'invalid_token' });
  });

  it('no response to the official SDK breaks the contract', () => {
    expect(violations).toEqual([]);
  });
});
