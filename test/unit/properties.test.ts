import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CreditBalanceList } from '../../generated/openapi.js';
import { scenarios } from '../../generated/scenarios.js';
import { ContractError, createCreditBalancesClient, UsageError } from '../../src/index.ts';
import { customerId, getCredit } from '../support/bodies.ts';

const runs = { numRuns: 3_000 };
const valid = scenarios.flatMap((scenario) => (scenario.status === 200 ? [scenario] : []));

/** The type, told by hand: what a caller may rely on once a call has returned. */
function satisfiesType(value: unknown, id: string): value is CreditBalanceList {
  const list = value as CreditBalanceList;
  const amount = (text: unknown) => typeof text === 'string' && /^-?[0-9]+$/.test(text);
  return (
    Array.isArray(list.data) &&
    typeof list.meta.request_id === 'string' &&
    list.data.every(
      ({ customer_id, currency_code, balance }) =>
        customer_id === id &&
        /^[A-Z]{3}$/.test(currency_code) &&
        typeof currency_code === 'string' &&
        amount(balance.available) &&
        amount(balance.reserved) &&
        amount(balance.used),
    )
  );
}

type Step = { kind: 'set' | 'delete' | 'insert'; at: number; value: unknown };

/** Walks to a place in the value that `at` picks, and changes it there. */
function mutate(root: unknown, { kind, at, value: shared }: Step): unknown {
  // A copy: the same object twice in one body could hold itself.
  const value = structuredClone(shared);
  const places: [Record<string, unknown>, string][] = [];
  const holder = { root };
  const visit = (parent: Record<string, unknown>, key: string) => {
    places.push([parent, key]);
    const child = parent[key];
    if (typeof child === 'object' && child !== null) for (const name of Object.keys(child)) visit(child as never, name);
  };
  visit(holder, 'root');
  const [parent, key] = places[at % places.length] as [Record<string, unknown>, string];
  if (kind === 'delete' && Array.isArray(parent)) parent.splice(Number(key), 1);
  else if (kind === 'delete') delete parent[key];
  else if (kind === 'insert' && Array.isArray(parent[key])) parent[key].push(value);
  else parent[key] = value;
  return holder.root;
}

it('any mutation of a valid body is a ContractError, or still satisfies the type', async () => {
  const steps = fc.array(
    fc.record({
      kind: fc.constantFrom('set' as const, 'delete' as const, 'insert' as const),
      at: fc.nat(60),
      value: fc.oneof(
        fc.constantFrom<unknown>(
          null,
          0,
          -1,
          1e21,
          '',
          '0',
          '-7',
          '1e3',
          '5.5',
          'USD',
          'usd',
          'XYZ',
          [],
          {},
          true,
          customerId,
        ),
        fc.jsonValue(),
      ),
    }),
    { minLength: 1, maxLength: 3 },
  );
  let accepted = 0;
  let rejected = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...valid), steps, async (scenario, list) => {
      const body = list.reduce<unknown>(mutate, structuredClone(scenario.body));
      const client = createCreditBalancesClient({
        apiKey: 'test-key',
        baseUrl: 'https://gateway.example',
        fetch: async () =>
          new Response(JSON.stringify(body) ?? '', { headers: { 'Content-Type': 'application/json' } }),
      });
      const outcome = await client.listCreditBalances(scenario.customerId).catch((error: unknown) => error);
      if (outcome instanceof ContractError) {
        rejected++;
        expect(outcome.issues.length).toBeGreaterThan(0);
      } else {
        accepted++;
        expect(outcome).not.toBeInstanceOf(Error);
        expect(outcome).toEqual(JSON.parse(JSON.stringify(body)));
        expect(satisfiesType(outcome, scenario.customerId)).toBe(true);
      }
    }),
    runs,
  );
  // Both sides of the claim were seen, often enough to mean something.
  expect(accepted).toBeGreaterThan(30);
  expect(rejected).toBeGreaterThan(1000);
}, 60_000);

it('any customer id is sent to exactly the right path, or refused', async () => {
  const right = fc.stringMatching(/^ctm_[a-z\d]{26}$/);
  const nearly = fc
    .tuple(fc.constantFrom('ctm_', 'CTM_', '', '../', 'ctm_/'), fc.string({ unit: 'binary', maxLength: 30 }))
    .map((parts) => parts.join(''));
  const spoilt = fc
    .tuple(right, fc.nat(29), fc.string({ minLength: 1, maxLength: 2 }))
    .map(([id, at, text]) => id.slice(0, at) + text + id.slice(at + 1));
  let sent = 0;
  await fc.assert(
    fc.asyncProperty(fc.oneof(right, nearly, spoilt), async (id) => {
      const urls: string[] = [];
      const client = createCreditBalancesClient({
        apiKey: 'test-key',
        baseUrl: 'https://gateway.example/base',
        fetch: async (request) => {
          urls.push((request as Request).url);
          const body = getCredit('one-currency');
          for (const balance of body.data) balance.customer_id = id;
          return Response.json(body);
        },
      });
      const outcome = await client.listCreditBalances(id).catch((error: unknown) => error);
      if (/^ctm_[a-z0-9]{26}$/.test(id) && !id.includes('\n')) {
        sent++;
        expect(urls).toEqual([`https://gateway.example/base/customers/${id}/credit-balances`]);
        expect(outcome).toHaveProperty('data.0.customer_id', id);
      } else {
        expect(urls).toEqual([]);
        expect(outcome).toBeInstanceOf(UsageError);
      }
    }),
    runs,
  );
  expect(sent).toBeGreaterThan(500);
}, 60_000);
