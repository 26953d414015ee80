import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { currencies } from '../../generated/currencies.js';
import { formatAmount, toDecimal, UsageError } from '../../src/index.ts';

const table: Record<string, { name: string; minorUnits?: number }> = currencies;

describe('toDecimal', () => {
  test.each([
    ['550', 'USD', '5.50'],
    ['5', 'USD', '0.05'],
    ['0', 'USD', '0.00'],
    ['-5', 'USD', '-0.05'],
    ['-0', 'USD', '0.00'],
    ['-0', 'JPY', '0'],
    ['007', 'USD', '0.07'],
    ['000550', 'USD', '5.50'],
    ['1200', 'JPY', '1200'],
    ['1200', 'KRW', '1200'],
    ['1200', 'CLP', '1200'],
    ['1200', 'COP', '12.00'],
    ['1200', 'HUF', '12.00'],
    ['1200', 'TWD', '12.00'],
    ['123456789012345678901234567890', 'EUR', '1234567890123456789012345678.90'],
  ])('%s in %s is %s', (amount, currency, decimal) => {
    expect(toDecimal(amount, currency)).toBe(decimal);
  });

  it('covers each currency of the contract but VND', () => {
    const uncertain = Object.keys(table).filter((code) => table[code]?.minorUnits === undefined);
    expect(uncertain).toEqual(['VND']);
    expect(Object.keys(table)).toHaveLength(33);
  });

  it('needs minorUnits for VND and for a currency that the contract does not know, and explains why', () => {
    expect(() => toDecimal('550', 'VND')).toThrow(
      /VND are not certain: Paddle's own sources disagree.*\{ minorUnits \}.*GET \/currencies.*decimal_places/,
    );
    expect(() => toDecimal('550', 'XYZ')).toThrow(
      /XYZ are not certain: this version of the contract does not know XYZ.*GET \/currencies.*decimal_places/,
    );
    expect(() => formatAmount('550', 'VND')).toThrow(UsageError);
    expect(() => toDecimal('1', 'toString')).toThrow(/three uppercase letters/);
    expect(toDecimal('550', 'VND', { minorUnits: 0 })).toBe('550');
    expect(toDecimal('550', 'VND', { minorUnits: 2 })).toBe('5.50');
    expect(toDecimal('550', 'XYZ', { minorUnits: 3 })).toBe('0.550');
    expect(toDecimal('5', 'XYZ', { minorUnits: 20 })).toBe('0.00000000000000000005');
  });

  it('refuses minorUnits that contradict the contract, which would be off by a power of ten', () => {
    expect(() => toDecimal('550', 'JPY', { minorUnits: 2 })).toThrow(/JPY has 0 decimals, and minorUnits says 2/);
    expect(() => formatAmount('550', 'USD', { minorUnits: 0 })).toThrow(/USD has 2 decimals/);
    expect(toDecimal('550', 'USD', { minorUnits: 2 })).toBe('5.50');
    expect(toDecimal('550', 'USD', { minorUnits: undefined })).toBe('5.50');
  });

  test.each([-1, 1.5, 21, Number.NaN, '2', null])('refuses %j as minorUnits', (minorUnits) => {
    expect(() => toDecimal('550', 'XYZ', { minorUnits: minorUnits as number })).toThrow(
      /minorUnits must be an integer from 0 to 20; received /,
    );
  });

  test.each([550, '', ' ', '5.50', '1e3', '+5', '--5', '-', '5\n', '٣', 'NaN', null, undefined, ['5'], 5n])(
    'refuses %s as an amount',
    (amount) => {
      expect(() => toDecimal(amount as string, 'USD')).toThrow(UsageError);
      expect(() => toDecimal(amount as string, 'USD')).toThrow(
        /amount must be an integer in the currency's lowest denomination.*"550"; received /,
      );
    },
  );

  test.each(['usd', 'US', 'USDT', '', 'XUSD', null, undefined, ['USD']])('refuses %j as a currency', (currency) => {
    expect(() => toDecimal('550', currency as string)).toThrow(
      /currencyCode must be three uppercase letters.*received /,
    );
  });

  it('round-trips any amount in any currency', () => {
    const amounts = fc.tuple(fc.boolean(), fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 60 }));
    const codes = fc.constantFrom(...Object.keys(table));
    fc.assert(
      fc.property(amounts, codes, fc.integer({ min: 0, max: 20 }), ([negative, digits], code, others) => {
        const amount = `${negative ? '-' : ''}${digits.join('')}`;
        const minorUnits = table[code]?.minorUnits ?? others;
        const decimal = toDecimal(amount, code, { minorUnits });
        expect(decimal).toMatch(minorUnits === 0 ? /^-?\d+$/ : new RegExp(`^-?\\d+\\.\\d{${minorUnits}}$`));
        expect(BigInt(decimal.replace('.', ''))).toBe(BigInt(amount));
      }),
      { numRuns: 10_000 },
    );
  });
});

describe('formatAmount', () => {
  test.each([
    ['550', 'USD', 'en-US', '$5.50'],
    ['-550', 'USD', 'en-US', '-$5.50'],
    ['1200', 'JPY', 'en-US', '¥1,200'],
    ['123456', 'EUR', 'de-DE', '1.234,56\u00a0€'],
    ['120000', 'COP', 'en-US', 'COP\u00a01,200.00'],
    ['120000', 'HUF', 'en-US', 'HUF\u00a01,200.00'],
    ['99999999999999999999999999', 'USD', 'en-US', '$999,999,999,999,999,999,999,999.99'],
  ])('%s in %s for %s is %s', (amount, currency, locale, text) => {
    expect(formatAmount(amount, currency, { locale })).toBe(text);
  });

  it('takes a list of locales, and the locale of the machine without one', () => {
    expect(formatAmount('550', 'EUR', { locale: ['de-DE', 'en-US'] })).toBe('5,50\u00a0€');
    expect(formatAmount('550', 'USD')).toMatch(/5[.,]50/);
  });

  it('formats a currency that the contract does not know with the decimals it is given', () => {
    expect(formatAmount('5500', 'XYZ', { locale: 'en-US', minorUnits: 3 })).toBe('XYZ\u00a05.500');
    expect(formatAmount('5500', 'VND', { locale: 'en-US', minorUnits: 0 })).toBe('₫5,500');
  });

  it('refuses a locale that is none', () => {
    expect(() => formatAmount('550', 'USD', { locale: 'not a locale' })).toThrow(/BCP 47.*"not a locale"/);
    expect(() => formatAmount('550', 'USD', { locale: 'not a locale' })).toThrow(
      expect.objectContaining({ name: 'UsageError', cause: expect.any(RangeError) }),
    );
  });

  it('shows every digit of any amount', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(digits, fc.boolean(), fc.constantFrom(...Object.keys(table)), (list, negative, code) => {
        const amount = `${negative ? '-' : ''}${list.join('')}`;
        const text = formatAmount(amount, code, { locale: 'en-US', minorUnits: table[code]?.minorUnits ?? 2 });
        expect(BigInt(text.replace(/\D/g, '')) * (text.startsWith('-') ? -1n : 1n)).toBe(BigInt(amount));
      }),
      { numRuns: 10_000 },
    );
  });
});
