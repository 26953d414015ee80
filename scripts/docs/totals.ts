import { toDecimal } from './from-src.ts';

export const totals = ['available', 'reserved', 'used'] as const;

/** With all of the currency's decimals, and the thousands apart. */
export function showAmount(amount: string, currency: string): string {
  return toDecimal(amount, currency).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');
}
