import type { CreditBalance } from '../../generated/openapi.js';
import { formatAmount, toDecimal } from '../credit-balances/money.js';
import { formatCsv } from './csv.js';
import { formatTable } from './table.js';

const totals = ['available', 'reserved', 'used'] as const;

/** One line for each currency, the amounts as the locale writes them. */
export function formatBalancesTable(data: readonly CreditBalance[], locale: string | undefined): string {
  const rows = data.map(({ currency_code: currency, balance }) => {
    const format = hasKnownDecimals(currency) ? formatMoney(currency, locale) : markUncertain;
    return [currency, ...totals.map((total) => format(balance[total]))];
  });
  const uncertain = data.map(({ currency_code }) => currency_code).filter((code) => !hasKnownDecimals(code));
  const note = `\n* in the lowest denomination, as Paddle sends it: the decimals of ${uncertain.join(', ')} are not certain.\n  Paddle's GET /currencies has them as decimal_places.`;
  return formatTable(['currency', ...totals], rows, [1, 2, 3]) + (uncertain.length > 0 ? note : '');
}

/** The amounts as Paddle sends them, then as decimals; these are left empty where the decimals are not certain. */
export function formatBalancesCsv(data: readonly CreditBalance[]): string {
  const head = ['customer_id', 'currency_code', ...totals, ...totals.map((total) => `${total}_decimal`)];
  const rows = data.map(({ customer_id, currency_code, balance }) => {
    const isKnown = hasKnownDecimals(currency_code);
    const decimals = totals.map((total) => (isKnown ? toDecimal(balance[total], currency_code) : ''));
    return [customer_id, currency_code, ...totals.map((total) => balance[total]), ...decimals];
  });
  return formatCsv([head, ...rows]);
}

/** Where there is no credit, in words: `''` for none at all, ` in EUR` of those asked for; undefined where there is some. */
export function describeMissing(
  data: readonly CreditBalance[],
  asked: readonly string[] | undefined,
): string | undefined {
  if (asked === undefined) return data.length === 0 ? '' : undefined;
  const missing = asked.filter((code) => !data.some(({ currency_code }) => currency_code === code));
  return missing.length === 0 ? undefined : ` in ${missing.join(', ')}`;
}

/** As the locale writes it; more digits than that can show as an exact decimal. */
function formatMoney(currency: string, locale: string | undefined): (amount: string) => string {
  return (amount) => (amount.length > 300 ? toDecimal(amount, currency) : formatAmount(amount, currency, { locale }));
}

function markUncertain(amount: string): string {
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
