import { describe, expect, it, test } from 'vitest';
import type { DeclaredResponses } from '../../generated/operations.js';
import { findDeclared, findMediaType } from '../../src/http/declared.ts';
import { describeFields } from '../../src/http/describe.ts';
import { findQueryParameter, findRoute, listMethods } from '../../src/http/operations.ts';
import { customerId } from '../support/bodies.ts';

const path = `/customers/${customerId}/credit-balances`;
const other = 'ctm_01mock404notfound000000000';

describe('a route', () => {
  it('has the customer of the path, also where the query names another one', () => {
    const route = findRoute('GET', path, new URLSearchParams({ customer_id: other, 'Paddle-Version': '2' }));
    expect(route?.parameters).toEqual({ customer_id: customerId });
  });

  it('has a list that is sent as one value or as several', () => {
    const query = new URLSearchParams('currency_code=USD,EUR&currency_code=GBP');
    expect(findRoute('GET', path, query)?.parameters.currency_code).toEqual(['USD', 'EUR', 'GBP']);
  });

  it('decodes the path, and leaves an invalid escape as it is', () => {
    const customer = (part: string) =>
      findRoute('GET', `/customers/${part}/credit-balances`, new URLSearchParams())?.parameters.customer_id;
    expect(customer('a%2Fb')).toBe('a/b');
    expect(customer('%zz')).toBe('%zz');
  });

  test.each([
    ['POST', path],
    ['get', path],
    ['GET', `${path}/more`],
    ['GET', `/x${path}`],
    ['GET', path.replace('credit-', 'debit-')],
  ])('is not that of %s %s', (method, pathname) => {
    expect(findRoute(method, pathname, new URLSearchParams())).toBeUndefined();
  });

  it('has the methods of its path alone', () => {
    expect(listMethods(path)).toEqual(['GET']);
    expect(listMethods('/customers')).toEqual([]);
  });

  it('has query parameters by their names, and no other parameters', () => {
    expect(findQueryParameter('currency_code')).toMatchObject({ in: 'query', name: 'currency_code' });
    for (const name of ['customer_id', 'Paddle-Version', 'page']) expect(findQueryParameter(name)).toBeUndefined();
  });
});

describe('the declared response', () => {
  const [exact, range, rest] = ['exact', 'range', 'rest'].map((name) => ({ headers: {}, content: { [name]: {} } }));
  const responses = { 404: exact, '4XX': range, '5XX': range, default: rest } as unknown as DeclaredResponses;

  test.each([
    [404, exact],
    [400, range],
    [499, range],
    [500, range],
    [600, rest],
    [399, undefined],
    [200, undefined],
  ])('to %i is its own, or else that of its range, or else, of an error, the default', (status, expected) => {
    expect(findDeclared(responses, status)).toBe(expected);
  });

  it('to 400 may be the default', () => {
    expect(findDeclared({ default: rest } as unknown as DeclaredResponses, 400)).toBe(rest);
  });

  test.each([
    ['application/json', 'application/json'],
    ['Application/JSON ; charset=utf-8; x=1', 'application/json'],
    ['application/jsonx', undefined],
    ['text/html', undefined],
    ['', undefined],
    [null, undefined],
  ])('has the media type that %j names', (contentType, expected) => {
    expect(findMediaType({ 'application/json': {} } as never, contentType)).toBe(expected);
  });
});

test('fields are described by what there is of their name and message', () => {
  const fields = [{ field: 'a', message: 'is wrong' }, { field: 'b' }, { message: 'is missing' }, {}];
  expect(describeFields(fields)).toBe(' a: is wrong. b. is missing. .');
  expect(describeFields([])).toBe('');
});
