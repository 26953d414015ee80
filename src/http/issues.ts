import type { Validator, Violation } from '../../generated/operations.js';
import type { ContractIssue } from '../errors/errors.js';

/** The issues that a generated validator finds in a value; empty for a valid value. */
export function findIssues(validate: Validator<unknown>, value: unknown): ContractIssue[] {
  if (validate(value)) return [];
  return (validate.errors as Violation[]).map(({ instancePath, message }) => ({ path: instancePath, message }));
}
