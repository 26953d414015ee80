import type { Validator, Violation } from '../generated/validators.js';
import type { ContractIssue } from './errors.js';

/** What a generated validator finds wrong with a value; nothing when the value is valid. */
export function issuesOf(validator: Validator<unknown>, value: unknown): ContractIssue[] {
  if (validator(value)) return [];
  return (validator.errors as Violation[]).map(({ instancePath, message }) => ({ path: instancePath, message }));
}
