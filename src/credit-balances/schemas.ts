import type { StandardSchemaV1 } from '@standard-schema/spec';
import type * as types from '../../generated/openapi.js';
import * as validators from '../../generated/operations.js';
import { findIssues } from '../http/issues.js';

export type CreditBalance = types.CreditBalance;
export type CreditBalanceList = types.CreditBalanceList;
export type ErrorResponse = types.ErrorResponse;

/**
 * One credit balance, as a Standard Schema. Unknown fields are accepted, since Paddle adds fields within version 1.
 * Source: https://developer.paddle.com/api-reference/about/versioning
 */
export const CreditBalance: StandardSchemaV1<CreditBalance> = createStandardSchema(validators.CreditBalance);

/** The body of a 200, as a Standard Schema. */
export const CreditBalanceList: StandardSchemaV1<CreditBalanceList> = createStandardSchema(
  validators.CreditBalanceList,
);

/**
 * The body of an error of Paddle's, as a Standard Schema.
 * Source: https://developer.paddle.com/api-reference/about/errors
 */
export const ErrorResponse: StandardSchemaV1<ErrorResponse> = createStandardSchema(validators.ErrorResponse);

function createStandardSchema<Value>(validator: validators.Validator<Value>): StandardSchemaV1<Value> {
  return {
    '~standard': {
      version: 1,
      vendor: 'paddle-credit-balances',
      validate: (value) => {
        const issues = findIssues(validator, value);
        if (issues.length === 0) return { value: value as Value };
        return { issues: issues.map(({ path, message }) => ({ message, path: toPath(value, path) })) };
      },
    },
  };
}

/** A JSON Pointer as the list of keys that Standard Schema asks for; a position in an array is a number. */
function toPath(root: unknown, pointer: string): PropertyKey[] {
  let current = root;
  return pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
      const key = Array.isArray(current) ? Number(name) : name;
      current = (current as Record<PropertyKey, unknown>)[key];
      return key;
    });
}
