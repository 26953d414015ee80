import { describe, expect, it } from 'vitest';
import { CreditBalance, CreditBalanceList, ErrorResponse } from '../../src/validate.ts';
import { getCredit, getErrorBody } from '../support/bodies.ts';

describe('the Standard Schema objects', () => {
  it('say which standard they follow and who made them', () => {
    for (const schema of [CreditBalance, CreditBalanceList, ErrorResponse]) {
      expect(schema['~standard']).toMatchObject({ version: 1, vendor: 'paddle-credit-balances' });
    }
  });

  it('give back a valid value as it is', () => {
    const list = getCredit('several-currencies');
    const [balance] = list.data;
    const error = getErrorBody('invalid_field');
    expect(CreditBalanceList['~standard'].validate(list)).toEqual({ value: list });
    expect(CreditBalance['~standard'].validate(balance)).toEqual({ value: balance });
    expect(ErrorResponse['~standard'].validate(error)).toEqual({ value: error });
  });

  it('name every issue with its path, positions in a list as numbers', () => {
    const list = getCredit('several-currencies') as unknown as {
      data: { balance: { used: unknown } }[];
      meta: unknown;
    };
    const [, second] = list.data;
    if (second) second.balance.used = 5;
    list.meta = null;
    expect(CreditBalanceList['~standard'].validate(list)).toEqual({
      issues: [
        { message: 'must be string', path: ['data', 1, 'balance', 'used'] },
        { message: 'must be object', path: ['meta'] },
      ],
    });
    expect(CreditBalanceList['~standard'].validate('text')).toEqual({
      issues: [{ message: 'must be object', path: [] }],
    });
  });

  it('leave the issues of one call alone in the next', () => {
    const first = CreditBalance['~standard'].validate({});
    CreditBalance['~standard'].validate(getCredit('one-currency').data[0]);
    expect(first).toHaveProperty('issues.length', 3);
  });
});
