import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { scenarios } from '../../generated/scenarios.js';
import { ContractError, createCreditBalancesClient } from '../../src/index.ts';
import { catchError, customerId, getCredit } from '../support/bodies.ts';
import { type Served, servePrismCli } from '../support/process.ts';

let prism: Served;
beforeAll(async () => {
  prism = await servePrismCli();
});
afterAll(() => prism.stop());

const ask = (path: string, headers: Record<string, string> = {}) =>
  fetch(prism.url + path, { headers: { Authorization: 'Bearer test', ...headers } });

describe('the plain Prism CLI on the bundle', () => {
  it("plain Prism answers with the contract's first example", async () => {
    const response = await ask(`/customers/${customerId}/credit-balances`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(getCredit('one-currency'));
  });

  test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
    'plain Prism answers Prefer with the example %s as it is in the contract: status, headers and body',
    async (name, { status, customerId, headers, body }) => {
      const response = await ask(`/customers/${customerId}/credit-balances`, {
        Prefer: `code=${status}, example=${name}`,
      });
      expect(response.status).toBe(status);
      for (const [header, value] of Object.entries(headers)) expect(response.headers.get(header), header).toBe(value);
      expect(await response.json()).toEqual(body);
      // Prism checks its own responses against the contract, and lists here what it found.
      expect(response.headers.get('sl-violations')).toBeNull();
    },
  );

  test.each(['/customers/nonsense/credit-balances', `/customers/${customerId}/credit-balances?currency_code=usd`])(
    "plain Prism answers a request that breaks the contract with Paddle's 400: %s",
    async (path) => {
      const response = await ask(path);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { code: 'invalid_field' } });
    },
  );

  it('plain Prism answers a missing key with 401 invalid_access_token', async () => {
    const response = await fetch(`${prism.url}/customers/${customerId}/credit-balances`);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { code: 'invalid_access_token' } });
  });

  test.each(['USD,EUR', 'USD%2CEUR', 'USD'])('plain Prism accepts the filter %s', async (list) => {
    expect((await ask(`/customers/${customerId}/credit-balances?currency_code=${list}`)).status).toBe(200);
  });
});

it('the client rejects the list that plain Prism does not filter', async () => {
  const client = createCreditBalancesClient({ apiKey: 'test', baseUrl: prism.url });
  const error = await catchError(client.listCreditBalances(customerId, { currencyCode: 'EUR' }));
  expect(error).toBeInstanceOf(ContractError);
});
