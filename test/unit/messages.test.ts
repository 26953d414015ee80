import { describe, expect, it, test } from 'vitest';
import {
  type ApiError,
  ConnectionError,
  ContractError,
  createCreditBalancesClient,
  type ListOptions,
} from '../../src/index.ts';
import { catchError, customerId, getCredit, getErrorBody } from '../support/bodies.ts';

const request = `GET https://gateway.example/customers/${customerId}/credit-balances`;

async function errorFrom(fetch: () => Promise<Response>, options?: ListOptions): Promise<Error> {
  const client = createCreditBalancesClient({
    apiKey: 'test-key',
    baseUrl: new URL('https://gateway.example'),
    fetch,
    maxRetries: 0,
  });
  return (await catchError(client.listCreditBalances(customerId, options))) as Error;
}
const answering = (body: unknown, init?: ResponseInit) => errorFrom(async () => Response.json(body, init));
const text = (body: string, status: number) =>
  errorFrom(async () => new Response(body, { status, headers: { 'Content-Type': 'application/json' } }));

describe('the message of an ApiError', () => {
  it('says status, code, detail, fields, request and request id', async () => {
    const body = getErrorBody('invalid_field');
    body.error.errors = [
      { field: 'customer_id', message: 'is wrong' },
      { field: 'currency_code', message: 'too' },
    ];
    expect((await answering(body, { status: 400 })).message).toBe(
      `400 invalid_field: Request does not pass validation. customer_id: is wrong. currency_code: too. [${request}, request ${body.meta?.request_id}]`,
    );
  });

  it('says how long to wait, and leaves out what the response does not say', async () => {
    const { error } = getErrorBody('too_many_requests');
    const busy = await answering({ error }, { status: 429, headers: { 'Retry-After': '61' } });
    expect(busy.message).toBe(`429 too_many_requests: ${error.detail} [${request}, retry after 61 s]`);
    // Digits of a secret may come back in it.
    const headers = { 'X-Pin': '9123456789012' };
    const echo = async () => Response.json({ error }, { status: 429, headers: { 'Retry-After': '123456789012' } });
    const digits = await errorFrom(echo, { headers });
    expect(digits).toMatchObject({
      retryAfter: undefined,
      message: `429 too_many_requests: ${error.detail} [${request}]`,
    });
    expect((await text('gone', 410)).message).toBe(`410: gone [${request}]`);
    expect((await text(' \n', 502)).message).toBe(`502: the body is empty [${request}]`);
  });

  it('names the address without the filter, so that the same fault reads the same', async () => {
    const gone = async () => new Response('gone', { status: 410 });
    expect((await errorFrom(gone, { currencyCode: ['USD', 'EUR'] })).message).toBe(`410: gone [${request}]`);
  });

  it('cuts a foreign body after 200 characters', async () => {
    expect(((await text('x'.repeat(200), 404)) as ApiError).detail).toBe('x'.repeat(200));
    expect(((await text(`  ${'x'.repeat(201)}`, 404)) as ApiError).detail).toBe(`${'x'.repeat(200)}…`);
  });

  it('also covers a 400, the first status after the redirects', async () => {
    expect((await text('', 400)).name).toBe('ApiError');
    expect((await text('', 300)).name).toBe('ContractError');
  });
});

describe('the message of a ContractError', () => {
  it('says the first three issues and how many more there are', async () => {
    const broken = (count: number) => ({
      // Two entries of one currency would be another issue.
      data: Array.from({ length: count }, (_, index) => ({
        ...getCredit('one-currency').data[0],
        currency_code: `usd${index}`,
      })),
      meta: { request_id: 'r' },
    });
    const issue = (index: number) => `/data/${index}/currency_code must match pattern "^[A-Z]{3}$"`;
    const prefix = 'The response breaks the contract:';
    expect((await answering(broken(1))).message).toBe(`${prefix} ${issue(0)} [${request}]`);
    expect((await answering(broken(3))).message).toBe(`${prefix} ${issue(0)}; ${issue(1)}; ${issue(2)} [${request}]`);
    const five = (await answering(broken(5))) as ContractError;
    expect(five.message).toBe(`${prefix} ${issue(0)}; ${issue(1)}; ${issue(2)}; and 2 more [${request}]`);
    expect(five.issues).toHaveLength(5);
    for (const [count, more] of [
      [1000, 997],
      [1001, 'many'],
    ] as const) {
      const { message, issues } = (await answering(broken(count))) as ContractError;
      expect([issues.length, message.endsWith(`; and ${more} more [${request}]`)]).toEqual([100, true]);
    }
    expect((await answering([])).message).toBe(`${prefix} must be object [${request}]`);
  });

  test.each([
    ['application/json-seq', false],
    ['text/application/json', false],
    ['application/jsonx', false],
    ['application/json', true],
    ['APPLICATION/JSON ; charset=utf-8', true],
    ['application/json;charset=utf-8', true],
  ])('is about the content type %s: %s is fine', async (type, fine) => {
    const list = JSON.stringify(getCredit('one-currency'));
    const client = createCreditBalancesClient({
      apiKey: 'test-key',
      baseUrl: 'https://gateway.example',
      fetch: async () => new Response(list, { headers: { 'Content-Type': type } }),
    });
    const outcome = await client.listCreditBalances(customerId).catch((error: unknown) => error);
    if (fine) expect(outcome).toEqual(JSON.parse(list));
    else expect((outcome as Error).message).toContain(`its content type is ${type} and not application/json`);
  });

  it('recognises a redirect as a browser shows it, without status and headers', async () => {
    const opaque = { type: 'opaqueredirect', status: 0, ok: false, headers: new Headers(), text: async () => '' };
    const error = await errorFrom(async () => opaque as Response);
    expect(error).toBeInstanceOf(ContractError);
    expect(error.message).toContain('it is a redirect, which is not followed');
  });
});

describe('the message of a ConnectionError', () => {
  const inner = new Error('connect ECONNREFUSED 127.0.0.1:1');
  test.each<[string, unknown, string]>([
    ['the fault inside "fetch failed"', new TypeError('fetch failed', { cause: inner }), 'ECONNREFUSED 127.0.0.1:1'],
    ['an error without a cause', new TypeError('terminated'), 'terminated'],
    ['a cause that is no error', new TypeError('terminated', { cause: 'read ECONNRESET' }), 'read ECONNRESET'],
    [
      'a fault with a code and no message',
      new TypeError('fetch failed', { cause: Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }) }),
      'ECONNREFUSED',
    ],
    ['an error with a name alone', new RangeError(), 'RangeError'],
    ['what is no error at all', 'no network', 'no network'],
  ])('names %s', async (_, thrown, message) => {
    const error = await errorFrom(async () => {
      throw thrown;
    });
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.message).toBe(`Could not connect: ${message} [${request}]`);
    expect(error.cause).not.toBe(thrown);
    if (thrown instanceof Error) {
      expect(error.cause).toMatchObject({ name: thrown.name, message: thrown.message, stack: thrown.stack });
    }
  });
});
