import type { CreditBalance } from '../../generated/openapi.js';
import { formatAmount, toDecimal } from '../money.js';
import { csv } from './csv.js';
import { table } from './table.js';

const totals = ['available', 'reserved', 'used'] as const;

/** One line for each currency, the amounts as the locale writes them. */
export function balancesAsTable(data: readonly CreditBalance[], locale: string | undefined): string {
  const rows = data.map(({ currency_code: currency, balance }) => {
    const shown = hasKnownDecimals(currency) ? (amount: string) => formatAmount(amount, currency, { locale }) : asSent;
    return [currency, ...totals.map((total) => shown(balance[total]))];
  });
  const uncertain = data.map(({ currency_code }) => currency_code).filter((code) => !hasKnownDecimals(code));
  const note = `\n* in the smallest unit, as Paddle sends it: the decimals of ${uncertain.join(', ')} are not certain.`;
  return table(['currency', ...totals], rows, [1, 2, 3]) + (uncertain.length > 0 ? note : '');
}

/** The amounts as Paddle sends them, then as decimals; these are left empty where the decimals are not certain. */
export function balancesAsCsv(data: readonly CreditBalance[]): string {
  const head = ['customer_id', 'currency_code', ...totals, ...totals.map((total) => `${total}_decimal`)];
  const rows = data.map(({ customer_id, currency_code, balance }) => {
    const isKnown = hasKnownDecimals(currency_code);
    const decimals = totals.map((total) => (isKnown ? toDecimal(balance[total], currency_code) : ''));
    return [customer_id, currency_code, ...totals.map((total) => balance[total]), ...decimals];
  });
  return csv([head, ...rows]);
}

/** Where there is no credit, in words: `''` for none at all, ` in EUR` of those asked for; undefined where there is some. */
export function withoutCredit(
  data: readonly CreditBalance[],
  asked: readonly string[] | undefined,
): string | undefined {
  if (asked === undefined) return data.length === 0 ? '' : undefined;
  const missing = asked.filter((code) => !data.some(({ currency_code }) => currency_code === code));
  return missing.length === 0 ? undefined : ` in ${missing.join(', ')}`;
}

function asSent(amount: string): string {
  return `${amount}*`;
}

function hasKnownDecimals(currency: string): boolean {
  try {
    toDecimal('0', currency);
    return true;
  } catch {
    return false;
  }
}
