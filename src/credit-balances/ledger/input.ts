import * as validators from '../../../generated/operations.js';
import { UsageError } from '../../errors/errors.js';
import { findIssues } from '../../http/issues.js';
import { describeValue } from '../../options/describe-value.js';

/** Reports one mistake, so that one error can name all of them. */
export type ReportMistake = (mistake: string) => void;

/** More digits than any amount of money has. Without a limit, one request could make every later event slow. */
const maxDigits = 1_000;
/** A file in another format has a mistake on each line. */
const maxMistakes = 10;

/**
 * What `read` returns.
 *
 * @param option the name that the error has for the value.
 * @throws {UsageError} with all mistakes that `read` reports, one a line.
 */
export function collectMistakes<Value>(option: string, read: (report: ReportMistake) => Value): Value {
  const mistakes: string[] = [];
  const value = read((mistake) => mistakes.push(mistake));
  if (mistakes.length === 0) return value;
  const more = mistakes.length - maxMistakes;
  const lines = [...mistakes.slice(0, maxMistakes), ...(more > 0 ? [`Mistakes that are not shown: ${more}.`] : [])];
  throw new UsageError(lines.join('\n'), { option });
}

export function checkCustomerId(place: string, value: unknown, report: ReportMistake): void {
  checkValue(place, value, validators.CustomerId, report);
}

export function checkCurrencyCode(place: string, value: unknown, report: ReportMistake): void {
  checkValue(place, value, validators.CurrencyCode, report);
}

/**
 * An amount without leading zeros; `"0"` where a mistake was reported. The contract leaves room for a negative total,
 * since Paddle does not rule one out; no event leads to one.
 */
export function readAmount(place: string, value: unknown, report: ReportMistake): string {
  if (typeof value !== 'string' || !/^[0-9]+$/.test(value)) {
    report(
      `${place} must be a string of digits, in the currency's lowest denomination, such as "550"; received ${describeValue(value)}.`,
    );
    return '0';
  }
  if (value.length > maxDigits) {
    report(`${place} must have at most ${maxDigits} digits; received ${value.length}.`);
    return '0';
  }
  return String(BigInt(value));
}

/** The entries of an object, each read once; none where a mistake was reported. */
export function readEntries(place: string, value: unknown, report: ReportMistake): [string, unknown][] {
  // A Map or an array would pass for an object without entries; an object of another realm, as in Jest, is fine.
  if (Object.prototype.toString.call(value) === '[object Object]') return Object.entries(value as object);
  report(`${place} must be an object; received ${describeValue(value)}.`);
  return [];
}

/** The values of an object that may have these names and no others; undefined where one is left out. */
export function readNamed<Name extends string>(
  place: string,
  value: unknown,
  names: readonly Name[],
  report: ReportMistake,
): Partial<Record<Name, unknown>> {
  const entries = readEntries(place, value, report);
  for (const [name] of entries) {
    if (!(names as readonly string[]).includes(name)) {
      report(`${place} has the unknown name ${describeValue(name)}; known names are ${names.join(', ')}.`);
    }
  }
  return Object.fromEntries(entries) as Partial<Record<Name, unknown>>;
}

function checkValue(
  place: string,
  value: unknown,
  validator: validators.Validator<unknown>,
  report: ReportMistake,
): void {
  const [issue] = findIssues(validator, value);
  if (issue !== undefined) report(`${place} ${issue.message}; received ${describeValue(value)}.`);
}
