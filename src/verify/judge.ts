import { CurrencyCode } from '../../generated/validators.js';
import { shown } from '../shown.js';
import { error, type Finding, note } from './finding.js';
import type { Expectation, Probe } from './probes.js';

/** What was asked of the server, and what it answered. */
export interface Exchange {
  probe: Probe;
  customerId: string;
  /** Those that were asked for; undefined for all. */
  currencies: readonly string[] | undefined;
  /** Those that the customer is known to have credit in. */
  held: readonly string[];
  status: number;
  /** The JSON value of the body; undefined where it is none. */
  body: unknown;
}

/** Holds an answer against what its request should get. Whether it keeps the contract is `checkResponse`'s part. */
export function judge(exchange: Exchange): Finding[] {
  const { probe, customerId, currencies, held, status, body } = exchange;
  const outcome = { status, code: codeIn(body) };
  if (!fits(outcome, probe.expected)) return [outcomeFinding(probe, outcome)];
  if (status !== 200) return [];

  const found: Finding[] = [];
  const balances = balancesIn(body);
  balances.forEach((balance, index) => {
    const place = `body/data/${index}`;
    const { customer_id: customer, currency_code: currency } = balance;
    if (typeof customer === 'string' && customer !== customerId) {
      found.push(error('customer', `${place}/customer_id`, `is ${shown(customer)}; ${customerId} was asked for`));
    }
    if (typeof currency === 'string' && currencies?.includes(currency) === false) {
      found.push(error('filter', `${place}/currency_code`, `is ${shown(currency)}, which was not asked for`));
    }
  });
  for (const currency of currencies ?? []) {
    if (held.includes(currency) && !balances.some(({ currency_code }) => currency_code === currency)) {
      found.push(error('filter', 'body/data', `has no ${currency}, which was asked for and is in the whole list`));
    }
  }
  if (probe.name === 'filter' && held.length === 0) {
    found.push(note('unchecked', 'body/data', 'the list shows no credit, so nothing tells whether the filter works'));
  }
  return found;
}

/** Paddle's error code. */
export function codeIn(body: unknown): string | undefined {
  const code = (body as { error?: { code?: unknown } } | null | undefined)?.error?.code;
  return typeof code === 'string' ? code : undefined;
}

/** The currencies of a list, as far as the body is one. */
export function currenciesIn(body: unknown): string[] {
  return balancesIn(body).flatMap(({ currency_code }) => (CurrencyCode(currency_code) ? currency_code : []));
}

/** "404 not_found" */
export function told({ status, code }: { status: number; code?: string | undefined }): string {
  return [status, code ?? []].flat().join(' ');
}

function fits(outcome: { status: number; code: string | undefined }, expected: Expectation): boolean {
  return outcome.status === expected.status && (expected.code === undefined || outcome.code === expected.code);
}

function outcomeFinding({ documented, expected }: Probe, outcome: { status: number; code: string | undefined }) {
  const location = outcome.status === expected.status ? 'body/error/code' : 'status';
  const message = `the answer is ${told(outcome)}; ${told(expected)} is expected`;
  return documented
    ? error('outcome', location, message)
    : note('outcome', location, `${message}, though Paddle does not document it`);
}

function balancesIn(body: unknown): { customer_id?: unknown; currency_code?: unknown }[] {
  const data = (body as { data?: unknown } | null | undefined)?.data;
  return Array.isArray(data) ? data.filter((item) => typeof item === 'object' && item !== null) : [];
}
