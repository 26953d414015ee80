import { inspect } from 'node:util';
import { describe, expect, it, test, vi } from 'vitest';
import { createFetchClient } from '../../src/fetch.ts';
import {
  type ClientOptions,
  createCreditBalancesClient,
  formatAmount,
  toDecimal,
  UsageError,
} from '../../src/index.ts';
import { createMockFetch } from '../../src/testing.ts';
import { checkResponse, verifyServer } from '../../src/verify.ts';
import { catchError, customerId, makeKey } from '../support/bodies.ts';

const key = makeKey();
const legacyKey = `${'aB3dE5gH7j'.repeat(5)}`;
const accessToken = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0NTY3ODkwIn0', 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_w'].join(
  '.',
);
/** What may be passed by mistake: whole, with something around it, in pieces, encoded. */
const forms: [string, string][] = [
  ['a key', key],
  ['a live key', makeKey('live')],
  ['a key in uppercase', key.toUpperCase()],
  ['a key with its scheme', `Bearer ${key}`],
  ['a key in quotes', `"${key}"`],
  ['a key with a line break', `${key}\n`],
  ['a key broken in two', `${key.slice(0, 40)}\n${key.slice(40)}`],
  ['the first half of a key', key.slice(0, 30)],
  ['the second half of a key', key.slice(30)],
  ['a key in an address', `https://user:${key}@`],
  ['a percent-encoded key', key.replaceAll('_', '%5F')],
  ['a base64-encoded key', btoa(key)],
  ['a hexadecimal key', Buffer.from(key).toString('hex')],
  ['a client-side token', `live_${'7d279f61a3'.repeat(3)}`],
  ['a legacy key', legacyKey],
  ['a legacy key in uppercase', legacyKey.toUpperCase()],
  ['an access token', accessToken],
  ['a token with the signs of Base64', 'q8/Zp+1xTyqq9+kL2mQw7RtYaa5v/Xc3BnGf6m8='],
];

/** Whether ten characters in a row of a text are to be seen in another, in any case. */
function showsPartOf(secret: string, text: string): boolean {
  const [searched, hidden] = [text.toLowerCase(), secret.replace(/pdl_(sdbx|live)_apikey_/i, '').toLowerCase()];
  return Array.from({ length: Math.max(1, hidden.length - 9) }, (_, from) => hidden.slice(from, from + 10)).some(
    (part) => searched.includes(part),
  );
}

const gateway = { apiKey: 'another-key', baseUrl: 'https://gateway.example' };
const fetch = vi.fn();
const list = (id: unknown, options?: unknown) =>
  createCreditBalancesClient({ ...gateway, fetch }).listCreditBalances(id as string, options as never);
const make = (options: unknown) => createCreditBalancesClient(options as ClientOptions);

/** Every place where a text may be passed in that is something else. */
const places: [string, (text: string) => unknown][] = [
  ['the options of a client', (text) => make(text)],
  ['the options of a client, in a list', (text) => make([text])],
  ['an option name', (text) => make({ ...gateway, [text]: true })],
  ['environment', (text) => make({ ...gateway, environment: text })],
  ['baseUrl', (text) => make({ ...gateway, baseUrl: `${text} ` })],
  ['the host of baseUrl', (text) => make({ ...gateway, baseUrl: `http://${text.replace(/\W+/g, '-')}.example/` })],
  ['timeout', (text) => make({ ...gateway, timeout: text })],
  ['maxRetries', (text) => make({ ...gateway, maxRetries: text })],
  ['maxRetryDelay', (text) => make({ ...gateway, maxRetryDelay: text })],
  ['maxBodySize', (text) => make({ ...gateway, maxBodySize: text })],
  ['fetch', (text) => make({ ...gateway, fetch: text })],
  ['onRetry', (text) => make({ ...gateway, onRetry: text })],
  ['validate', (text) => make({ ...gateway, validate: text })],
  ['headers', (text) => make({ ...gateway, headers: text })],
  ['a header name', (text) => make({ ...gateway, headers: { [text]: 'line\nbreak' } })],
  ['a header value', (text) => make({ ...gateway, headers: { 'X-Token': `${text}\n` } })],
  ['apiKey, with a line break', (text) => make({ ...gateway, apiKey: `${text}\n` })],
  ['apiKey, in a list', (text) => make({ ...gateway, apiKey: [text] })],
  ['the customer', (text) => list(text)],
  ['the currency', (text) => list(customerId, { currencyCode: text })],
  ['one of the currencies', (text) => list(customerId, { currencyCode: ['USD', text] })],
  ['the options of a call', (text) => list(customerId, text)],
  ['an option name of a call', (text) => list(customerId, { [text]: 1 })],
  ['the signal of a call', (text) => list(customerId, { signal: text })],
  ['the timeout of a call', (text) => list(customerId, { timeout: text })],
  ['the maxRetries of a call', (text) => list(customerId, { maxRetries: text })],
  ['the headers of a call', (text) => list(customerId, { headers: text })],
  [
    'the customer of openapi-fetch',
    (text) =>
      createFetchClient({ ...gateway, fetch }).GET('/customers/{customer_id}/credit-balances', {
        params: { path: { customer_id: text } },
      }),
  ],
  [
    'the currency of openapi-fetch',
    (text) =>
      createFetchClient({ ...gateway, fetch }).GET('/customers/{customer_id}/credit-balances', {
        params: { path: { customer_id: customerId }, query: { currency_code: [text] } },
      }),
  ],
  [
    'the path of openapi-fetch',
    (text) => createFetchClient({ ...gateway, fetch }).GET(`/${encodeURIComponent(text)}` as never, {} as never),
  ],
  [
    'the end of a long path of openapi-fetch',
    (text) => {
      const long = `/${'a'.repeat(80)}/${encodeURIComponent(text)}`;
      return createFetchClient({ ...gateway, fetch }).GET(long as never, {} as never);
    },
  ],
  ['the key and an option name', (text) => make({ apiKey: text, [`Bearer ${text}`]: 1 })],
  ['the options of verifyServer', (text) => verifyServer(text as never)],
  ['the server of verifyServer', (text) => verifyServer({ ...verified, server: text })],
  ['the customer of verifyServer', (text) => verifyServer({ ...verified, customerId: text })],
  ['the other customer of verifyServer', (text) => verifyServer({ ...verified, unknownCustomerId: text })],
  ['a probe of verifyServer', (text) => verifyServer({ ...verified, skip: [text as never] })],
  ['the operation of checkResponse', (text) => checkResponse(new Response(), { operation: text as never })],
  ['the response of checkResponse', (text) => checkResponse(text as never)],
  ['the scenario of a mock', (text) => createMockFetch({ scenario: text as never })],
  ['the amount', (text) => toDecimal(text, 'USD')],
  ['the currency of an amount', (text) => toDecimal('1', text)],
  ['the decimals of an amount', (text) => toDecimal('1', 'XYZ', { minorUnits: text as never })],
  ['the locale', (text) => formatAmount('1', 'USD', { locale: text })],
  ['the options of formatAmount', (text) => formatAmount('1', 'USD', text as never)],
];
const verified = { server: 'https://gateway.example', apiKey: 'another-key', customerId };

describe.each(forms)('%s that is passed', (_, text) => {
  test.each(places)('as %s is a UsageError that does not show it', async (_place, pass) => {
    const error = await catchError((async () => pass(text))());
    expect(error).toBeInstanceOf(UsageError);
    const shown = inspect(error, { depth: 10, showHidden: true });
    const secret = text.replace(/Bearer |https:\/\/user:/, '');
    expect(showsPartOf(secret, shown)).toBe(false);
    expect(fetch).not.toHaveBeenCalled();
  });
});

describe('a key that looks like no key', () => {
  test.each(['short', 'x'.repeat(30), 'my-own-secret-word', 'ab'])(
    'is not shown where the client knows it: %s',
    async (apiKey) => {
      const known = { ...gateway, apiKey, fetch };
      const client = createCreditBalancesClient(known);
      for (const call of [
        () => make({ ...known, environment: apiKey }),
        () => make({ ...known, timeout: apiKey }),
        () => client.listCreditBalances(apiKey),
        () => client.listCreditBalances(customerId, { currencyCode: apiKey }),
        () => client.listCreditBalances(customerId, { timeout: apiKey as never }),
        () => verifyServer({ ...verified, apiKey, customerId: apiKey }),
      ]) {
        const { message } = (await catchError((async () => call())())) as UsageError;
        expect(message).toMatch(/received \[redacted\]/);
        expect(message).not.toContain(`"${apiKey}"`);
      }
    },
  );
});

it('shows what is no secret: an ID of another kind, a currency, a word, a misspelt option', async () => {
  const shown = async (pass: () => unknown) => ((await catchError((async () => pass())())) as Error).message;
  expect(await shown(() => list('sub_01gw9m680k848184fpttwr0b7z'))).toContain('"sub_01gw9m680k848184fpttwr0b7z"');
  expect(await shown(() => list(customerId, { currencyCode: 'usd' }))).toContain('"usd"');
  expect(await shown(() => make({ ...gateway, enviroment: 'live' }))).toContain('Unknown option "enviroment"');
  expect(await shown(() => make({ ...gateway, apikey: 'x' }))).toContain('Unknown option "apikey"');
  // A short value may well be a part of a name.
  expect(await shown(() => make({ environment: 'live', liveMode: 1 }))).toContain('Unknown option "liveMode"');
  expect(await shown(() => make({ apiKey: 'abcdefg', abcdefgh: 1 }))).toContain('Unknown option "abcdefgh"');
  expect(await shown(() => make({ apiKey: 'abcdefgh', 'x-abcdefgh': 1 }))).toContain('Unknown option [redacted]. ');
  expect(await shown(() => make({ apiKey: 'abcd', abcd: 1 }))).toContain('Unknown option [redacted]. ');
  expect(await shown(() => make({ maxRetries: ['abcdefgh'], abcdefgh: 1 }))).toContain('Unknown option "abcdefgh"');
  expect(await shown(() => make({ ...gateway, baseUrl: 'gateway.example/paddle/v1' }))).toContain(
    '"gateway.example/paddle/v1"',
  );
});
