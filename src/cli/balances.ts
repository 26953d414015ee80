import type { CreditBalance } from '../../generated/openapi.js';
import { totalNames } from '../credit-balances/ledger/balances-option.js';
import { formatAmount, toDecimal } from '../credit-balances/money.js';
import { formatCsv } from './csv.js';
import { formatTable } from './table.js';

/**
 * One line for each currency, the amounts as the locale writes them.
 *
 * @param width of the terminal, in characters, if there is one.
 */
export function formatBalancesTable(
  data: readonly CreditBalance[],
  locale: string | undefined,
  width: number | undefined,
): string {
  const rows = data.map(({ currency_code: currency, balance }) => {
    return [currency, ...totalNames.map((total) => formatMoney(balance[total], currency, locale))];
  });
  const note = describeUncertain(data.map(({ currency_code }) => currency_code));
  return [formatTable(['currency', ...totalNames], rows, { right: [1, 2, 3], width }), ...note].join('\n');
}

/** What the mark behind an amount means, in lines; none where none of the currencies has it. */
export function describeUncertain(currencies: readonly string[]): string[] {
  const uncertain = currencies.filter((code) => !hasKnownDecimals(code));
  if (uncertain.length === 0) return [];
  return [
    `* in the lowest denomination, as Paddle sends it: the decimals of ${uncertain.join(', ')} are not certain.`,
    "  Paddle's GET /currencies has them as decimal_places.",
  ];
}

/** The amounts as Paddle sends them, then as decimals; these are left empty where the decimals are not certain. */
export function formatBalancesCsv(data: readonly CreditBalance[]): string {
  return formatCsv([balanceColumns, ...data.map(toCells)]);
}

export const balanceColumns: readonly string[] = [
  'customer_id',
  'currency_code',
  ...totalNames,
  ...totalNames.map((total) => `${total}_decimal`),
];

/** The cells of `balanceColumns`. */
export function toCells({ customer_id, currency_code, balance }: CreditBalance): string[] {
  const isKnown = hasKnownDecimals(currency_code);
  const decimals = totalNames.map((total) => (isKnown ? toDecimal(balance[total], currency_code) : ''));
  return [customer_id, currency_code, ...totalNames.map((total) => balance[total]), ...decimals];
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

/**
 * As the locale writes it; more digits than that can show as an exact decimal. Marked, and as it was sent, where the
 * decimals are not certain.
 */
export function formatMoney(amount: string, currency: string, locale: string | undefined): string {
  if (!hasKnownDecimals(currency)) return `${amount}*`;
  return amount.length > 300 ? toDecimal(amount, currency) : formatAmount(amount, currency, { locale });
}

function hasKnownDecimals(currency: string): boolean {
  try {
    toDecimal('0', currency);
    return true;
  } catch {
    return false;
  }
}
