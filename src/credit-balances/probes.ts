import { currencies as knownCurrencies } from '../../generated/currencies.js';
import { CurrencyCode } from '../../generated/operations.js';
import { error, type Finding, warning } from '../verify/finding.js';
import type { Probe } from '../verify/probe.js';
import { totalNames } from './ledger/balances-option.js';
import { listBalances, matchAnswer } from './match.js';
import { creditScenarios } from './scenarios.js';

export const probeNames = [
  'list',
  'filter',
  'filter without a match',
  'unknown customer',
  'malformed id',
  'no key',
  'malformed header',
  'key that cannot be valid',
] as const;

/** The name of a probe: what one of the requests of `verifyServer` is about. */
export type ProbeName = (typeof probeNames)[number];

/** An ID that the contract reserves, and that Paddle cannot have given: its IDs do not have the letter `o`. */
export const unknownId = creditScenarios.find(({ name }) => name === 'not_found')?.customerId ?? '';

const malformedId = 'not-a-customer-id';
const own = { own: true } as const;

/** The probes in the order in which they are sent: the first one finds the currencies to filter by. */
export function makeProbes(customerId: string, unknownCustomerId: string): (Probe & { name: ProbeName })[] {
  /** The currencies that the customer is known to have credit in. */
  let held: string[] = [];
  let asked: readonly string[] | undefined;
  /** What the whole list has in each currency: credit may move meanwhile, but hardly does. */
  const before = new Map<unknown, string>();

  const ask = (id: string, currencies?: readonly string[]) => {
    asked = currencies;
    return { path: { customer_id: id }, ...(currencies === undefined ? {} : { query: { currency_code: currencies } }) };
  };
  const checkMatch = (body: unknown): Finding[] => {
    const mismatches = matchAnswer({ customerId, currencies: asked }, body);
    const found = listBalances(body).map(({ currency_code }) => currency_code);
    const missing = (asked ?? []).filter((currency) => held.includes(currency) && !found.includes(currency));
    const changed = listBalances(body).flatMap(({ currency_code: code, balance }, index) => {
      return (before.get(code) ?? formatTotals(balance)) === formatTotals(balance) ? [] : [index];
    });
    return [
      ...mismatches.map(({ rule, path, message }) => error(rule, `body${path}`, message)),
      ...changed.map((index) => warning('filter', `body/data/${index}/balance`, 'is not what the whole list has')),
      ...missing.map((currency) =>
        error('filter', 'body/data', `has no ${currency}, which was asked for and is in the whole list`),
      ),
    ];
  };
  const success = { authorization: own, expected: { status: 200 }, check: checkMatch };
  const refused = (name: ProbeName, value: string | undefined, code: string) => ({
    ...{ name, authorization: { value }, documented: true },
    request: () => ask(customerId),
    expected: { status: 403, code },
  });

  return [
    {
      ...success,
      ...{ name: 'list', documented: true },
      request: () => ask(customerId),
      check(body) {
        const balances = listBalances(body);
        held = balances.flatMap(({ currency_code: code }) => (CurrencyCode(code) ? code : []));
        for (const { currency_code: code, balance } of balances) before.set(code, formatTotals(balance));
        return checkMatch(body);
      },
    },
    {
      ...success,
      ...{ name: 'filter', documented: true },
      request: () => ask(customerId, chooseFilter(held)),
      check(body) {
        const nothing = 'no currency with credit is known, so that nothing tells whether the filter works';
        return [...checkMatch(body), ...(held.length === 0 ? [warning('unchecked', 'body/data', nothing)] : [])];
      },
    },
    {
      ...success,
      ...{ name: 'filter without a match', documented: false },
      request: () => ask(customerId, chooseOthers(held, 1)),
    },
    {
      ...{ name: 'unknown customer', authorization: own, documented: true },
      request: () => ask(unknownCustomerId),
      expected: { status: 404, code: 'not_found' },
    },
    {
      // Which of the two codes of a 400 it gets is not documented either.
      ...{ name: 'malformed id', authorization: own, documented: false },
      request: () => ask(malformedId),
      expected: { status: 400 },
    },
    refused('no key', undefined, 'authentication_missing'),
    refused('malformed header', 'not-a-bearer-token', 'authentication_malformed'),
    refused('key that cannot be valid', 'Bearer pdl_sdbx_apikey_invalid', 'invalid_token'),
  ];
}

/** The totals in one order, whatever the server's: it may be another one for each request. */
function formatTotals(balance: unknown): string {
  return JSON.stringify(totalNames.map((name) => Object(balance)[name]));
}

/** Currencies with credit around one without: a server that reads one code of the list leaves one of them out. */
function chooseFilter(held: readonly string[]): string[] {
  const [first, second] = held.filter((code) => Object.hasOwn(knownCurrencies, code));
  if (first === undefined) return chooseOthers(held, 2);
  const [other = ''] = chooseOthers(held, 1);
  return second === undefined ? [other, first] : [first, other, second];
}

/** Known currencies without credit; for a customer with credit in all of them, codes that do not exist. */
function chooseOthers(held: readonly string[], count: number): string[] {
  const candidates = [...Object.keys(knownCurrencies), 'XXA', 'XXB'];
  return candidates.filter((code) => !held.includes(code)).slice(0, count);
}
