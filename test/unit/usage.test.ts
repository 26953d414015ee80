import { describe, expect, it, test, vi } from 'vitest';
import { type ClientOptions, createCreditBalancesClient, type ListOptions, UsageError } from '../../src/index.ts';
import { credit, customerId, makeKey, thrownBy } from '../support/bodies.ts';

const fetch = vi.fn(async () => Response.json(credit('one-currency')));
const gateway = { apiKey: 'test-key', baseUrl: 'https://gateway.example', fetch };

/** The error of a call that must not send anything. */
async function refusal(options: object, ...call: unknown[]): Promise<UsageError> {
  fetch.mockClear();
  const error = await thrownBy(
    (async () =>
      createCreditBalancesClient(options as ClientOptions).listCreditBalances(
        ...((call.length > 0 ? call : [customerId]) as [string, ListOptions?]),
      ))(),
  );
  expect(error).toBeInstanceOf(UsageError);
  expect(error).toMatchObject({ name: 'UsageError', retryable: false });
  expect(fetch).not.toHaveBeenCalled();
  return error as UsageError;
}

describe('a customer id', () => {
  test.each([
    'ctm_x/../../products',
    '',
    'sub_01gw9m680k848184fpttwr0b7z',
    'ctm_01GW9M680K848184FPTTWR0B7Z',
    'ctm_01gw9m680k848184fpttwr0b7',
    'ctm_01gw9m680k848184fpttwr0b7z\n',
    ' ctm_01gw9m680k848184fpttwr0b7z',
    undefined,
    null,
    7,
    { toString: () => customerId },
    [customerId],
  ])('%j is refused with what is right', async (id) => {
    const { message } = await refusal(gateway, id);
    expect(message).toMatch(/must be ctm_ and 26 small letters or digits, such as ctm_\w{26}; it is /);
    const shown = typeof id === 'string' ? JSON.stringify(id) : id === null || id === 7 ? `${id}` : typeof id;
    expect(message.endsWith(`; it is ${shown}.`)).toBe(true);
  });

  it('that is very long is shown cut short', async () => {
    expect((await refusal(gateway, 'x'.repeat(61))).message).toContain(`it is "${'x'.repeat(60)}…".`);
    expect((await refusal(gateway, 'x'.repeat(60))).message).toContain(`it is "${'x'.repeat(60)}".`);
  });
});

describe('a currency list', () => {
  test.each([
    [['usd'], '"usd"'],
    ['US', '"US"'],
    [['USD', 'EURO', ''], '"EURO", ""'],
    [['USD,EUR'], '"USD,EUR"'],
    [[undefined], 'undefined'],
    [[null], 'null'],
    [[840], '840'],
  ])('%j is refused and the wrong ones are named', async (currencyCode, wrong) => {
    const { message } = await refusal(gateway, customerId, { currencyCode });
    expect(message).toBe(`A currency must be three capital letters such as "USD"; wrong is ${wrong}.`);
  });

  it('that is empty is refused, since it would mean every currency', async () => {
    expect((await refusal(gateway, customerId, { currencyCode: [] })).message).toMatch(/empty list.*every currency/);
  });
});

describe('an API key', () => {
  test.each<[string, unknown, RegExp]>([
    ['a live client-side token', 'live_7d279f61a3499fed520f7cd8c08', /client-side token.*pdl_/],
    ['a test client-side token', 'test_7d279f61a3499fed520f7cd8c08', /client-side token.*pdl_/],
    ['empty', '', /must be a string that is not empty; it is empty/],
    ['missing', undefined, /it is undefined.*environment variable/],
    ['a number', 7, /it is 7/],
    ['with a line break at the end', `${makeKey()}\n`, /line break/],
    ['with a line break inside', 'secret-one\r\nX-Evil: secret-two', /line break/],
    ['in quotes', '"secret-in-quotes"', /quotes/],
    ['with a space', 'Bearer secret-key', /space/],
    ['in other letters', 'ключ-ключ', /another character/],
  ])('%s is refused without being told', async (_, apiKey, message) => {
    for (const given of [apiKey, async () => apiKey, () => apiKey]) {
      const error = await refusal({ ...gateway, apiKey: given });
      expect(error.message).toMatch(message);
      expect(error.message).not.toMatch(/7d279f|secret|ключ|k7k7/);
      expect(error.cause).toBeUndefined();
    }
  });

  test.each([
    ['live', { environment: 'sandbox' }, 'pdl_sdbx_'],
    ['sandbox', { environment: 'live' }, 'pdl_live_'],
    ['live', { baseUrl: 'https://sandbox-api.paddle.com' }, 'pdl_sdbx_'],
    ['sandbox', { baseUrl: 'https://api.paddle.com/' }, 'pdl_live_'],
    ['sandbox', { environment: 'live', baseUrl: 'http://localhost:4010' }, 'pdl_live_'],
  ] as const)('for %s is refused with %j', async (environment, options, prefix) => {
    const apiKey = makeKey(environment);
    for (const given of [apiKey, () => apiKey]) {
      const { message } = await refusal({ fetch, apiKey: given, ...options });
      expect(message).toContain(`is for the ${environment} environment`);
      expect(message).toContain(`starts with ${prefix}, or set environment to ${environment}`);
      expect(message).not.toContain(apiKey.slice(17));
    }
  });

  it('that names no environment needs one', async () => {
    const { message } = await refusal({ fetch, apiKey: 'x'.repeat(50) });
    expect(message).toMatch(/names no environment: set environment to live or sandbox/);
  });

  it('of the right environment passes, whatever says so', async () => {
    for (const [environment, baseUrl] of [
      ['live', 'https://api.paddle.com'],
      ['sandbox', 'https://sandbox-api.paddle.com'],
    ] as const) {
      const apiKey = makeKey(environment);
      for (const options of [
        {},
        { environment },
        { baseUrl },
        { environment, baseUrl },
        { baseUrl: gateway.baseUrl },
      ]) {
        fetch.mockClear();
        await createCreditBalancesClient({ apiKey, fetch, ...options }).listCreditBalances(customerId);
        expect(fetch).toHaveBeenCalledTimes(1);
      }
    }
  });
});

describe('a base URL', () => {
  test.each([
    ['http://gateway.example', /^baseUrl must be https.*http:\/\/gateway\.example/],
    ['http://127.0.0.1.evil.example', /must be https/],
    ['http://localhost.example', /must be https/],
    ['http://10.0.0.1', /must be https/],
    ['ftp://gateway.example', /must be https/],
    ['ftp://localhost', /must be https/],
    ['http://127.0.0.1.example', /must be https/],
    ['https://:secret@gateway.example', /password/],
    ['gateway.example/paddle', /whole address/],
    ['', /whole address/],
    [7, /whole address/],
    ['https://user:secret@gateway.example', /no user name/],
    ['https://user@gateway.example', /no user name/],
    ['https://gateway.example/?a=b', /no user name, password, query or fragment/],
    ['https://gateway.example/#a', /fragment/],
    ['https://gateway.example/?', /query/],
  ])('%j is refused', async (baseUrl, message) => {
    const error = await refusal({ ...gateway, baseUrl });
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('secret');
  });

  test.each([
    'http://localhost:1',
    'http://mock.localhost',
    'http://127.0.0.1:4010',
    'http://127.10.0.200',
    'http://[::1]:4010/a/',
  ])('%s is this machine, where plain http is fine', async (baseUrl) => {
    const client = createCreditBalancesClient({ ...gateway, baseUrl });
    expect((await client.listCreditBalances(customerId)).data).toHaveLength(1);
  });

  it('of another environment than the option is refused', async () => {
    const options = { apiKey: 'x'.repeat(50), fetch, environment: 'live', baseUrl: 'https://sandbox-api.paddle.com' };
    expect((await refusal(options)).message).toBe(
      "environment is live, but baseUrl is Paddle's sandbox server: leave one out.",
    );
  });
});

describe('an option', () => {
  test.each<[object, RegExp]>([
    [
      { retries: 3, apikey: 'secret' },
      /There is no option "retries", "apikey"\. The options are apiKey, environment, .*headers\./,
    ],
    [{ environment: 'production' }, /environment must be sandbox or live/],
    [{ environment: 'toString' }, /environment must be sandbox or live/],
    [{ fetch: 'fetch' }, /fetch must be a function/],
    [{ onRetry: true }, /onRetry must be a function/],
    [{ validate: 'no' }, /validate must be true or false/],
    [{ maxRetryDelay: -1 }, /maxRetryDelay must be a number of milliseconds from 0 to 2147483647; it is -1/],
    [{ timeout: '5000' }, /timeout must be .* it is "5000"/],
    [{ timeout: '5s' }, /timeout must be a number of milliseconds from 1 to 2147483647; it is "5s"/],
  ])('of the client: %j is refused', async (options, message) => {
    expect((await refusal({ ...gateway, ...options })).message).toMatch(message);
    // The mistake shows where it is made, not at the first call.
    expect(() => createCreditBalancesClient({ ...gateway, ...options } as ClientOptions)).toThrow(UsageError);
  });

  test.each<[object, RegExp]>([
    [
      { currency: 'USD' },
      /There is no option "currency"\. The options are currencyCode, signal, timeout, maxRetries, headers\./,
    ],
    [{ signal: 'abort' }, /signal must be an AbortSignal/],
    [{ signal: null }, /signal must be an AbortSignal/],
    [{ timeout: 0 }, /timeout .* it is 0/],
    [{ timeout: Number.NaN }, /timeout .* it is NaN/],
    [{ timeout: Number.POSITIVE_INFINITY }, /timeout .* it is Infinity/],
    [{ timeout: 2 ** 31 }, /timeout/],
    [{ maxRetries: -1 }, /maxRetries must be a whole number, 0 or more; it is -1/],
    [{ maxRetries: 1.5 }, /maxRetries/],
    [{ headers: 'X: y' }, /headers must be an object/],
    [{ headers: null }, /headers must be an object/],
    [{ headers: { authorization: 'Bearer secret' } }, /must not set authorization: the client does, from apiKey/],
    [{ headers: { Accept: 'text/html' } }, /must not set Accept: the client does\./],
    [{ headers: { 'Content-Type': 'text/html' } }, /must not set Content-Type/],
    [{ headers: { 'PADDLE-VERSION': '2' } }, /must not set PADDLE-VERSION/],
    [{ headers: { 'X-Token': 'secret\nX: y' } }, /header "X-Token" is not a valid HTTP header/],
    [{ headers: { 'X Token': 'y' } }, /header "X Token" is not a valid HTTP header/],
  ])('of the call: %j is refused', async (call, message) => {
    const error = await refusal(gateway, customerId, call);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('secret');
    expect(error.cause).toBeUndefined();
  });

  it.each([null, 'key', undefined])('object is needed: %j is refused', async (options) => {
    expect((await refusal(options as never)).message).toMatch(/options must be an object/);
  });

  it('may have its least and its greatest value', async () => {
    const client = createCreditBalancesClient({ ...gateway, timeout: 2 ** 31 - 1, maxRetryDelay: 0, maxRetries: 0 });
    expect((await client.listCreditBalances(customerId, { maxRetries: 1 })).data).toHaveLength(1);
    expect(() => createCreditBalancesClient({ ...gateway, timeout: 1, maxRetryDelay: 2 ** 31 - 1 })).not.toThrow();
  });

  it('that is undefined counts as left out', async () => {
    const client = createCreditBalancesClient({
      ...gateway,
      environment: undefined,
      timeout: undefined,
      headers: undefined,
    });
    const call = { currencyCode: undefined, signal: undefined, timeout: undefined, maxRetries: undefined };
    expect((await client.listCreditBalances(customerId, call)).data).toHaveLength(1);
  });

  it('is read once: changing the object later changes nothing', async () => {
    const options: ClientOptions = { ...gateway };
    const client = createCreditBalancesClient(options);
    options.baseUrl = 'http://evil.example';
    fetch.mockClear();
    await client.listCreditBalances(customerId);
    expect((fetch.mock.calls as unknown as [Request][])[0]?.[0].url).toMatch(/^https:\/\/gateway\.example\/customers/);
  });
});
