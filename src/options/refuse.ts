import { UsageError } from '../errors/errors.js';
import { describeValue } from './describe-value.js';

/** @param problem what is wrong with the option, as a sentence without its subject. @throws {UsageError} always. */
export function refuse(option: string, problem: string): never {
  throw new UsageError(`${option} ${problem}`, { option });
}

/** @throws {UsageError} always: the value is not what is expected of the option. */
export function refuseValue(option: string, expected: string, value: unknown): never {
  refuseReceived(option, expected, describeValue(value));
}

/** As `refuseValue`, for a value that must not be quoted. @throws {UsageError} always. */
export function refuseReceived(option: string, expected: string, received: string): never {
  refuse(option, `must be ${expected}; received ${received}.`);
}
