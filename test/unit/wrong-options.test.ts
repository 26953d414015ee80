import { describe, expect, it } from 'vitest';
import { createFetchClient } from '../../src/fetch.ts';
import { createCreditBalancesClient, formatAmount, toDecimal, UsageError } from '../../src/index.ts';
import { listCreditBalancesOfMany } from '../../src/many.ts';
import { startMock } from '../../src/mock.ts';
import { createMockFetch } from '../../src/testing.ts';
import { checkResponse, verifyServer } from '../../src/verify.ts';
import { catchError, customerId, makeKey } from '../support/bodies.ts';

type Call = (options: never) => unknown;

const clientOptions =
  'apiKey environment baseUrl fetch timeout maxRetries maxRetryDelay maxBodySize onRetry validate headers';
const mockOptions = 'balances scenario delay failTimes failWith rateLimit';
const client = createCreditBalancesClient({ apiKey: makeKey(), fetch: async () => expect.unreachable() });
const server = 'http://127.0.0.1:9';

/** Each function with its options, and what it takes besides. */
const functions: [name: string, options: string, call: Call, others?: object][] = [
  ['createCreditBalancesClient', clientOptions, createCreditBalancesClient],
  ['createFetchClient', clientOptions, createFetchClient],
  [
    'listCreditBalances',
    'currencyCode signal timeout maxRetries headers',
    (options) => client.listCreditBalances(customerId, options),
  ],
  [
    'listCreditBalancesOfMany',
    'currencyCode concurrency requestsPerMinute signal',
    (options) => listCreditBalancesOfMany(client, [], options),
  ],
  [
    'verifyServer',
    'server customerId unknownCustomerId apiKey headers skip fetch timeout maxBodySize signal onProbe',
    verifyServer,
    { server, customerId, apiKey: makeKey() },
  ],
  ['startMock', `port host cors onRequest onViolation ${mockOptions}`, startMock],
  ['createMockFetch', mockOptions, createMockFetch],
  ['checkResponse', 'operation maxBodySize', (options) => checkResponse(Response.json({}), options)],
  ['formatAmount', 'locale minorUnits', (options) => formatAmount('1', 'USD', options)],
  ['toDecimal', 'minorUnits', (options) => toDecimal('1', 'USD', options)],
];

describe.each(functions)('%s names the option that is wrong', (_, options, call, others) => {
  it.each(options.split(' '))('%s', async (option) => {
    // No option takes a symbol.
    const thrown = await catchError((async () => call({ ...others, [option]: Symbol('wrong') } as never))());
    expect(thrown).toBeInstanceOf(UsageError);
    expect(thrown).toMatchObject({ option, message: expect.stringMatching(new RegExp(`\\b${option}\\b`)) });
  });
});

describe('an argument that is wrong is named too', () => {
  it.each([
    ['customerId', () => client.listCreditBalances(Symbol('wrong') as never)],
    ['amount', () => toDecimal(Symbol('wrong') as never, 'USD')],
    ['amount', () => formatAmount('9'.repeat(303), 'USD')],
    ['currencyCode', () => toDecimal('1', 'usd' as never)],
    ['minorUnits', () => toDecimal('1', 'USD', { minorUnits: 3 })],
    ['minorUnits', () => toDecimal('1', 'XXA' as never)],
    ['client', () => listCreditBalancesOfMany({} as never, [])],
    ['customerIds', () => listCreditBalancesOfMany(client, 5 as never)],
    ['skip', () => verifyServer({ server, customerId, apiKey: makeKey(), skip: ['nothing'] as never })],
  ])('%s', async (option, call) => {
    expect(await catchError((async () => call())())).toMatchObject({ name: 'UsageError', option });
  });
});
