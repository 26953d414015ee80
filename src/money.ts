import { minorUnits } from '../generated/currencies.js';
import type { CurrencyCode } from '../generated/openapi.js';
import * as validators from '../generated/validators.js';
import { UsageError } from './errors.js';
import { shown } from './shown.js';

export interface DecimalOptions {
  /**
   * The number of decimals, 0 to 20, of a currency for which the contract states none: VND, and currencies that
   * Paddle added later.
   */
  minorUnits?: number | undefined;
}

export interface FormatOptions extends DecimalOptions {
  /** A BCP 47 tag such as `de-AT`. @default the locale of the machine */
  locale?: string | readonly string[] | undefined;
}

/**
 * An amount in the currency's main unit, as an exact decimal: `toDecimal('550', 'USD')` is `'5.50'`.
 *
 * @param amount a whole number of the currency's smallest unit, as Paddle sends it; any number of digits.
 * @throws {UsageError} the amount is no such string, or the currency's number of decimals is not known.
 */
export function toDecimal(amount: string, currencyCode: CurrencyCode, options: DecimalOptions = {}): string {
  if (!validators.Amount(amount)) {
    throw new UsageError(
      `The amount must be a whole number of the smallest unit, as a string such as "550"; it is ${shown(amount)}.`,
    );
  }
  const decimals = decimalsOf(currencyCode, options.minorUnits);
  const digits = amount.replace(/^-?0*(?=\d)/, '');
  const padded = digits.padStart(decimals + 1, '0');
  const whole = padded.slice(0, padded.length - decimals);
  const decimal = decimals === 0 ? whole : `${whole}.${padded.slice(-decimals)}`;
  return amount.startsWith('-') && digits !== '0' ? `-${decimal}` : decimal;
}

/**
 * An amount for people: `formatAmount('550', 'USD', { locale: 'en-US' })` is `'$5.50'`. Exact for any number of
 * digits; the decimals are the contract's and not those of the locale library.
 *
 * @param amount a whole number of the currency's smallest unit, as Paddle sends it.
 * @throws {UsageError} as `toDecimal`, and for a locale that is not one.
 */
export function formatAmount(amount: string, currencyCode: CurrencyCode, options: FormatOptions = {}): string {
  const decimal = toDecimal(amount, currencyCode, options);
  const decimals = decimal.split('.')[1]?.length ?? 0;
  return numberFormat(options.locale, currencyCode, decimals).format(decimal as Intl.StringNumericLiteral);
}

function numberFormat(locale: FormatOptions['locale'], currency: string, decimals: number): Intl.NumberFormat {
  try {
    return new Intl.NumberFormat(locale as string | string[] | undefined, {
      style: 'currency',
      currency,
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
  } catch (cause) {
    throw new UsageError(`The locale must be a BCP 47 tag such as "en-US"; it is ${shown(locale)}.`, { cause });
  }
}

function decimalsOf(currencyCode: string, given: number | undefined): number {
  if (!validators.CurrencyCode(currencyCode)) {
    throw new UsageError(`The currency must be three capital letters such as "USD"; it is ${shown(currencyCode)}.`);
  }
  if (given !== undefined && !(Number.isInteger(given) && given >= 0 && given <= 20)) {
    throw new UsageError(`minorUnits must be a whole number from 0 to 20; it is ${shown(given)}.`);
  }
  // Null for a currency that the contract knows, but not its decimals.
  const known = Object.hasOwn(minorUnits, currencyCode)
    ? (minorUnits as Record<string, number | null>)[currencyCode]
    : undefined;
  const stated = known ?? undefined;
  if (stated !== undefined && given !== undefined && given !== stated) {
    // A fixed `minorUnits: 2` for every currency would show 100 times too little in JPY.
    throw new UsageError(`${currencyCode} has ${stated} decimals, and minorUnits says ${given}: leave minorUnits out.`);
  }
  const decimals = stated ?? given;
  if (decimals === undefined) {
    const reason =
      known === null
        ? `Paddle's own sources disagree on the decimals of ${currencyCode}`
        : `this version of the contract does not know ${currencyCode}`;
    throw new UsageError(
      `The decimals of ${currencyCode} are not certain: ${reason}. A wrong guess is off by a factor of 100, so say how many with { minorUnits }.`,
    );
  }
  return decimals;
}
