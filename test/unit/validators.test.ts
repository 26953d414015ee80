import { describe, expect, it, test } from 'vitest';
import * as validators from '../../generated/operations.js';
import { examples } from '../support/description.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const schemas = validators as unknown as Record<string, validators.Validator<unknown>>;
const valid = examples.map(({ name, schema, example }) => ({
  name,
  validate: schemas[schema] as validators.Validator<unknown>,
  value: example.value as Json,
}));

/** Every place in a JSON value, as the keys that lead to it; the value itself first. */
function places(value: Json, path: string[] = []): { path: string[]; value: Json }[] {
  const children = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [{ path, value }, ...children.flatMap(([key, child]) => places(child, [...path, key]))];
}

/** A copy with something else at one place, or with nothing there. */
function edited(root: Json, path: string[], replacement: Json | undefined): Json {
  const [key, ...rest] = path;
  if (key === undefined) return replacement as Json;
  const copy = structuredClone(root) as Record<string, Json>;
  if (rest.length > 0) copy[key] = edited(copy[key] as Json, rest, replacement);
  else if (replacement === undefined) delete copy[key];
  else copy[key] = replacement;
  return copy;
}

/** What the contract leaves out at will. */
const optional = ['meta', 'error/errors', 'error/errors/0/field', 'error/errors/0/message'];
const isOptional = (name: string, path: string[]) => name !== 'CreditBalanceList' && optional.includes(path.join('/'));

describe.each(valid)('from the valid example $name', ({ validate, value }) => {
  const isError = validate === schemas.ErrorResponse;

  it('is accepted as it stands', () => {
    expect(validate(value)).toBe(true);
    expect(validate.errors).toBeNull();
  });

  it('is rejected without any one of its required fields', () => {
    const fields = places(value).filter(({ path }) => path.length > 0 && !/^\d+$/.test(path.at(-1) ?? ''));
    const accepted = fields.filter(({ path }) => validate(edited(value, path, undefined)));
    const allowed = isError ? fields.filter(({ path }) => isOptional('ErrorResponse', path)) : [];
    expect(accepted.map(({ path }) => path.join('/'))).toEqual(allowed.map(({ path }) => path.join('/')));
  });

  it('is rejected with a null or a value of another type in any place', () => {
    const others: Json[] = [null, true, 7, 1.5, 'text', [], {}];
    const typeOf = (json: Json) => (Array.isArray(json) ? 'array' : json === null ? 'null' : typeof json);
    const accepted = places(value).flatMap((place) =>
      others
        .filter((other) => typeOf(other) !== typeOf(place.value) && validate(edited(value, place.path, other)))
        .map((other) => `${place.path.join('/')} = ${JSON.stringify(other)}`),
    );
    expect(accepted).toEqual([]);
  });

  it('is accepted with a field that nobody knows yet, at any depth', () => {
    const objects = places(value).filter((place) => typeof place.value === 'object' && !Array.isArray(place.value));
    const refused = objects.filter(({ path }) => !validate(edited(value, [...path, 'new_field'], { a: [1] })));
    expect(refused).toEqual([]);
  });
});

describe('an amount', () => {
  test.each(['0', '550', '-1', '0550', '-0', '123456789012345678901234567890'])('may be %j', (amount) => {
    expect(validators.Amount(amount)).toBe(true);
  });

  test.each([550, 5.5, '', '1e3', '5.50', '5,50', ' 5', '5 ', '5\n', '+5', '0x10', '-', '٣', 'NaN', null, {}, ['5']])(
    'must not be %j',
    (amount) => {
      expect(validators.Amount(amount)).toBe(false);
      const totals = { available: '0', reserved: '0', used: '0' };
      for (const total of Object.keys(totals)) {
        expect(validators.CreditTotals({ ...totals, [total]: amount }), total).toBe(false);
      }
    },
  );
});

describe('a customer id', () => {
  test.each([
    '',
    'ctm_',
    'ctm_x/../../products',
    'sub_01gw9m680k848184fpttwr0b7z',
    'ctm_01GW9M680K848184FPTTWR0B7Z',
    'ctm_01gw9m680k848184fpttwr0b7z0',
    'ctm_01gw9m680k848184fpttwr0b7',
    ' ctm_01gw9m680k848184fpttwr0b7z',
    'ctm_01gw9m680k848184fpttwr0b7z\n',
  ])('must not be %j', (id) => {
    expect(validators.CustomerId(id)).toBe(false);
  });
});

describe('the open sets', () => {
  it('accept a currency that Paddle adds later, and refuse what is no currency code', () => {
    expect(validators.CurrencyCode('XYZ')).toBe(true);
    expect(['usd', 'US', 'USDT', '', 'U$D'].filter((code) => validators.CurrencyCode(code))).toEqual([]);
  });

  it('accept an error code and an error type that Paddle adds later', () => {
    const error = { type: 'new_type', code: 'new_code', detail: '', documentation_url: '' };
    expect(validators.ErrorResponse({ error })).toBe(true);
  });
});

it('names every violation with its place', () => {
  const body = {
    data: [{ customer_id: 'x', currency_code: 'USD', balance: { available: 1, reserved: '0' } }],
    meta: {},
  };
  expect(validators.CreditBalanceList(body)).toBe(false);
  expect(validators.CreditBalanceList.errors).toEqual([
    { instancePath: '/data/0/customer_id', message: 'must match pattern "^ctm_[a-z0-9]{26}$"' },
    { instancePath: '/data/0/balance', message: "must have required property 'used'" },
    { instancePath: '/data/0/balance/available', message: 'must be string' },
    { instancePath: '/meta', message: "must have required property 'request_id'" },
  ]);
});
