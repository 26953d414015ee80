import type { Validator, Violation } from '../../generated/operations.js';
import type { ContractIssue } from '../errors/errors.js';

/** What a generated validator finds wrong with a value; nothing when the value is valid. */
export function findIssues(validate: Validator<unknown>, value: unknown): ContractIssue[] {
  if (validate(value)) return [];
  return (validate.errors as Violation[]).map(({ instancePath, message }) => ({ path: instancePath, message }));
}
