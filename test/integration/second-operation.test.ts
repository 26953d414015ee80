import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { customerId as creditedId, getCredit, getErrorBody } from '../support/bodies.ts';
import { run, type Served, serve, tsx } from '../support/process.ts';
import { copyWithGetCustomer, type ProjectCopy } from '../support/second-operation.ts';

let project: ProjectCopy;
let server: Served;
let fetchers: Record<'server' | 'fetch', (path: string, headers?: Record<string, string>) => Promise<Response>>;
let testing: typeof import('../../src/testing.ts');
let main: typeof import('../../src/index.ts');

const mockArguments = ['--import', tsx, 'src/cli.ts', 'mock', '--port', '0'];

beforeAll(async () => {
  project = await copyWithGetCustomer();
  testing = await project.load('src/testing.ts');
  main = await project.load('src/index.ts');
  server = await serve(mockArguments, { cwd: project.folder });
  const mockFetch = testing.createMockFetch();
  const ask =
    (via: typeof fetch) =>
    (path: string, headers: Record<string, string> = {}) =>
      via(server.url + path, { headers: { Authorization: 'Bearer test', ...headers } });
  fetchers = { server: ask(fetch), fetch: ask(mockFetch) };
});
afterAll(async () => {
  await server?.stop();
  await project?.[Symbol.asyncDispose]();
});

/** The customers that the added examples reserve. */
const activeId = 'ctm_01mock200active00000000000';
const archivedId = 'ctm_01mock200archived000000000';
const missingId = 'ctm_01mock404nocustomer0000000';
const otherId = `ctm_${'1'.repeat(26)}`;
const customer = (id: string) => `/customers/${id}`;
const balances = (id: string, query = '') => `/customers/${id}/credit-balances${query}`;

const ownNotFound = (id: string) => ({ error: { code: 'not_found', detail: `Customer ${id} not found` } });
const ourNotFound = (id: string) => ({ error: { code: 'not_found', detail: `Entity ${id} not found` } });
const several = getCredit('several-currencies').data;
const severalId = several[0]?.customer_id as string;

describe.each(['server', 'fetch'] as const)('the mock %s', (kind) => {
  test.each<[string, string, Record<string, string>, number, object]>([
    ['the reserved ID of an added example', customer(archivedId), {}, 200, { data: { status: 'archived' } }],
    ['any other customer', customer(otherId), {}, 200, { data: { id: otherId, status: 'active' } }],
    ['an ID that our operation reserves', customer(severalId), {}, 200, { data: { id: severalId, status: 'active' } }],
    ['the added `not_found`', customer(missingId), {}, 404, ownNotFound(missingId)],
    ['Prefer by name', customer(otherId), { Prefer: 'code=404, example=not_found' }, 404, ownNotFound(otherId)],
    ['Prefer by status', customer(otherId), { Prefer: 'code=200, example=archived' }, 200, { data: { id: otherId } }],
    ['Prefer for an example of ours', customer(otherId), { Prefer: 'code=200, example=no-credit' }, 422, {}],
    ['a malformed ID', customer('42'), {}, 400, { error: { errors: [{ field: 'customer_id' }] } }],
    ['an unknown value of a list', `${customer(activeId)}?include=all`, {}, 400, { error: { code: 'invalid_field' } }],
    ['a malformed header', customer(activeId), { Authorization: 'x' }, 403, errorOf('authentication_malformed')],
    [
      'a client-side token',
      customer(activeId),
      { Authorization: 'Bearer test_a' },
      403,
      errorOf('invalid_client_token'),
    ],
    ['a path of neither', '/customers', {}, 404, { title: 'Route not resolved, no path matched' }],
    ['our reserved ID', balances(severalId), {}, 200, { data: several }],
    ['our filter', balances(severalId, '?currency_code=JPY'), {}, 200, { data: [{ currency_code: 'JPY' }] }],
    [
      'our `not_found`',
      balances('ctm_01mock404notfound000000000'),
      {},
      404,
      { error: getErrorBody('not_found').error },
    ],
    ['our `not_found` by Prefer', balances(otherId), { Prefer: 'code=404' }, 404, ourNotFound(otherId)],
    ['an ID that the added operation reserves', balances(missingId), {}, 200, { data: [{ customer_id: missingId }] }],
    ['a malformed ID of ours', balances('42'), {}, 400, { error: { errors: [{ field: 'customer_id' }] } }],
  ])('answers %s by the operation that is asked', async (_, path, headers, status, body) => {
    const response = await fetchers[kind](path, headers);
    expect(await response.json()).toMatchObject(body);
    expect(response.status).toBe(status);
  });
});

function errorOf(code: string) {
  const { error } = getErrorBody(code);
  return { error };
}

it('the mock server sends nothing that breaks the contract, and lists the scenarios of both operations', () => {
  expect(server.readOutput()).not.toContain('broke the contract');
  expect(server.readOutput()).toMatch(/ctm_01mock200archived000000000 +archived\n/);
  expect(server.readOutput()).toContain(`${server.url}/customers/${creditedId}/credit-balances\n`);
});

describe('the options of a mock', () => {
  const status = async (options: import('../../src/testing.ts').MockFetchOptions, path: string) => {
    const response = await testing.createMockFetch(options)(`http://mock${path}`, {
      headers: { Authorization: 'Bearer test' },
    });
    return { status: response.status, body: await response.json() };
  };

  it('scenario picks the example of that name of each operation, and no data of another one', async () => {
    const notFound = { scenario: 'not_found' } as const;
    expect((await status(notFound, customer(otherId))).body).toMatchObject(ownNotFound(otherId));
    expect((await status(notFound, balances(otherId))).body).toMatchObject(ourNotFound(otherId));
    const noCredit = await status({ scenario: 'no-credit' }, customer(otherId));
    expect(noCredit).toMatchObject({ status: 200, body: { data: { id: otherId } } });
    expect(await status({ scenario: 'forbidden' }, customer(otherId))).toMatchObject({ status: 403 });
  });

  it('failWith and rateLimit hold for both operations', async () => {
    const failing = { failTimes: 1, failWith: 'not_found' } as const;
    const reservedDetail = ownNotFound(missingId);
    expect((await status(failing, customer(otherId))).body).toMatchObject(reservedDetail);
    expect((await status(failing, balances(otherId))).body).toEqual({
      ...getErrorBody('not_found'),
      meta: { request_id: expect.any(String) },
    });
    const mockFetch = testing.createMockFetch({ rateLimit: 1 });
    const ask = (path: string) => mockFetch(`http://mock${path}`, { headers: { Authorization: 'Bearer test' } });
    await ask(balances(otherId));
    const limited = await ask(customer(otherId));
    expect(limited.status).toBe(429);
    expect(limited.headers.get('Retry-After')).toMatch(/^\d+$/);
  });

  it('balances say which customers there are, for both operations', async () => {
    const known = { balances: { [otherId]: { USD: { available: '5' } } } };
    expect(await status(known, customer(otherId))).toMatchObject({ status: 200, body: { data: { id: otherId } } });
    expect((await status(known, balances(otherId))).body).toMatchObject({ data: [{ balance: { available: '5' } }] });
    const unknownId = `ctm_${'2'.repeat(26)}`;
    expect((await status(known, customer(unknownId))).body).toMatchObject(ownNotFound(unknownId));
    expect((await status(known, balances(unknownId))).body).toMatchObject(ourNotFound(unknownId));
  });
});

describe('the clients', () => {
  it('the fetch client calls the added operation, and its types know it', async () => {
    const code = `
      import { createFetchClient } from './fetch.ts';
      import { createMockFetch } from './testing.ts';

      const client = createFetchClient({ apiKey: 'test', environment: 'sandbox', fetch: createMockFetch() });
      const ask = (id: string) =>
        client.GET('/customers/{customer_id}', { params: { path: { customer_id: id }, query: { include: ['address'] } } });
      const { data, error } = await ask('${archivedId}');
      const status: string | undefined = data?.data.status;
      const missing = await ask('${missingId}');
      const detail: string | undefined = missing.error?.error.detail;
      // @ts-expect-error: a customer has no balances
      const none = data?.data[0];
      const refused = await ask('42').catch((error) => ({ name: error.name, option: error.option }));
      console.log(JSON.stringify({ status, error, detail, none, refused }));
    `;
    await writeFile(path.join(project.folder, 'src/use.ts'), code);
    await writeFile(path.join(project.folder, 'tsconfig.use.json'), '{"extends":"./tsconfig.json","include":["src"]}');
    const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
    const compiled = await run(process.execPath, [tsc, '-p', 'tsconfig.use.json'], project.folder);
    expect(compiled.stdout).toBe('');

    const used = await run(process.execPath, ['--import', tsx, 'src/use.ts'], project.folder);
    expect(used.stderr).toBe('');
    expect(JSON.parse(used.stdout)).toEqual({
      status: 'archived',
      detail: `Customer ${missingId} not found`,
      refused: { name: 'UsageError', option: 'customer_id' },
    });
  });

  it('the client of credit balances works as before', async () => {
    const client = main.createCreditBalancesClient({
      apiKey: 'test',
      baseUrl: server.url,
      maxRetries: 0,
    });
    expect((await client.listCreditBalances(severalId, { currencyCode: 'JPY' })).data).toEqual(
      several.filter(({ currency_code }) => currency_code === 'JPY'),
    );
    await expect(client.listCreditBalances('ctm_01mock404notfound000000000')).rejects.toMatchObject({
      name: 'ApiError',
      code: 'not_found',
    });
    await expect(client.listCreditBalances('42')).rejects.toMatchObject({ name: 'UsageError', option: 'customerId' });
  });
});

describe('the checks', () => {
  let verify: typeof import('../../src/verify.ts');
  beforeAll(async () => {
    verify = await project.load('src/verify.ts');
  });
  const operation = 'get-customer' as 'list-credit-balances';

  it('checkResponse judges a response by the operation that is named', async () => {
    const check = async (path: string) => verify.checkResponse(await fetchers.fetch(path), { operation });
    expect(await check(customer(activeId))).toEqual([]);
    expect(await check(customer(missingId))).toEqual([]);
    expect(await check(balances(severalId))).toContainEqual(
      expect.objectContaining({ severity: 'error', rule: 'schema', location: 'body/data' }),
    );
    const wrong = Response.json({ data: { id: '42', email: 'sam@example.com' }, meta: { request_id: '' } });
    const findings = await verify.checkResponse(wrong, { operation });
    expect(findings.map(({ rule, location }) => `${rule} ${location}`)).toEqual([
      'schema body/data',
      'schema body/data/id',
      'format body/meta/request_id',
    ]);
  });

  it('checkResponse means the credit balances where no operation is named', async () => {
    expect(await verify.checkResponse(await fetchers.fetch(balances(severalId)))).toEqual([]);
    expect(await verify.checkResponse(await fetchers.fetch(customer(activeId)))).not.toEqual([]);
  });

  it('the verify command finds the mock in order, for a customer of its own choice', async () => {
    const { stdout, code } = await run(
      process.execPath,
      ['--import', tsx, 'src/cli.ts', 'verify', '--server', server.url],
      project.folder,
      { ...process.env, PADDLE_API_KEY: 'test' },
    );
    expect(stdout).toContain(`customer ${creditedId}`);
    expect(stdout).toContain('The contract check passed: 0 errors, 0 warnings.');
    expect(code).toBe(0);
  });
});
