import { describe, expect, it, test, vi } from 'vitest';
import { ContractError, createCreditBalancesClient } from '../../src/index.ts';
import { catchError, customerId, getCredit, makeKey } from '../support/bodies.ts';
import { answer, answerJson, startHttpServer } from '../support/server.ts';

const path = `/customers/${customerId}/credit-balances`;

describe('the request', () => {
  it('a call sends a GET with the key, the API version and an Accept header, and no content type', async () => {
    const apiKey = makeKey();
    await using server = await startHttpServer(answerJson(200, getCredit('one-currency')));
    await createCreditBalancesClient({ apiKey, baseUrl: server.url }).listCreditBalances(customerId);
    const [{ method, url, headers } = {}] = server.requests;
    expect({ method, url }).toEqual({ method: 'GET', url: path });
    expect(headers).toMatchObject({
      authorization: `Bearer ${apiKey}`,
      accept: 'application/json',
      'paddle-version': '1',
    });
    expect(headers).not.toHaveProperty('content-type');
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    { currencyCode: undefined, query: '' },
    { currencyCode: 'USD', query: '?currency_code=USD' },
    { currencyCode: ['USD'], query: '?currency_code=USD' },
    { currencyCode: ['USD', 'EUR', 'JPY'], query: '?currency_code=USD,EUR,JPY' },
  ])('the currencies $currencyCode are sent as "$query"', async ({ currencyCode, query }) => {
    await using server = await startHttpServer(answerJson(200, getCredit('one-currency')));
    const client = createCreditBalancesClient({ apiKey: 'test-key', baseUrl: server.url });
    await client.listCreditBalances(customerId, { currencyCode });
    expect(server.requests[0]?.url).toBe(path + query);
  });

  test.each(['/paddle', '/paddle/', '/a/b//'])('the path of a gateway is kept: %s', async (base) => {
    await using server = await startHttpServer(answerJson(200, getCredit('one-currency')));
    const client = createCreditBalancesClient({ apiKey: 'test-key', baseUrl: server.url + base });
    await client.listCreditBalances(customerId);
    expect(server.requests[0]?.url).toBe(base.replace(/\/+$/, '') + path);
  });

  it("a request carries the client's headers and, over them, those of the call", async () => {
    await using server = await startHttpServer(answerJson(200, getCredit('one-currency')));
    const client = createCreditBalancesClient({
      apiKey: 'test-key',
      baseUrl: server.url,
      headers: { 'X-Trace': 'client', 'X-Team': 'billing' },
    });
    await client.listCreditBalances(customerId, { headers: { 'X-Trace': 'call' } });
    expect(server.requests[0]?.headers).toMatchObject({ 'x-trace': 'call', 'x-team': 'billing' });
  });

  test.each([
    { apiKey: makeKey('live'), environment: undefined, url: `https://api.paddle.com${path}` },
    { apiKey: makeKey('sandbox'), environment: undefined, url: `https://sandbox-api.paddle.com${path}` },
    { apiKey: 'x'.repeat(50), environment: 'live' as const, url: `https://api.paddle.com${path}` },
    { apiKey: 'x'.repeat(50), environment: 'sandbox' as const, url: `https://sandbox-api.paddle.com${path}` },
  ])('a call goes to the environment of the key or of the option: $url', async ({ apiKey, environment, url }) => {
    const fetch = vi.fn(async (request: unknown) => {
      expect((request as Request).url).toBe(url);
      return Response.json(getCredit('one-currency'));
    });
    await createCreditBalancesClient({ apiKey, environment, fetch }).listCreditBalances(customerId);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it('a call uses the global fetch of the time of the call', async () => {
    const client = createCreditBalancesClient({ apiKey: makeKey() });
    const fetch = vi.spyOn(globalThis, 'fetch').mockResolvedValueOnce(Response.json(getCredit('one-currency')));
    await client.listCreditBalances(customerId);
    expect(fetch).toHaveBeenCalledTimes(1);
    fetch.mockRestore();
  });
});

describe('the result', () => {
  it('the result is the body as it was sent, with unknown fields and an unknown currency', async () => {
    const body = {
      data: [
        {
          customer_id: customerId,
          currency_code: 'XYZ',
          balance: { available: '-1', reserved: '0', used: '123456789012345678901234567890', total: '9' },
          since: '2026-01-01',
        },
      ],
      meta: { request_id: 'not a UUID', pagination: null },
      links: [],
    };
    await using server = await startHttpServer(
      answerJson(200, body, { 'Content-Type': 'application/json; charset=utf-8' }),
    );
    const client = createCreditBalancesClient({ apiKey: 'test-key', baseUrl: server.url });
    expect(await client.listCreditBalances(customerId)).toEqual(body);
  });

  it('the result is an empty list when the server sends one', async () => {
    await using server = await startHttpServer(answerJson(200, getCredit('no-credit')));
    const client = createCreditBalancesClient({ apiKey: 'test-key', baseUrl: server.url });
    expect((await client.listCreditBalances(customerId)).data).toEqual([]);
  });

  it('each caller gets its own result when many calls cross', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => `ctm_${String(index).padStart(26, '0')}`);
    await using server = await startHttpServer(async (response, request) => {
      const id = request.url?.split('/')[2] ?? '';
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 30));
      const body = getCredit('one-currency');
      for (const balance of body.data) balance.customer_id = id;
      answerJson(200, { ...body, meta: { request_id: id } })(response, request);
    });
    const client = createCreditBalancesClient({ apiKey: 'test-key', baseUrl: server.url });
    const answers = await Promise.all(ids.map((id) => client.listCreditBalances(id)));
    expect(answers.map(({ meta }) => meta.request_id)).toEqual(ids);
  });

  it('validate: false accepts a body that breaks the contract, as long as it is JSON', async () => {
    const broken = { data: [{ balance: { available: 5 } }] };
    await using server = await startHttpServer(
      answerJson(200, broken),
      answer(200, '<html>', { 'Content-Type': 'text/html' }),
    );
    const client = createCreditBalancesClient({ apiKey: 'test-key', baseUrl: server.url, validate: false });
    expect(await client.listCreditBalances(customerId)).toEqual(broken);
    await expect(client.listCreditBalances(customerId)).rejects.toThrow(ContractError);
  });
});

describe('a redirect', () => {
  test.each([301, 302, 303, 307, 308])(
    'a redirect of status %i is not followed, so that the key goes to no other server',
    async (status) => {
      await using elsewhere = await startHttpServer(answerJson(200, getCredit('one-currency')));
      await using server = await startHttpServer(answer(status, '', { Location: elsewhere.url + path }));
      const client = createCreditBalancesClient({ apiKey: 'test-key', baseUrl: server.url });
      const error = await catchError(client.listCreditBalances(customerId));
      expect(error).toBeInstanceOf(ContractError);
      expect((error as ContractError).message).toContain('redirect');
      expect((error as ContractError).status).toBe(status);
      expect(server.requests).toHaveLength(1);
      expect(elsewhere.requests).toEqual([]);
    },
  );
});
