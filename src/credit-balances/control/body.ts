import { UsageError } from '../../errors/errors.js';
import { checkCurrencyCode, collectMistakes, readAmount, readNamed } from '../ledger/input.js';

/** @throws {UsageError} the text is not JSON. */
export function readControlJson(text: string): unknown {
  if (text === '') throw new UsageError('The body is empty; it must be JSON.');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`The body is not JSON: ${(error as Error).message}`);
  }
}

/**
 * The body of a request that moves credit.
 *
 * @throws {UsageError} which names each mistake and its place.
 */
export function readControlEvent(text: string): { currencyCode: string; amount: string } {
  const value = readControlJson(text);
  return collectMistakes('body', (report) => {
    const named = readNamed('body', value, ['currency_code', 'amount'], report);
    checkCurrencyCode('body.currency_code', named.currency_code, report);
    return {
      currencyCode: named.currency_code as string,
      amount: readAmount('body.amount', named.amount, report),
    };
  });
}
