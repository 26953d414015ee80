import { minorUnits } from '../../generated/currencies.js';
import type { CurrencyCode } from '../../generated/openapi.js';
import { Amount, CurrencyCode as isCurrencyCode } from '../../generated/operations.js';
import { UsageError } from '../errors/errors.js';
import { assertInteger } from '../options/assertions.js';
import { describeValue } from '../options/describe-value.js';
import { readOptions } from '../options/read-options.js';
import { refuse, refuseValue } from '../options/refuse.js';

/** What `toDecimal` may be told. */
export interface DecimalOptions {
  /**
   * The number of decimals, 0 to 20, of a currency for which the contract states none: VND, and currencies that
   * Paddle added later. Paddle's `GET /currencies` has it as `decimal_places`.
   * Source: https://developer.paddle.com/api-reference/currencies
   */
  minorUnits?: number | undefined;
}

/** How many digits `Intl.NumberFormat` can format; it shows more of them as infinity. */
const longestFormatted = 300;

/** What `formatAmount` may be told. */
export interface FormatOptions extends DecimalOptions {
  /** A BCP 47 tag such as `de-AT`. @default the locale of the machine */
  locale?: string | readonly string[] | undefined;
}

/**
 * Converts an amount to the currency's main unit, as an exact decimal: `toDecimal('550', 'USD')` is `'5.50'`. Leading
 * zeros are dropped, and `-0` is `0`.
 *
 * @param amount an integer in the currency's lowest denomination, as Paddle sends it, of any number of digits.
 * Source: https://developer.paddle.com/api-reference/about/data-types
 * @throws {UsageError} the amount is not such a string, or the currency's number of decimals is not known.
 */
export function toDecimal(amount: string, currencyCode: CurrencyCode, options: DecimalOptions = {}): string {
  if (!Amount(amount)) {
    refuseValue('amount', `an integer in the currency's lowest denomination, as a string such as "550"`, amount);
  }
  const { minorUnits: given } = readOptions(options, ['minorUnits']);
  const decimals = findDecimals(currencyCode, given);
  const digits = amount.replace(/^-?0*(?=\d)/, '');
  const padded = digits.padStart(decimals + 1, '0');
  const whole = padded.slice(0, padded.length - decimals);
  const decimal = decimals === 0 ? whole : `${whole}.${padded.slice(-decimals)}`;
  return amount.startsWith('-') && digits !== '0' ? `-${decimal}` : decimal;
}

/**
 * Formats an amount for people: `formatAmount('550', 'USD', { locale: 'en-US' })` is `'$5.50'`. Exact for up to 300
 * digits; the decimals are the contract's and not those of the locale library.
 *
 * @param amount an integer in the currency's lowest denomination, as Paddle sends it.
 * @throws {UsageError} as `toDecimal`, for more than 300 digits, and for a locale that is not one.
 */
export function formatAmount(amount: string, currencyCode: CurrencyCode, options: FormatOptions = {}): string {
  const { locale, minorUnits: given } = readOptions(options, ['locale', 'minorUnits']);
  const decimal = toDecimal(amount, currencyCode, { minorUnits: given });
  const [whole = '', fraction = ''] = decimal.replace('-', '').split('.');
  if (whole.length > longestFormatted) {
    refuse(
      'amount',
      `has ${whole.length} digits, and Intl.NumberFormat shows no more than ${longestFormatted}: use toDecimal.`,
    );
  }
  return createNumberFormat(locale, currencyCode, fraction.length).format(decimal as Intl.StringNumericLiteral);
}

function createNumberFormat(locale: FormatOptions['locale'], currency: string, decimals: number): Intl.NumberFormat {
  // Of anything else than a text or an object, Intl makes the locale of the machine.
  if (locale !== undefined && typeof locale !== 'string' && typeof locale !== 'object') refuseLocale(locale);
  try {
    return new Intl.NumberFormat(locale as string | string[] | undefined, {
      style: 'currency',
      currency,
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
  } catch {
    // The error of newer engines quotes the locale, and a key may stand in its place.
    return refuseLocale(locale, new RangeError('Intl.NumberFormat takes no such locale'));
  }
}

function refuseLocale(locale: unknown, cause?: unknown): never {
  const message = `locale must be a BCP 47 tag such as "en-US"; received ${describeValue(locale)}.`;
  throw new UsageError(message, { option: 'locale', cause });
}

function findDecimals(currencyCode: string, given: number | undefined): number {
  if (!isCurrencyCode(currencyCode)) {
    refuseValue('currencyCode', 'three uppercase letters such as "USD"', currencyCode);
  }
  assertInteger('minorUnits', given, 0, 20);
  // Null for a currency that the contract knows, but not its decimals.
  const known = Object.hasOwn(minorUnits, currencyCode)
    ? (minorUnits as Record<string, number | null>)[currencyCode]
    : undefined;
  const stated = known ?? undefined;
  if (stated !== undefined && given !== undefined && given !== stated) {
    // A fixed `minorUnits: 2` for every currency would show 100 times too little in JPY.
    throw new UsageError(
      `${currencyCode} has ${stated} decimals, and minorUnits says ${given}: leave minorUnits out.`,
      { option: 'minorUnits' },
    );
  }
  const decimals = stated ?? given;
  if (decimals === undefined) {
    const reason =
      known === null
        ? `Paddle's own sources disagree on the decimals of ${currencyCode}`
        : `this version of the contract does not know ${currencyCode}`;
    throw new UsageError(
      `The decimals of ${currencyCode} are not certain: ${reason}. A wrong guess is off by a power of ten, so pass { minorUnits }: Paddle's GET /currencies has it as decimal_places.`,
      { option: 'minorUnits' },
    );
  }
  return decimals;
}
