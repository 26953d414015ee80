import { describe, expect, it, test } from 'vitest';
import {
  type ApiError,
  type ClientOptions,
  ContractError,
  createCreditBalancesClient,
  formatAmount,
  toDecimal,
  UsageError,
} from '../../src/index.ts';
import { CreditBalanceList } from '../../src/validate.ts';
import { checkResponse } from '../../src/verify.ts';
import { catchError, customerId, getCredit, getErrorBody } from '../support/bodies.ts';

const json = { 'Content-Type': 'application/json' };
const respond = (body: unknown, status = 200) =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers: json });
const call = (body: unknown, status = 200, options: ClientOptions = {}) =>
  createCreditBalancesClient({
    baseUrl: 'https://gateway.example',
    maxRetries: 0,
    fetch: async () => respond(body, status),
    ...options,
  }).listCreditBalances(customerId);
const apiError = async (body: unknown, status = 404, options: ClientOptions = {}) =>
  (await catchError(call(body, status, options))) as ApiError;

const good = getCredit('one-currency');
const [usd] = good.data as [(typeof good.data)[number]];
const withTotals = (available: unknown) => ({ ...good, data: [{ ...usd, balance: { ...usd.balance, available } }] });

describe('two entries of one currency', () => {
  const eur = { ...usd, currency_code: 'EUR' };
  test.each([
    ['that are the same', [usd, usd]],
    ['that differ', [usd, { ...usd, balance: { ...usd.balance, available: '1' } }]],
    ['with others between them', [usd, eur, { ...eur, currency_code: 'GBP' }, usd]],
    ['of a currency that nobody knows', [eur, { ...usd, currency_code: 'XYZ' }, { ...usd, currency_code: 'XYZ' }]],
  ])('%s are a ContractError, for the client, checkResponse and the schema', async (_, data) => {
    const error = (await catchError(call({ ...good, data }))) as ContractError;
    expect(error).toBeInstanceOf(ContractError);
    expect(error.issues.map((issue) => issue.path)).toEqual(['/data']);
    expect(error.requestId).toBe(good.meta.request_id);
    const findings = await checkResponse(respond({ ...good, data }));
    expect(findings.filter(({ severity }) => severity === 'error')).toMatchObject([
      { rule: 'schema', location: 'body/data' },
    ]);
    expect(CreditBalanceList['~standard'].validate({ ...good, data })).toHaveProperty('issues');
  });

  it('are found in a filtered list too, and one entry for each of many currencies is right', async () => {
    const many = Array.from({ length: 2_000 }, (_, index) => ({
      ...usd,
      currency_code: [index % 26, (index / 26) % 26, index / 676]
        .map((n) => String.fromCharCode(65 + Math.floor(n)))
        .join(''),
    }));
    expect((await call({ ...good, data: many })).data).toHaveLength(2_000);
    const client = createCreditBalancesClient({
      baseUrl: 'https://gateway.example',
      fetch: async () => respond({ ...good, data: [usd, usd] }),
    });
    expect(await catchError(client.listCreditBalances(customerId, { currencyCode: 'USD' }))).toBeInstanceOf(
      ContractError,
    );
  });
});

describe('data beside an error', () => {
  const { error } = getErrorBody('not_found');
  test.each([
    ["Paddle's", error],
    ['an empty object', {}],
    ['a list', []],
  ])('%s is a ContractError, for the client and for checkResponse', async (_, value) => {
    const thrown = (await catchError(call({ ...good, error: value }))) as ContractError;
    expect(thrown).toBeInstanceOf(ContractError);
    expect(thrown.issues).toEqual([{ path: '/error', message: expect.stringContaining('beside the data') }]);
    expect(await checkResponse(respond({ ...good, error: value }))).toContainEqual(
      expect.objectContaining({ severity: 'error', location: 'body/error' }),
    );
  });

  it('that is null says that there is none', async () => {
    expect(await call({ ...good, error: null })).toEqual({ ...good, error: null });
  });

  it('is a ContractError also where the data is empty, since that would read as no credit', async () => {
    expect(await catchError(call({ ...good, data: [], error }))).toBeInstanceOf(ContractError);
  });
});

describe('an amount', () => {
  test.each(['-0', '007', '-007', '0', '9'.repeat(400), `-${'9'.repeat(400)}`])(
    'is handed on as it came, to the digit: %s',
    async (available) => {
      const { data } = await call(withTotals(available));
      expect(data[0]?.balance.available).toBe(available);
    },
  );

  test.each([
    ['', 'is empty'],
    ['+1', 'has a plus'],
    ['1.0', 'is a decimal'],
    ['1e3', 'has an exponent'],
    ['0x10', 'is hexadecimal'],
    [' 1', 'has a space'],
    ['1\n', 'has a line break'],
    ['٣', 'has another digit'],
    ['NaN', 'is no number'],
    ['Infinity', 'is endless'],
    ['--1', 'has two signs'],
    ['-', 'is a sign'],
    [1, 'is a number'],
    [null, 'is null'],
    [true, 'is a boolean'],
    [['1'], 'is a list'],
  ])('that is %j is a ContractError: it %s', async (available, _) => {
    expect(await catchError(call(withTotals(available)))).toBeInstanceOf(ContractError);
  });

  it('without a value is a ContractError, as JSON makes one of NaN and undefined', async () => {
    for (const available of [Number.NaN, undefined, Number.POSITIVE_INFINITY]) {
      expect(await catchError(call(withTotals(available)))).toBeInstanceOf(ContractError);
    }
  });

  it('drops leading zeros and the sign of zero where it is shown', () => {
    expect(toDecimal('-000', 'USD')).toBe('0.00');
    expect(toDecimal('-0005', 'USD')).toBe('-0.05');
    expect(formatAmount('-0', 'USD', { locale: 'en-US' })).toBe('$0.00');
    expect(formatAmount('0007', 'JPY', { locale: 'en-US' })).toBe('¥7');
  });

  test.each([1, 15, 16, 21, 22, 299, 300, 301, 302, 309, 310, 400, 5_000])(
    'of %i digits is exact, or refused by formatAmount alone',
    (length) => {
      for (const [sign, currency] of [
        ['', 'USD'],
        ['-', 'JPY'],
      ] as const) {
        const digits = '1234567890'.repeat(500).slice(0, length);
        expect(BigInt(toDecimal(sign + digits, currency).replace('.', ''))).toBe(BigInt(sign + digits));
        const decimals = currency === 'USD' ? 2 : 0;
        if (length - decimals > 300) {
          expect(() => formatAmount(sign + digits, currency)).toThrow(UsageError);
          expect(() => formatAmount(sign + digits, currency)).toThrow(/use toDecimal/);
        } else {
          const text = formatAmount(sign + digits, currency, { locale: 'en-US' });
          expect(text.replace(/\D/g, '').replace(/^0+/, '')).toBe(digits);
          expect(text.startsWith('-')).toBe(sign === '-');
        }
      }
    },
  );

  test.each(['de-DE', null, 7, [], new Map()])('is not formatted with %j as options', (options) => {
    expect(() => formatAmount('550', 'USD', options as never)).toThrow(UsageError);
    expect(() => toDecimal('550', 'USD', options as never)).toThrow(UsageError);
  });
});

describe('an odd body', () => {
  test.each([
    ['a list with a hole', `{"data":[${JSON.stringify(usd)},null],"meta":{"request_id":"r"}}`],
    ['a list in a list', { ...good, data: [[usd]] }],
    ['a text as an entry', { ...good, data: ['usd'] }],
    ['an object like a list', { ...good, data: { 0: usd, length: 1 } }],
    [
      'totals in a __proto__',
      `{"data":[{"customer_id":"${customerId}","currency_code":"USD","balance":{"__proto__":{"available":"1","reserved":"0","used":"0"}}}],"meta":{"request_id":"r"}}`,
    ],
    ['data in a __proto__', `{"__proto__":${JSON.stringify(good)}}`],
    ['a request id in a __proto__', JSON.stringify(good).replace(/"request_id":/, '"__proto__":')],
    ['two values', `${JSON.stringify(good)}{}`],
    ['a comment', `${JSON.stringify(good)}//`],
    ['single quotes', JSON.stringify(good).replaceAll('"', "'")],
    ['NaN', '{"data":NaN,"meta":{}}'],
  ])('%s is a ContractError, never no credit', async (_, body) => {
    expect(await catchError(call(body))).toBeInstanceOf(ContractError);
  });

  it('with the name __proto__ and sound data is handed on, and pollutes nothing', async () => {
    const body = `{"__proto__":{"polluted":true},${JSON.stringify(good).slice(1)}`;
    const list = await call(body);
    expect(list.data).toEqual(good.data);
    expect(Object.hasOwn(list, '__proto__')).toBe(true);
    expect(({} as { polluted?: true }).polluted).toBeUndefined();
  });

  it('that is nested 50,000 deep is an error of ours, for each status', async () => {
    const deep = '['.repeat(50_000) + ']'.repeat(50_000);
    expect(await catchError(call(deep))).toBeInstanceOf(ContractError);
    expect((await call(`{"more":${deep},${JSON.stringify(good).slice(1)}`)).data).toEqual(good.data);
    expect(await apiError(deep, 404)).toMatchObject({ name: 'ApiError', status: 404 });
    expect(await apiError(`{"error":{"code":"x","errors":[${deep}]}}`, 404)).toMatchObject({ code: 'x' });
  });

  it('may start with a byte order mark', async () => {
    expect(await call(`\ufeff${JSON.stringify(good)}`)).toEqual(good);
  });
});

describe('an error body with one odd part', () => {
  const { error, meta } = getErrorBody('invalid_field');
  const known = { code: error.code, type: error.type, requestId: meta?.request_id };

  test.each<[string, unknown]>([
    ['errors: null', { errors: null }],
    ['errors as a text', { errors: 'customer_id' }],
    ['errors as an object', { errors: { customer_id: 'wrong' } }],
    ['errors as a number', { errors: 1 }],
    ['a null in errors', { errors: [null] }],
    ['a text in errors', { errors: ['customer_id'] }],
    ['a list in errors', { errors: [[]] }],
    ['an entry without a field', { errors: [{ message: 'wrong' }] }],
    ['an entry without a message', { errors: [{ field: 'customer_id' }] }],
    ['an empty entry', { errors: [{}] }],
    ['a number as field', { errors: [{ field: 7, message: 'wrong' }] }],
    ['detail: null', { detail: null }],
    ['detail as an object', { detail: { text: 'wrong' } }],
    ['documentation_url: null', { documentation_url: null }],
    ['documentation_url as a number', { documentation_url: 1 }],
    ['no detail', { detail: undefined }],
    ['an unknown part', { trace: [{ a: 1 }] }],
  ])('keeps code, type and request id: %s', async (_, odd) => {
    const thrown = await apiError({ error: { ...error, ...(odd as object) }, meta }, 400);
    expect(thrown).toMatchObject({ name: 'ApiError', status: 400, ...known });
    expect(Array.isArray(thrown.fieldErrors)).toBe(true);
    expect(thrown.message).toMatch(/^400 invalid_field: /);
    expect(thrown.message).not.toMatch(/undefined|\[object/);
  });

  test.each([404, true, {}, ['invalid_field']])('keeps type and request id beside the code %j', async (code) => {
    const thrown = await apiError({ error: { ...error, code }, meta }, 400);
    expect(thrown).toMatchObject({ code: undefined, type: known.type, requestId: known.requestId });
    expect(thrown.detail).toBe(error.detail);
  });

  test.each([null, 7, [], {}])('keeps code and request id beside the type %j', async (type) => {
    const thrown = await apiError({ error: { ...error, type }, meta }, 400);
    expect(thrown).toMatchObject({ code: known.code, type: undefined, requestId: known.requestId });
  });

  test.each([undefined, null, 'text', 7, [], { request_id: null }, { request_id: 7 }])(
    'keeps code and type beside the meta %j',
    async (odd) => {
      const thrown = await apiError({ error, meta: odd }, 400);
      expect(thrown).toMatchObject({ code: known.code, type: known.type, requestId: undefined });
    },
  );

  test.each([undefined, null, 'text', 7, [], {}, { code: null }, { message: 'no' }])(
    'keeps the request id beside the error %j, and shows the body',
    async (odd) => {
      const thrown = await apiError({ error: odd, meta }, 400);
      expect(thrown).toMatchObject({ code: undefined, type: undefined, requestId: known.requestId, fieldErrors: [] });
      expect(thrown.detail).toContain(meta?.request_id);
    },
  );

  it('keeps the sound ones of its fields, the first hundred', async () => {
    const errors = [null, { field: 'a', message: 'b' }, 'text', ...Array(200).fill({ field: 'c', message: 'd' })];
    const thrown = await apiError({ error: { ...error, errors }, meta }, 400);
    expect(thrown.fieldErrors[0]).toEqual({ field: 'a', message: 'b' });
    expect(thrown.fieldErrors).toHaveLength(98);
  });

  test.each([400, 403, 404, 409, 418, 429, 451, 500, 501, 540, 599])(
    'and the status %i has the codes of the envelope, listed or not',
    async (status) => {
      expect(await apiError({ error, meta }, status)).toMatchObject({ status, ...known });
    },
  );
});
