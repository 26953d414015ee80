import type { Parameter } from '../../generated/operations.js';
import { UsageError } from '../errors/errors.js';
import { describeValue } from './describe-value.js';
import { refuse, refuseValue } from './refuse.js';

/**
 * @param option the name of the parameter in the caller's options.
 * @throws {UsageError} the value is not one that the contract allows for the parameter.
 */
export function assertParameter(parameter: Parameter, value: unknown, option = parameter.name): void {
  const { validate, types, expected, example } = parameter;
  if (types.includes('array') && Array.isArray(value)) {
    // An empty list would be left out of the URL, which asks for everything.
    if (value.length === 0) refuse(option, 'must not be an empty list: leave it out to ask for all.');
    const items: unknown[] = value;
    if (validate(items) as boolean) return;
    const wrong = items.filter((item) => !validate([item]));
    const received = (wrong.length > 0 ? wrong : [items]).map((item) => describeValue(item)).join(', ');
    throw new UsageError(`Each item of ${option} must be ${describeExpected()}; received ${received}.`, { option });
  }
  if (validate(value) as boolean) return;
  refuseValue(option, describeExpected(), value);

  function describeExpected(): string {
    const words = expected ?? 'what the contract allows';
    return example === undefined ? words : `${words}, such as ${String(example)}`;
  }
}
