import { refuseValue } from './refuse.js';

/** The longest delay of a timer, in milliseconds. */
const longestTimer = 2_147_483_647;

/** @throws {UsageError} the value is given, and is not a number of milliseconds from `least` to the longest delay. */
export function assertDuration(option: string, value: unknown, least: number): void {
  if (value === undefined || (typeof value === 'number' && value >= least && value <= longestTimer)) return;
  refuseValue(option, `a number of milliseconds from ${least} to ${longestTimer}`, value);
}

/** @throws {UsageError} the value is given, and is not an integer in the range. */
export function assertInteger(option: string, value: unknown, least: number, greatest?: number): void {
  if (value === undefined) return;
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= (greatest ?? Infinity)) return;
  const range = greatest === undefined ? `, ${least} or more` : ` from ${least} to ${greatest}`;
  refuseValue(option, `an integer${range}`, value);
}

/** @throws {UsageError} the value is given, and is not an AbortSignal. */
export function assertSignal(option: string, value: unknown): void {
  const signal = value as AbortSignal | null | undefined;
  if (signal === undefined) return;
  const methods = ['throwIfAborted', 'addEventListener', 'removeEventListener'] as const;
  if (typeof signal?.aborted === 'boolean' && methods.every((name) => typeof signal[name] === 'function')) return;
  refuseValue(option, 'an AbortSignal', value);
}

/** @throws {UsageError} the value is given, and is not of the type. */
export function assertType(option: string, value: unknown, type: 'function' | 'boolean' | 'string'): void {
  if (value === undefined || typeof value === type) return;
  refuseValue(option, type === 'boolean' ? 'true or false' : `a ${type}`, value);
}

/** @throws {UsageError} the value is given, and is not one of the names. */
export function assertOneOf(option: string, value: unknown, names: readonly string[]): void {
  if (value === undefined || names.includes(value as string)) return;
  const expected = names.length > 2 ? `one of ${names.map((name) => `"${name}"`).join(', ')}` : names.join(' or ');
  refuseValue(option, expected, value);
}
