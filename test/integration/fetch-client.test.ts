import { createRequire } from 'node:module';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { Middleware } from 'openapi-fetch';
import createHooks, { type OpenapiQueryClient } from 'openapi-react-query';
import { createElement, type ReactElement } from 'react';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import type { CreditBalanceList, ErrorResponse } from '../../generated/openapi.js';
import { scenarios } from '../../generated/scenarios.js';
import { createFetchClient, type FetchPaths } from '../../src/fetch.ts';
import { ApiError, type PaddleError, toDecimal, UsageError } from '../../src/index.ts';
import { type MockServer, type ServedRequest, startMock } from '../../src/mock.ts';
import { catchError, customerId, getCredit, getErrorBody, makeKey } from '../support/bodies.ts';
import { answer, answerJson, startHttpServer } from '../support/server.ts';

// Its types are a package of their own, and one function of it is all that is needed.
const { renderToStaticMarkup } = createRequire(import.meta.url)('react-dom/server') as {
  renderToStaticMarkup(element: ReactElement): string;
};

/** Fails to compile where the two types differ. */
type Equal<Left, Right> =
  (<Value>() => Value extends Left ? 1 : 2) extends <Value>() => Value extends Right ? 1 : 2 ? true : false;
const holds = <_Claim extends true>() => undefined;

const path = '/customers/{customer_id}/credit-balances';
const of = (id: string) => ({ params: { path: { customer_id: id } } });
const reserved = (name: string) => scenarios.find((scenario) => scenario.name === name)?.customerId as string;
const page = answer(502, '<html>Bad gateway</html>', { 'Content-Type': 'text/html' });

let mock: MockServer;
const served: ServedRequest[] = [];
beforeAll(async () => {
  mock = await startMock({ port: 0, onRequest: (request) => served.push(request) });
});
beforeEach(() => void served.splice(0));
afterAll(() => mock?.close());

const connect = (baseUrl = mock.url) => createFetchClient({ apiKey: makeKey(), baseUrl, maxRetries: 0 });

describe('the fetch client', () => {
  it('returns the data of a success, with its response', async () => {
    const { data, error, response } = await connect().GET(path, {
      params: { path: { customer_id: reserved('several-currencies') }, query: { currency_code: ['USD', 'JPY'] } },
    });
    const list: CreditBalanceList | undefined = data;
    const envelope: ErrorResponse | undefined = error;
    holds<Equal<NonNullable<typeof data>['data'][number]['balance']['used'], string>>();
    holds<Equal<NonNullable<typeof error>['error']['code'], string>>();
    expect([list, envelope]).toEqual([data, undefined]);
    expect(data?.data.map(({ currency_code }) => currency_code)).toEqual(['USD', 'JPY']);
    const query = `/customers/${reserved('several-currencies')}/credit-balances?currency_code=USD,JPY`;
    expect(response).toMatchObject({ status: 200, url: mock.url + query });
    await expect.poll(() => served).toMatchObject([{ path: query, status: 200, warning: undefined }]);
  });

  const errors = scenarios.filter(({ status }) => status >= 400);
  test.each(errors.map(({ name, status }) => [status, name] as const))(
    "returns Paddle's %i %s as `error`",
    async (status, name) => {
      const { data, error, response } = await connect().GET(path, of(reserved(name)));
      expect(data).toBeUndefined();
      expect(error?.error).toEqual(getErrorBody(name).error);
      expect(response).toMatchObject({ status, url: expect.stringContaining(mock.url) });
    },
  );

  it.each([
    ['a page', page, { status: 502, detail: '<html>Bad gateway</html>' }],
    ['an empty body', answer(503, ''), { status: 503, detail: 'the body is empty' }],
    ['a body of another kind', answerJson(500, { message: 'no' }), { status: 500, code: undefined }],
  ])('throws an ApiError where an error status comes with %s', async (_, reply, fields) => {
    await using server = await startHttpServer(reply);
    const error = await catchError(connect(server.url).GET(path, of(customerId)));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject(fields);
  });

  it('throws a ContractError where a success is not what the contract says', async () => {
    await using server = await startHttpServer(answerJson(200, { data: [] }));
    await expect(connect(server.url).GET(path, of(customerId))).rejects.toMatchObject({
      name: 'ContractError',
      issues: [{ path: '', message: "must have required property 'meta'" }],
    });
  });

  it('refuses a wrong ID before anything is sent', async () => {
    const error = await catchError(connect().GET(path, of('42')));
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({ option: 'customer_id' });
    expect(served).toEqual([]);
  });

  it('retries as the other client does, and middleware sees one request and one response', async () => {
    await using server = await startHttpServer(page, answerJson(200, getCredit('one-currency')));
    const client = createFetchClient({ apiKey: makeKey(), baseUrl: server.url, maxRetryDelay: 1 });
    const seen: unknown[] = [];
    const logging: Middleware = {
      onRequest({ request, schemaPath }) {
        seen.push([request.method, schemaPath, request.headers.get('Authorization')]);
        request.headers.set('Traceparent', '00-1-2-01');
        return request;
      },
      onResponse({ response }) {
        seen.push(response.status);
      },
    };
    client.use(logging);
    const { data } = await client.GET(path, of(customerId));
    expect(data).toEqual(getCredit('one-currency'));
    expect(seen).toEqual([['GET', path, null], 200]);
    expect(server.requests.map(({ headers }) => headers.traceparent)).toEqual(['00-1-2-01', '00-1-2-01']);
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(Array(2).fill(`Bearer ${makeKey()}`));
  });
});

/** What a user of the hooks writes. */
function Credit({ hooks, id }: { hooks: OpenapiQueryClient<FetchPaths>; id: string }) {
  const { data, error } = hooks.useQuery('get', path, of(id));
  const envelope: ErrorResponse | null = error;
  const [first] = data?.data ?? [];
  if (first !== undefined) return toDecimal(first.balance.available, first.currency_code);
  return envelope?.error.code ?? 'loading';
}

describe("openapi-react-query's hooks on the fetch client", () => {
  const queries = () => new QueryClient({ defaultOptions: { queries: { retry: false } } });

  it('get data that is typed as the list', async () => {
    const hooks = createHooks(connect());
    const data = await queries().fetchQuery(hooks.queryOptions('get', path, of(customerId)));
    holds<Equal<(typeof data.data)[number]['currency_code'], string>>();
    expect(data.data).toEqual(getCredit('one-currency').data);
  });

  it("get Paddle's error, typed as its body", async () => {
    const hooks = createHooks(connect());
    const error = await catchError(queries().fetchQuery(hooks.queryOptions('get', path, of(reserved('not_found')))));
    expect(error).toMatchObject({ error: { code: 'not_found' } });
  });

  it('get an error where a gateway answers with a page, and not no data', async () => {
    await using server = await startHttpServer(page);
    const hooks = createHooks(connect(server.url));
    const error = await catchError(queries().fetchQuery(hooks.queryOptions('get', path, of(customerId))));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 502 });
  });

  it('render it in a component', async () => {
    const hooks = createHooks(connect());
    const client = queries();
    const render = (id: string) =>
      renderToStaticMarkup(createElement(QueryClientProvider, { client }, createElement(Credit, { hooks, id })));
    expect(render(customerId)).toBe('loading');
    await client.prefetchQuery(hooks.queryOptions('get', path, of(customerId)));
    expect(render(customerId)).toBe('5.50');
  });
});

it('a switch over the name of an error tells TypeScript its class', () => {
  const describeError = (error: PaddleError): string => {
    switch (error.name) {
      case 'ApiError':
        holds<Equal<typeof error, ApiError>>();
        return `${error.status} ${error.code}`;
      case 'TimeoutError':
        return `${error.timeout} ms`;
      case 'ContractError':
        return `${error.issues.length} issues`;
      case 'UsageError':
        holds<Equal<typeof error, UsageError>>();
        return `${error.option}`;
      case 'ConnectionError':
        // @ts-expect-error: a connection that failed has no status
        return `${error.status} ${error.message}`;
    }
  };
  const error = new ApiError('403 forbidden', { status: 403, code: 'forbidden', retryable: false });
  expect(describeError(error)).toBe('403 forbidden');
  expect(describeError(new UsageError('timeout must be …', { option: 'timeout' }))).toBe('timeout');
});
