import { expect, it } from 'vitest';
import { createCreditBalancesClient } from '../../src/index.ts';
import { listCreditBalancesOfMany } from '../../src/many.ts';
import { createMockFetch } from '../../src/testing.ts';
import { getErrorBody } from '../support/bodies.ts';
import { makeCustomers, makeRandom, sumByCurrency } from '../support/customers.ts';
import { answerJson, startHttpServer } from '../support/server.ts';

it.each([1, 2, 3])(
  'every customer ends once, with the ledger’s sums, whatever the server does: seed %d',
  async (seed) => {
    const random = makeRandom(seed);
    const balances = makeCustomers(400, random);
    const mock = createMockFetch({ balances });
    const seen = { 200: 0, 429: 0, 500: 0, lost: 0 };
    await using server = await startHttpServer(async (response, { url, headers, socket }) => {
      const fate = random();
      await new Promise((resolve) => setTimeout(resolve, random() * 5));
      if (fate < 0.1) {
        seen.lost += 1;
        return socket.destroy();
      }
      if (fate < 0.2) {
        seen[500] += 1;
        return answerJson(500, getErrorBody('internal_error'))(response, {} as never);
      }
      if (fate < 0.3) {
        seen[429] += 1;
        return answerJson(429, getErrorBody('too_many_requests'), { 'Retry-After': '0' })(response, {} as never);
      }
      seen[200] += 1;
      const right = await mock(`http://mock${url}`, { headers: { authorization: String(headers.authorization) } });
      return answerJson(right.status, await right.json())(response, {} as never);
    });
    const client = createCreditBalancesClient({
      apiKey: 'test',
      baseUrl: server.url,
      maxRetries: 50,
      maxRetryDelay: 2,
    });
    const ids: string[] = [];
    const received = [];
    for await (const result of listCreditBalancesOfMany(client, Object.keys(balances), {
      concurrency: 16,
      requestsPerMinute: Number.POSITIVE_INFINITY,
    })) {
      ids.push(result.customerId);
      if (result.status === 'rejected') throw result.reason;
      received.push(...result.value.data);
    }
    expect(ids.sort()).toEqual(Object.keys(balances).sort());
    expect(sumByCurrency(received)).toEqual(
      sumByCurrency(
        Object.values(balances).flatMap((customer) =>
          Object.entries(customer).map(([currency_code, balance]) => ({ currency_code, balance })),
        ),
      ),
    );
    expect(seen[200]).toBe(400);
    // It was not spared.
    expect(Math.min(seen[429], seen[500], seen.lost)).toBeGreaterThan(10);
  },
);

it('a run leaves no socket and no timer behind when it is left early', async () => {
  await using server = await startHttpServer(answerJson(404, getErrorBody('not_found')), () => undefined);
  const client = createCreditBalancesClient({ apiKey: 'test', baseUrl: server.url });
  const busy = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = busy();
  for await (const _ of listCreditBalancesOfMany(client, Object.keys(makeCustomers(50, makeRandom(1))), {
    requestsPerMinute: 6000,
  })) {
    while (server.requests.length < 4) await new Promise((resolve) => setTimeout(resolve, 5));
    break;
  }
  const open = server.requests.length;
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(server.requests).toHaveLength(open);
  expect(busy()).toBeLessThanOrEqual(before);
});
