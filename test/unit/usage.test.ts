import { describe, expect, it, test, vi } from 'vitest';
import { type ClientOptions, createCreditBalancesClient, type ListOptions, UsageError } from '../../src/index.ts';
import { catchError, customerId, getCredit, makeKey } from '../support/bodies.ts';

const fetch = vi.fn(async () => Response.json(getCredit('one-currency')));
const gateway = { apiKey: 'test-key', baseUrl: 'https://gateway.example', fetch };

/** The error of a call that must not send anything. */
async function refusal(options: object, ...call: unknown[]): Promise<UsageError> {
  fetch.mockClear();
  const error = await catchError(
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
  ])('%j is refused, and the message shows a valid one', async (id) => {
    const { message } = await refusal(gateway, id);
    expect(message).toMatch(
      /^customerId must be ctm_ followed by 26 lowercase letters or digits, such as ctm_\w{26}; received /,
    );
    const shown =
      typeof id === 'string'
        ? JSON.stringify(id)
        : typeof id === 'object' && id !== null
          ? /^an? (object|array)$/
          : String(id);
    expect(message.split('; received ')[1]?.slice(0, -1)).toMatch(shown);
  });

  it('that is very long is cut short in the message', async () => {
    expect((await refusal(gateway, 'x'.repeat(61))).message).toContain(`received "${'x'.repeat(60)}…".`);
    expect((await refusal(gateway, 'x'.repeat(60))).message).toContain(`received "${'x'.repeat(60)}".`);
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
  ])('%j is refused, and the message names the wrong ones', async (currencyCode, wrong) => {
    const { message } = await refusal(gateway, customerId, { currencyCode });
    expect(message).toBe(`Each item of currencyCode must be three uppercase letters, such as USD; received ${wrong}.`);
  });

  it('that is empty is refused, since it would ask for every currency', async () => {
    expect((await refusal(gateway, customerId, { currencyCode: [] })).message).toMatch(
      /currencyCode must not be an empty list: leave it out to ask for all/,
    );
  });
});

describe('an API key', () => {
  test.each<[string, unknown, RegExp]>([
    ['a live client-side token', 'live_7d279f61a3499fed520f7cd8c08', /client-side token.*pdl_/],
    ['a test client-side token', 'test_7d279f61a3499fed520f7cd8c08', /client-side token.*pdl_/],
    ['empty', '', /must be an API key or access token, as a string; received an empty string/],
    ['a number', 7, /received a number/],
    ['with a line break at the end', `${makeKey()}\n`, /line break/],
    ['with a line break inside', 'secret-one\r\nX-Evil: secret-two', /line break/],
    ['in quotes', '"secret-in-quotes"', /quotes/],
    ['with a space', 'Bearer secret-key', /space/],
    ['in other letters', 'ключ-ключ', /another character/],
  ])('%s is refused, and the message does not show it', async (_, apiKey, message) => {
    for (const given of [apiKey, async () => apiKey, () => apiKey]) {
      const error = await refusal({ ...gateway, apiKey: given });
      expect(error.message).toMatch(message);
      expect(error.message).not.toMatch(/7d279f|secret|ключ|k7k7/);
      expect(error.cause).toBeUndefined();
    }
  });

  test.each([
    {},
    { environment: 'live' },
    { environment: 'sandbox' },
    { baseUrl: 'https://api.paddle.com' },
    { baseUrl: 'https://sandbox-api.paddle.com.:443/' },
  ])('is needed for Paddle itself: %j', async (options) => {
    const { message, option } = await refusal({ fetch, ...options });
    expect(message).toMatch(/^apiKey must be .*received undefined\. Is the environment variable set\?$/);
    expect(option).toBe('apiKey');
  });

  it('is optional for another server, which then gets none', async () => {
    fetch.mockClear();
    const client = createCreditBalancesClient({ baseUrl: 'https://gateway.example', fetch });
    expect((await client.listCreditBalances(customerId)).data).toHaveLength(1);
    const [[request]] = fetch.mock.calls as unknown as [[Request]];
    expect(request.headers.has('authorization')).toBe(false);
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
      expect(message).toContain(`starts with ${prefix}, or choose the environment ${environment}`);
      expect(message).not.toContain(apiKey.slice(17));
    }
  });

  it('that names no environment is refused without one', async () => {
    const { message } = await refusal({ fetch, apiKey: 'x'.repeat(50) });
    expect(message).toMatch(/names no environment: choose live or sandbox/);
  });

  it('of the environment that is called is accepted', async () => {
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
    ['gateway.example/paddle', /absolute URL/],
    ['', /absolute URL/],
    [7, /absolute URL/],
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
  ])('%s is this machine, where http is accepted', async (baseUrl) => {
    const client = createCreditBalancesClient({ ...gateway, baseUrl });
    expect((await client.listCreditBalances(customerId)).data).toHaveLength(1);
  });

  it('of another environment than the option is refused', async () => {
    const options = { apiKey: 'x'.repeat(50), fetch, environment: 'live', baseUrl: 'https://sandbox-api.paddle.com' };
    expect((await refusal(options)).message).toBe(
      "environment is live, but the address is that of Paddle's sandbox server: leave one out.",
    );
  });
});

describe('an option', () => {
  test.each<[object, RegExp]>([
    [
      { retries: 3, apikey: 'secret' },
      /^Unknown option "retries", "apikey"\. The options are apiKey, environment, .*headers\.$/,
    ],
    [{ environment: 'production' }, /environment must be sandbox or live/],
    [{ environment: 'toString' }, /environment must be sandbox or live/],
    [{ fetch: 'fetch' }, /fetch must be a function/],
    [{ onRetry: true }, /onRetry must be a function/],
    [{ validate: 'no' }, /validate must be true or false/],
    [{ maxRetryDelay: -1 }, /maxRetryDelay must be a number of milliseconds from 0 to 2147483647; received -1/],
    [{ timeout: '5000' }, /timeout must be .* received "5000"/],
    [{ timeout: '5s' }, /timeout must be a number of milliseconds from 1 to 2147483647; received "5s"/],
  ])('of the client: %j is refused', async (options, message) => {
    expect((await refusal({ ...gateway, ...options })).message).toMatch(message);
    // The mistake shows where it is made, not at the first call.
    expect(() => createCreditBalancesClient({ ...gateway, ...options } as ClientOptions)).toThrow(UsageError);
  });

  test.each<[object, RegExp]>([
    [
      { currency: 'USD' },
      /^Unknown option "currency"\. The options are currencyCode, signal, timeout, maxRetries, headers\./,
    ],
    [{ signal: 'abort' }, /signal must be an AbortSignal/],
    [{ signal: null }, /signal must be an AbortSignal/],
    [{ timeout: 0 }, /timeout .* received 0/],
    [{ timeout: Number.NaN }, /timeout .* received NaN/],
    [{ timeout: Number.POSITIVE_INFINITY }, /timeout .* received Infinity/],
    [{ timeout: 2 ** 31 }, /timeout/],
    [{ maxRetries: -1 }, /maxRetries must be an integer, 0 or more; received -1/],
    [{ maxRetries: 1.5 }, /maxRetries/],
    [{ headers: 'X: y' }, /headers must be an object/],
    [{ headers: null }, /headers must be an object/],
    [
      { headers: { authorization: 'Bearer secret' } },
      /headers must not set authorization: the client sets it from apiKey/,
    ],
    [{ headers: { Accept: 'text/html' } }, /headers must not set accept: the client sets it\./],
    [{ headers: { 'Content-Type': 'text/html' } }, /must not set content-type/],
    [{ headers: { 'PADDLE-VERSION': '2' } }, /must not set paddle-version/],
    [{ headers: { 'X-Token': 'secret\nX: y' } }, /headers has an invalid HTTP header "X-Token"/],
    [{ headers: { 'X Token': 'y' } }, /headers has an invalid HTTP header "X Token"/],
  ])('of the call: %j is refused', async (call, message) => {
    const error = await refusal(gateway, customerId, call);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('secret');
    expect(error.cause).toBeUndefined();
  });

  it.each([null, 'key', undefined])('object must be one: %j is refused', async (options) => {
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

describe('a UsageError', () => {
  test.each<[string, object, ...unknown[]]>([
    ['apiKey', { ...gateway, apiKey: 7 }],
    ['apiKey', { ...gateway, apiKey: 'live_7d279f61a3499fed520f7cd8c08' }],
    ['apiKey', { ...gateway, apiKey: 'a b' }],
    ['apiKey', { fetch }],
    ['environment', { ...gateway, environment: 'production' }],
    ['environment', { fetch, apiKey: 'token' }],
    ['environment', { fetch, apiKey: makeKey('live'), environment: 'sandbox' }],
    ['environment', { fetch, apiKey: 'token', environment: 'live', baseUrl: 'https://sandbox-api.paddle.com' }],
    ['baseUrl', { ...gateway, baseUrl: '' }],
    ['baseUrl', { ...gateway, baseUrl: 'http://gateway.example' }],
    ['baseUrl', { ...gateway, baseUrl: 'https://gateway.example?x' }],
    ['fetch', { ...gateway, fetch: 7 }],
    ['timeout', { ...gateway, timeout: 0 }],
    ['maxRetries', { ...gateway, maxRetries: -1 }],
    ['headers', { ...gateway, headers: { Host: 'x' } }],
    ['timeout', Object.defineProperty({ ...gateway }, 'timeout', { get: () => JSON.parse('') })],
    ['customerId', gateway, 'ctm_x'],
    ['currencyCode', gateway, customerId, { currencyCode: [] }],
    ['currencyCode', gateway, customerId, { currencyCode: 'usd' }],
    ['signal', gateway, customerId, { signal: { aborted: false } }],
    ['headers', gateway, customerId, { headers: { 'X Y': 'z' } }],
  ])('says which option is wrong: %s (%#)', async (option, options, ...call) => {
    expect((await refusal(options, ...call)).option).toBe(option);
  });

  it('names no option where the options as a whole are wrong', async () => {
    expect((await refusal({ ...gateway, retries: 1 })).option).toBeUndefined();
    expect((await refusal(null as never)).option).toBeUndefined();
  });

  test.each<[unknown, string]>([
    [null, 'null'],
    [true, 'true'],
    [-0.5, '-0.5'],
    ['soon', '"soon"'],
    ['a "quote"', '"a \\"quote\\""'],
    [[1], 'an array'],
    [{}, 'an object'],
    [() => 1, 'a function'],
    [Symbol('x'), 'a symbol'],
    [5n, 'a bigint'],
    ['Ab3dE5gH7jK9mN1pQ2rS', 'a string of 20 characters'],
    ['AbcdEfghIjklMnopQrst', 'a string of 20 characters'],
    ['Ab3dE5gH7jK9mN1pQ2r', '"Ab3dE5gH7jK9mN1pQ2r"'],
    ['ABCDEFGHIJKLMNOPQRSTUVWX', '"ABCDEFGHIJKLMNOPQRSTUVWX"'],
    ['two words, then Ab3dE5gH7jK9mN1pQ2rS', 'a string of 36 characters'],
  ])('says what it received: %#', async (timeout, received) => {
    const { message } = await refusal({ ...gateway, timeout });
    expect(message.split('; received ')[1]).toBe(`${received}.`);
  });

  it('says "undefined" where a value is missing, and what of a revoked Proxy is known', async () => {
    expect((await refusal({ fetch, environment: 'live' })).message).toContain('received undefined.');
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    expect((await refusal({ ...gateway, timeout: proxy })).message).toContain('received an object.');
  });

  it('does not show what was passed in place of the options, where that is a string', async () => {
    expect((await refusal('short' as never)).message).toBe('The options must be an object; received a string.');
    expect((await refusal(7 as never)).message).toBe('The options must be an object; received 7.');
    expect((await refusal({ ...gateway, headers: 'X: y' })).message).toContain('received a string.');
    expect((await refusal({ ...gateway, headers: 7 })).message).toContain('received 7.');
  });
});
