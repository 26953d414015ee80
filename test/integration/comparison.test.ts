import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Paddle, ApiError as SdkError } from '@paddle/paddle-node-sdk';
import { describe, expect, it, test } from 'vitest';
import { ApiError, ContractError, createCreditBalancesClient, TimeoutError, UsageError } from '../../src/index.ts';
import { catchError, customerId, getCredit, getErrorBody } from '../support/bodies.ts';
import { root } from '../support/process.ts';
import { answer, answerJson, type Reply, startHttpServer } from '../support/server.ts';

const list = () => getCredit('one-currency');
const [balance] = list().data;
if (balance === undefined) throw new Error('the first scenario has no balance');
const withTotal = (available: unknown) => ({
  ...list(),
  data: [{ ...balance, balance: { ...balance.balance, available } }],
});

interface Both {
  sdk: Paddle;
  client: ReturnType<typeof createCreditBalancesClient>;
  requests: { url: string }[];
}

/** The official SDK and our client on one server that misbehaves. */
async function on(replies: Reply[], use: (both: Both) => Promise<void>): Promise<void> {
  await using server = await startHttpServer(...replies);
  // The SDK also takes an address in place of an environment.
  const sdk = new Paddle('test', { environment: server.url as never });
  const client = createCreditBalancesClient({
    apiKey: 'test',
    baseUrl: server.url,
    maxRetryDelay: 1_000,
    timeout: 2_000,
  });
  await use({ sdk, client, requests: server.requests });
}

/** What each row of the README's table says of the SDK, and of our client. */
const rows: Record<string, () => Promise<void>> = {
  "a gateway's HTML page": () =>
    on([answer(502, '<html>Bad gateway</html>', { 'Content-Type': 'text/html' })], async ({ sdk, client }) => {
      expect(await catchError(sdk.customers.getCreditBalance(customerId))).toBeInstanceOf(SyntaxError);
      const error = await catchError(client.listCreditBalances(customerId, { maxRetries: 0 }));
      expect(error).toBeInstanceOf(ApiError);
      expect(error).toMatchObject({ status: 502 });
    }),
  'a server that never answers': () =>
    on([() => undefined], async ({ sdk, client }) => {
      const waited = new Promise((resolve) => setTimeout(resolve, 500, 'still waiting'));
      const asked = sdk.customers.getCreditBalance(customerId).catch(() => 'gave up');
      expect(await Promise.race([asked, waited])).toBe('still waiting');
      const error = await catchError(client.listCreditBalances(customerId, { timeout: 50, maxRetries: 0 }));
      expect(error).toBeInstanceOf(TimeoutError);
    }),
  'a connection that is lost once': () =>
    on(
      [(response) => response.destroy(), (response) => response.destroy(), answerJson(200, list())],
      async ({ sdk, client }) => {
        expect(await catchError(sdk.customers.getCreditBalance(customerId))).toMatchObject({ message: 'fetch failed' });
        expect(await client.listCreditBalances(customerId)).toEqual(list());
      },
    ),
  'a server that is down for a moment': () =>
    on(
      [
        answerJson(503, getErrorBody('service_unavailable')),
        answerJson(503, getErrorBody('service_unavailable')),
        answerJson(200, list()),
      ],
      async ({ sdk, client }) => {
        expect(await catchError(sdk.customers.getCreditBalance(customerId))).toBeInstanceOf(SdkError);
        expect(await client.listCreditBalances(customerId)).toEqual(list());
      },
    ),
  'an error of Paddle': () =>
    on([answerJson(404, getErrorBody('not_found'))], async ({ sdk, client }) => {
      const theirs = await catchError(sdk.customers.getCreditBalance(customerId));
      expect(theirs).toMatchObject({ code: 'not_found' });
      expect(Object.keys(theirs as object)).not.toContain('status');
      expect(JSON.stringify(theirs)).not.toContain(getErrorBody('not_found').meta?.request_id);
      const { meta } = getErrorBody('not_found');
      expect(await catchError(client.listCreditBalances(customerId))).toMatchObject({
        code: 'not_found',
        status: 404,
        requestId: meta?.request_id,
      });
    }),
  'a total that is a number': () =>
    on([answerJson(200, withTotal(550))], async ({ sdk, client }) => {
      const [first] = await sdk.customers.getCreditBalance(customerId);
      expect(first?.balance?.available).toBe(550);
      expect(await catchError(client.listCreditBalances(customerId))).toBeInstanceOf(ContractError);
    }),
  'a total that is missing': () =>
    on([answerJson(200, withTotal(undefined))], async ({ sdk, client }) => {
      const [first] = await sdk.customers.getCreditBalance(customerId);
      expect(first?.balance?.available).toBeUndefined();
      expect(await catchError(client.listCreditBalances(customerId))).toBeInstanceOf(ContractError);
    }),
  "another customer's balance": () =>
    on(
      [answerJson(200, { ...list(), data: [{ ...balance, customer_id: `ctm_${'0'.repeat(26)}` }] })],
      async ({ sdk, client }) => {
        expect(await sdk.customers.getCreditBalance(customerId)).toHaveLength(1);
        expect(await catchError(client.listCreditBalances(customerId))).toBeInstanceOf(ContractError);
      },
    ),
  'a filter that the server ignores': () =>
    on([answerJson(200, list())], async ({ sdk, client }) => {
      expect(await sdk.customers.getCreditBalance(customerId, { currencyCode: ['EUR'] })).toHaveLength(1);
      expect(await catchError(client.listCreditBalances(customerId, { currencyCode: 'EUR' }))).toBeInstanceOf(
        ContractError,
      );
    }),
  'a customer id with a path in it': () =>
    on([answerJson(200, list())], async ({ sdk, client, requests }) => {
      await sdk.customers.getCreditBalance('ctm_x/../../products?');
      expect(requests.map(({ url }) => url)).toEqual(['/products?/credit-balances']);
      expect(await catchError(client.listCreditBalances('ctm_x/../../products?'))).toBeInstanceOf(UsageError);
      expect(requests).toHaveLength(1);
    }),
  'the request id of a list': () =>
    on([answerJson(200, list())], async ({ sdk, client }) => {
      expect(JSON.stringify(await sdk.customers.getCreditBalance(customerId))).not.toContain(list().meta.request_id);
      expect((await client.listCreditBalances(customerId)).meta).toEqual(list().meta);
    }),
};

test.each(Object.entries(rows))('the official SDK and this client do what the README says of each: %s', (_, shown) =>
  shown(),
);

describe("the README's comparison", () => {
  it('the README compares the official SDK and this client in these rows and no others', async () => {
    const readme = await readFile(path.join(root, 'README.md'), 'utf8');
    const [, table = ''] = /## Beside the official SDK\n[\s\S]*?\| -+.*\n((?:\|.*\n)+)/.exec(readme) ?? [];
    const named = table
      .trim()
      .split('\n')
      .map((row) => row.split('|')[1]?.trim());
    expect(named).toEqual(Object.keys(rows));
  });
});
