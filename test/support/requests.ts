import { scenarios } from '../../generated/scenarios.js';
import { makeKey } from './bodies.ts';

/** One request to a mock, and what is expected of the answer. */
export interface MockRequestRow {
  what: string;
  method?: string;
  path: string;
  headers?: Record<string, string>;
  status: number;
  /** Undefined where the request is outside the contract. */
  scenario?: string;
  /** The currencies of the balances, where the answer has some. */
  currencies?: string[];
  /** The fields that an `invalid_field` names. */
  fields?: string[];
}

const several = scenarios.find(({ name }) => name === 'several-currencies')?.customerId;
const other = `ctm_${'0'.repeat(26)}`;
const makePath = (id: string | undefined, query = '') => `/customers/${id}/credit-balances${query}`;
const authorize = (token: string) => ({ Authorization: `Bearer ${token}` });
const prefer = (value: string) => ({ ...authorize('test'), Prefer: value });

type Compact = [
  what: string,
  path: string,
  expected: Omit<MockRequestRow, 'what' | 'path' | 'status'> & { status?: number },
];
const makeRows = (headers: Record<string, string>, status: number, compact: Compact[]): MockRequestRow[] =>
  compact.map(([what, path, expected]) => ({ what, path, headers, status, ...expected }));

const reserved: MockRequestRow[] = scenarios.map(({ name, status, customerId }) => ({
  what: `the customer reserved for ${name}`,
  path: makePath(customerId),
  headers: authorize('test'),
  status,
  scenario: name,
}));

const preferred: MockRequestRow[] = scenarios.map(({ name, status }) => ({
  what: `Prefer: code=${status}, example=${name}`,
  path: makePath(other),
  headers: prefer(`code=${status}, example=${name}`),
  status,
  scenario: name,
}));

const filters = makeRows(authorize('test'), 200, [
  ['no filter', makePath(several), { scenario: 'several-currencies', currencies: ['EUR', 'USD', 'JPY'] }],
  ['one currency', makePath(several, '?currency_code=USD'), { scenario: 'several-currencies', currencies: ['USD'] }],
  [
    'a list',
    makePath(several, '?currency_code=USD,JPY'),
    { scenario: 'several-currencies', currencies: ['USD', 'JPY'] },
  ],
  [
    'a list, encoded',
    makePath(several, '?currency_code=USD%2CJPY'),
    { scenario: 'several-currencies', currencies: ['USD', 'JPY'] },
  ],
  [
    'a repeated key',
    makePath(several, '?currency_code=EUR&currency_code=JPY'),
    { scenario: 'several-currencies', currencies: ['EUR', 'JPY'] },
  ],
  [
    'a currency named twice',
    makePath(several, '?currency_code=EUR,EUR'),
    { scenario: 'several-currencies', currencies: ['EUR'] },
  ],
  [
    'a filter without match',
    makePath(several, '?currency_code=GBP'),
    { scenario: 'several-currencies', currencies: [] },
  ],
  [
    'a currency that the contract does not know',
    makePath(several, '?currency_code=ZZZ'),
    { scenario: 'several-currencies', currencies: [] },
  ],
  [
    'an encoded letter',
    makePath(several, '?currency_code=%55SD'),
    { scenario: 'several-currencies', currencies: ['USD'] },
  ],
  [
    'an encoded name',
    makePath(several, '?currency%5Fcode=USD'),
    { scenario: 'several-currencies', currencies: ['USD'] },
  ],
  [
    'another parameter',
    makePath(several, '?page=2'),
    { scenario: 'several-currencies', currencies: ['EUR', 'USD', 'JPY'] },
  ],
  [
    "Prism's own __code",
    makePath(several, '?__code=404'),
    { scenario: 'several-currencies', currencies: ['EUR', 'USD', 'JPY'] },
  ],
  [
    "Prism's own __example",
    makePath(several, '?__example=no-credit'),
    { scenario: 'several-currencies', currencies: ['EUR', 'USD', 'JPY'] },
  ],
  [
    "Prism's own __dynamic",
    makePath(several, '?__dynamic=true'),
    { scenario: 'several-currencies', currencies: ['EUR', 'USD', 'JPY'] },
  ],
  ['an empty query', makePath(several, '?'), { scenario: 'several-currencies', currencies: ['EUR', 'USD', 'JPY'] }],
  [
    'a filter on no credit',
    makePath(scenarios.find(({ name }) => name === 'no-credit')?.customerId, '?currency_code=USD'),
    { scenario: 'no-credit', currencies: [] },
  ],
  ['any other customer', makePath(other), { scenario: 'one-currency', currencies: ['USD'] }],
  ['any other customer, filtered', makePath(other, '?currency_code=EUR'), { scenario: 'one-currency', currencies: [] }],
  ['an encoded underscore in the id', makePath(several?.replace('_', '%5F')), { scenario: 'several-currencies' }],
  ['an encoded letter in the path', `/%63ustomers/${several}/credit-balances`, { scenario: 'several-currencies' }],
  [
    'a filter on an error',
    makePath(scenarios.find(({ name }) => name === 'not_found')?.customerId, '?currency_code=USD'),
    { status: 404, scenario: 'not_found' },
  ],
]);

const wrongFields = makeRows(authorize('test'), 400, [
  ['no id', makePath('nonsense'), { fields: ['customer_id'] }],
  ['the id of something else', makePath(`sub_${'0'.repeat(26)}`), { fields: ['customer_id'] }],
  ['an id that is too short', makePath('ctm_0'), { fields: ['customer_id'] }],
  ['an id that is too long', makePath(`${other}0`), { fields: ['customer_id'] }],
  ['an id in capitals', makePath(other.toUpperCase()), { fields: ['customer_id'] }],
  ['a template that was not filled', makePath('%7Bcustomer_id%7D'), { fields: ['customer_id'] }],
  ['an id with a line break', makePath(`${other}%0A`), { fields: ['customer_id'] }],
  ['an id with a null character', makePath('ctm_%00'), { fields: ['customer_id'] }],
  ['an id with an encoded slash', makePath('ctm_%2F..'), { fields: ['customer_id'] }],
  ['an id with a broken escape', makePath('ctm_%zz'), { fields: ['customer_id'] }],
  ['an id that is no UTF-8', makePath('ctm_%ff'), { fields: ['customer_id'] }],
  ['an id in another script', makePath('ctm_ćřéđit'), { fields: ['customer_id'] }],
  ['an empty id', '/customers//credit-balances', { fields: ['customer_id'] }],
  ['a currency in lowercase letters', makePath(other, '?currency_code=usd'), { fields: ['currency_code'] }],
  ['a currency that is too long', makePath(other, '?currency_code=USDX'), { fields: ['currency_code'] }],
  ['an empty currency', makePath(other, '?currency_code='), { fields: ['currency_code'] }],
  ['a name without a value', makePath(other, '?currency_code'), { fields: ['currency_code'] }],
  ['a list with a gap', makePath(other, '?currency_code=USD,,EUR'), { fields: ['currency_code'] }],
  ['a list with a space', makePath(other, '?currency_code=USD,%20EUR'), { fields: ['currency_code'] }],
  ['a list with a plus', makePath(other, '?currency_code=USD+EUR'), { fields: ['currency_code'] }],
  ['one wrong among right ones', makePath(other, '?currency_code=USD&currency_code=e'), { fields: ['currency_code'] }],
  ['both wrong', makePath('nonsense', '?currency_code=usd'), { fields: ['customer_id', 'currency_code'] }],
]).map((row) => ({ ...row, scenario: 'invalid_field' }));

const versions = ['0', '-1', '1.5', 'one', ''].map(
  (version): MockRequestRow => ({
    what: `Paddle-Version: ${version}`,
    path: makePath(other),
    headers: { ...authorize('test'), 'Paddle-Version': version },
    status: 400,
    scenario: 'invalid_field',
    fields: ['Paddle-Version'],
  }),
);

const keys = (
  [
    ['no header', {}, 403, 'authentication_missing'],
    ['an empty header', { Authorization: '' }, 403, 'authentication_malformed'],
    ['another scheme', { Authorization: 'Basic dGVzdDo=' }, 403, 'authentication_malformed'],
    ['no scheme', { Authorization: 'test' }, 403, 'authentication_malformed'],
    ['no token', { Authorization: 'Bearer' }, 403, 'authentication_malformed'],
    ['an empty token', { Authorization: 'Bearer ' }, 403, 'authentication_malformed'],
    ['two tokens', { Authorization: 'Bearer one two' }, 403, 'authentication_malformed'],
    ['a key by another header', { 'X-API-Key': 'test' }, 403, 'authentication_missing'],
    ['a live client-side token', authorize(`live_${'a'.repeat(27)}`), 403, 'invalid_client_token'],
    ['a test client-side token', authorize(`test_${'a'.repeat(27)}`), 403, 'invalid_client_token'],
    ['a key that was cut', authorize(makeKey().slice(0, -1)), 403, 'invalid_token'],
    ['a key of no environment', authorize('pdl_apikey_1'), 403, 'invalid_token'],
    ['no key, and a wrong id besides', { what: 'bad id' }, 403, 'authentication_missing'],
    ['a sandbox key', authorize(makeKey('sandbox')), 200, 'one-currency'],
    ['a live key', authorize(makeKey('live')), 200, 'one-currency'],
    ['any other token', authorize('test'), 200, 'one-currency'],
    ['the scheme in lowercase letters', { Authorization: 'bearer test' }, 200, 'one-currency'],
    ['the scheme in capitals', { Authorization: 'BEARER test' }, 200, 'one-currency'],
    ['two spaces', { Authorization: 'Bearer  test' }, 200, 'one-currency'],
  ] as const
).map(
  ([what, headers, status, scenario]): MockRequestRow =>
    'what' in headers
      ? { what, path: makePath('nonsense'), status, scenario }
      : { what, path: makePath(other), headers, status, scenario },
);

const preferences: MockRequestRow[] = (
  [
    ['code=404', 404, 'not_found'],
    ['code=200', 200, 'one-currency'],
    ['code=403', 403, scenarios.find(({ status }) => status === 403)?.name],
    ['example=too_many_requests', 429, 'too_many_requests'],
    ['example=no-credit', 200, 'no-credit'],
    ['code=404;example=not_found', 404, 'not_found'],
    ['code=404,example=not_found', 404, 'not_found'],
    ['example=not_found, code=404', 404, 'not_found'],
    ['code="404", example="not_found"', 404, 'not_found'],
    ['Code=404', 404, 'not_found'],
    ['respond-async', 200, 'one-currency'],
    ['dynamic=false', 200, 'one-currency'],
    ['', 200, 'one-currency'],
    ['code=418', 422],
    ['code=abc', 422],
    ['code=', 422],
    ['code=404, example=nonsense', 422],
    ['code=200, example=not_found', 422],
    ['example=nonsense', 422],
    ['example=__proto__', 422],
    ['dynamic=true', 422],
  ] as const
).map(([value, status, scenario]) => ({
  what: `Prefer: ${value}`,
  path: makePath(other),
  headers: prefer(value),
  status,
  ...(scenario === undefined ? {} : { scenario }),
}));

const precedence: MockRequestRow[] = [
  {
    what: 'a Prefer over the reserved id',
    path: makePath(several),
    headers: prefer('example=not_found'),
    status: 404,
    scenario: 'not_found',
  },
  {
    what: 'a Prefer with a filter',
    path: makePath(other, '?currency_code=JPY'),
    headers: prefer('example=several-currencies'),
    status: 200,
    scenario: 'several-currencies',
    currencies: ['JPY'],
  },
  {
    what: 'a Prefer without a key',
    path: makePath(other),
    headers: { Prefer: 'code=200' },
    status: 403,
    scenario: 'authentication_missing',
  },
];

const outside: MockRequestRow[] = [
  ...['POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'].map((method) => ({
    what: method,
    method,
    path: makePath(other),
    headers: authorize('test'),
    status: 405,
  })),
  ...[
    '/',
    '/customers',
    `/customers/${other}`,
    `/customers/${other}/credit-balance`,
    `${makePath(other)}/`,
    `${makePath(other)}/more`,
    `/v1${makePath(other)}`,
    `/Customers/${other}/credit-balances`,
    '/favicon.ico',
  ].map((path) => ({ what: path, path, headers: authorize('test'), status: 404 })),
];

const negotiation: MockRequestRow[] = ['*/*', 'text/html', 'application/xml', 'nonsense'].map((accept) => ({
  what: `Accept: ${accept}`,
  path: makePath(other),
  headers: { ...authorize('test'), Accept: accept },
  status: 200,
  scenario: 'one-currency',
}));

/** Every kind of request that the mocks are held to. */
export const mockRequests: readonly MockRequestRow[] = [
  ...reserved,
  ...preferred,
  ...filters,
  ...wrongFields,
  ...versions,
  ...keys,
  ...preferences,
  ...precedence,
  ...outside,
  ...negotiation,
];
