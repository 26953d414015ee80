import { describe, expect, test } from 'vitest';
import { scenarios } from '../../generated/scenarios.js';
import type { MockFetchOptions } from '../../src/testing.ts';
import { kindsOfMock, makeBalancesPath, mockKinds } from '../support/mocks.ts';

const idOf = (name: string) => scenarios.find((scenario) => scenario.name === name)?.customerId ?? '';
const held = 'ctm_00000000000000000000000001';
const other = 'ctm_00000000000000000000000002';
const malformed = 'not-a-customer-id';
const balances = { [held]: { EUR: { available: '5' } } };
const key = { Authorization: 'Bearer test' };
const limit = (requests: number) => ({ rateLimit: { requests, window: 60_000 } });

interface Request {
  customer: string;
  headers?: Record<string, string>;
}
const currencies = (...codes: string[]) => ({ status: 200, currencies: codes });
const error = (status: number, code: string) => ({ status, code });
const limited = error(429, 'too_many_requests');
const failed = error(500, 'internal_error');

/** In each row the last request asks for two things at once, and the earlier one of the order is its answer. */
const rows: [what: string, options: MockFetchOptions, requests: [Request, object][]][] = [
  [
    'failTimes comes before the rate limit, which does not count what failed',
    { failTimes: 2, failWith: 'internal_error', ...limit(1) },
    [
      [{ customer: other }, failed],
      [{ customer: other }, failed],
      [{ customer: other }, currencies('USD')],
      [{ customer: other }, limited],
    ],
  ],
  [
    'failTimes comes before the key',
    { failTimes: 1, failWith: 'internal_error' },
    [[{ customer: other, headers: {} }, failed]],
  ],
  [
    'the rate limit comes before the key',
    limit(1),
    [
      [{ customer: other }, currencies('USD')],
      [{ customer: other, headers: {} }, limited],
    ],
  ],
  [
    'the rate limit comes before Prefer',
    limit(1),
    [
      [{ customer: other }, currencies('USD')],
      [{ customer: other, headers: { ...key, Prefer: 'code=404' } }, limited],
    ],
  ],
  [
    'the key comes before the parameters',
    {},
    [[{ customer: malformed, headers: {} }, error(403, 'authentication_missing')]],
  ],
  [
    'the key comes before a Prefer that asks for what does not exist',
    {},
    [[{ customer: other, headers: { Prefer: 'code=999' } }, error(403, 'authentication_missing')]],
  ],
  [
    'the parameters come before Prefer',
    {},
    [[{ customer: malformed, headers: { ...key, Prefer: 'example=no-credit' } }, error(400, 'invalid_field')]],
  ],
  [
    'the parameters come before a Prefer that asks for what does not exist',
    {},
    [[{ customer: malformed, headers: { ...key, Prefer: 'code=999' } }, error(400, 'invalid_field')]],
  ],
  [
    'Prefer comes before the option scenario',
    { scenario: 'no-credit' },
    [[{ customer: other, headers: { ...key, Prefer: 'code=404' } }, error(404, 'not_found')]],
  ],
  [
    'Prefer comes before the ledger',
    { balances },
    [[{ customer: held, headers: { ...key, Prefer: 'example=forbidden' } }, error(403, 'forbidden')]],
  ],
  [
    'the option scenario comes before the ledger',
    { scenario: 'no-credit', balances },
    [[{ customer: held }, currencies()]],
  ],
  [
    'the option scenario comes before a reserved ID',
    { scenario: 'no-credit' },
    [[{ customer: idOf('several-currencies') }, currencies()]],
  ],
  [
    'the ledger comes before a reserved ID',
    { balances: { [idOf('not_found')]: { EUR: {} } } },
    [[{ customer: idOf('not_found') }, currencies('EUR')]],
  ],
  [
    'a reserved ID comes before the 404 of a mock with balances',
    { balances },
    [[{ customer: idOf('several-currencies') }, currencies('EUR', 'USD', 'JPY')]],
  ],
  [
    'with balances, a customer who is neither in them nor reserved does not exist',
    { balances },
    [
      [{ customer: held }, currencies('EUR')],
      [{ customer: other }, error(404, 'not_found')],
    ],
  ],
  ['with empty balances, no customer exists', { balances: {} }, [[{ customer: other }, error(404, 'not_found')]]],
  ['without balances, any other customer gets the first example', {}, [[{ customer: other }, currencies('USD')]]],
];

describe.each(kindsOfMock)('the order of precedence in %s', (kind) => {
  test.each(rows)(`${kind}: %s`, async (_, options, requests) => {
    await using mock = await mockKinds[kind](options);
    for (const [{ customer, headers = key }, expected] of requests) {
      const response = await mock.ask(makeBalancesPath(customer), { headers });
      const { data, error } = await response.json();
      expect({
        status: response.status,
        ...(error === undefined
          ? { currencies: data.map(({ currency_code }: { currency_code: string }) => currency_code) }
          : { code: error.code }),
      }).toEqual(expected);
      if (response.status === 404) expect(error.detail).toContain(customer);
    }
    expect(mock.violations).toEqual([]);
  });
});
