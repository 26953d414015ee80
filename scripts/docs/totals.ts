import type { CreditBalance } from '../../generated/openapi.js';
import { toDecimal } from '../../src/money.ts';

export const totals = ['available', 'reserved', 'used'] as const;

/** With all of the currency's decimals, and the thousands apart. */
export function shownAmount(amount: string, currency: string): string {
  return toDecimal(amount, currency).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');
}

export function shownTotals({ currency_code: currency, balance }: CreditBalance): string {
  return `${currency}: ${totals.map((total) => `${total} ${shownAmount(balance[total], currency)}`).join(', ')}`;
}
