import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { scenarios } from '../../generated/scenarios.js';
import { ContractError, createCreditBalancesClient } from '../../src/index.ts';
import { credit, customerId, thrownBy } from '../support/bodies.ts';
import { type Served, servePrismCli } from '../support/process.ts';

let prism: Served;
beforeAll(async () => {
  prism = await servePrismCli();
});
afterAll(() => prism.stop());

const ask = (path: string, headers: Record<string, string> = {}) =>
  fetch(prism.url + path, { headers: { Authorization: 'Bearer test', ...headers } });

describe('the plain Prism CLI on the bundle', () => {
  it("answers the seed's example for the seed's customer, unasked", async () => {
    const response = await ask(`/customers/${customerId}/credit-balances`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(credit('one-currency'));
  });

  test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
    'gives %s back as it stands in the contract: status, headers and body',
    async (name, { status, customerId, headers, body }) => {
      const response = await ask(`/customers/${customerId}/credit-balances`, {
        Prefer: `code=${status}, example=${name}`,
      });
      expect(response.status).toBe(status);
      for (const [header, value] of Object.entries(headers)) expect(response.headers.get(header), header).toBe(value);
      expect(await response.json()).toEqual(body);
      // Prism checks its own answers against the contract and tells here what it found.
      expect(response.headers.get('sl-violations')).toBeNull();
    },
  );

  test.each(['/customers/nonsense/credit-balances', `/customers/${customerId}/credit-balances?currency_code=usd`])(
    "answers what breaks the contract with Paddle's 400: %s",
    async (path) => {
      const response = await ask(path);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { code: 'invalid_field' } });
    },
  );

  test.each(['USD,EUR', 'USD%2CEUR', 'USD'])('takes the filter %s', async (list) => {
    expect((await ask(`/customers/${customerId}/credit-balances?currency_code=${list}`)).status).toBe(200);
  });
});

it('the client notices that plain Prism does not filter', async () => {
  const client = createCreditBalancesClient({ apiKey: 'test', baseUrl: prism.url });
  const error = await thrownBy(client.listCreditBalances(customerId, { currencyCode: 'EUR' }));
  expect(error).toBeInstanceOf(ContractError);
});
