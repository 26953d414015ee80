import type { CreditTotals, CurrencyCode } from '../../../generated/openapi.js';
import { describeName } from '../../options/describe-value.js';
import {
  checkCurrencyCode,
  checkCustomerId,
  collectMistakes,
  type ReportMistake,
  readAmount,
  readEntries,
  readNamed,
} from './input.js';

/**
 * What a customer starts with, by currency. Each total is a string of digits, in the currency's lowest denomination
 * (`"550"` in `USD` is 5.50 US dollars); one that is left out is `"0"`.
 */
export type InitialBalances = {
  readonly [Code in CurrencyCode]?: { readonly [Total in keyof CreditTotals]?: string | undefined };
};

/** What a customer has, by currency, with all three totals. Frozen: later events do not change it. */
export type CustomerBalances = { readonly [Code in CurrencyCode]?: Readonly<CreditTotals> };

export const totalNames = ['available', 'reserved', 'used'] as const satisfies (keyof CreditTotals)[];

/**
 * A frozen copy of the option `balances`, by customer.
 *
 * @throws {UsageError} which names each mistake and its place.
 */
export function readBalances(balances: unknown): Map<string, CustomerBalances> {
  return collectMistakes('balances', (report) => {
    const customers = readEntries('balances', balances, report);
    for (const [id] of customers) checkCustomerId('Each name in balances', id, report);
    return new Map(customers.map(([id, value]) => [id, readCurrencies(`balances.${describeName(id)}`, value, report)]));
  });
}

/**
 * A frozen copy of one customer's balances.
 *
 * @param place what the messages call the value.
 * @throws {UsageError} which names each mistake and its place.
 */
export function readCustomerBalances(place: string, balances: unknown): CustomerBalances {
  return collectMistakes(place, (report) => readCurrencies(place, balances, report));
}

function readCurrencies(place: string, value: unknown, report: ReportMistake): CustomerBalances {
  const currencies = readEntries(place, value, report);
  for (const [code] of currencies) checkCurrencyCode(`Each name in ${place}`, code, report);
  const read = currencies.map(([code, totals]) => [code, readTotals(`${place}.${describeName(code)}`, totals, report)]);
  return Object.freeze(Object.fromEntries(read));
}

function readTotals(place: string, value: unknown, report: ReportMistake): Readonly<CreditTotals> {
  const totals = readNamed(place, value, totalNames, report);
  const read = (name: keyof CreditTotals) =>
    totals[name] === undefined ? '0' : readAmount(`${place}.${name}`, totals[name], report);
  return Object.freeze({ available: read('available'), reserved: read('reserved'), used: read('used') });
}
