import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it, test } from 'vitest';
import { currencies } from '../../generated/currencies.js';
import { errorCodes } from '../../generated/error-codes.js';
import type { CreditBalanceList, ErrorResponse } from '../../generated/openapi.js';
import { CustomerId } from '../../generated/operations.js';
import { scenarios } from '../../generated/scenarios.js';
import manifest from '../../package.json' with { type: 'json' };
import { description, examples } from '../support/description.ts';

const credits = examples.filter(({ schema }) => schema === 'CreditBalanceList');
const errors = examples.filter(({ schema }) => schema === 'ErrorResponse');

describe('every example', () => {
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  formats.default(ajv);
  ajv.addVocabulary(['example', 'x-expected', 'x-known-values', 'x-known-values-module', 'x-unique-by']);
  const schemas = JSON.stringify(description.components?.schemas).replaceAll('#/components/schemas/', '#/$defs/');
  ajv.addSchema({ $id: 'contract', $defs: JSON.parse(schemas) });

  test.each(examples)('$name is valid for $schema under strict Ajv, formats included', ({ schema, example }) => {
    const validate = ajv.getSchema(`contract#/$defs/${schema}`);
    validate?.(example.value);
    expect(validate?.errors).toBeNull();
  });

  it('reserves a valid customer id that no other example has', () => {
    const ids = examples.map(({ example }) => example['x-mock-customer-id']);
    expect(ids.filter((id) => !CustomerId(id))).toEqual([]);
    expect(new Set(ids).size).toBe(examples.length);
  });

  it('has a summary for people', () => {
    expect(examples.filter(({ example }) => !example.summary)).toEqual([]);
  });
});

describe('the credit examples', () => {
  it('start with the one that Paddle published, to the letter', () => {
    expect(credits[0]?.example['x-mock-customer-id']).toBe('ctm_01gw9m680k848184fpttwr0b7z');
    expect(JSON.stringify(credits[0]?.example.value)).toBe(
      JSON.stringify({
        data: [
          {
            customer_id: 'ctm_01gw9m680k848184fpttwr0b7z',
            currency_code: 'USD',
            balance: { available: '550', reserved: '900', used: '1300' },
          },
        ],
        meta: { request_id: '32cf1966-ed49-47d6-a76a-a9b8f7843245' },
      }),
    );
  });

  test.each(credits)('$name holds balances of its own customer only, one for each currency', ({ example }) => {
    const { data } = example.value as CreditBalanceList;
    expect(data.filter(({ customer_id }) => customer_id !== example['x-mock-customer-id'])).toEqual([]);
    expect(new Set(data.map(({ currency_code }) => currency_code)).size).toBe(data.length);
  });

  it('show several currencies, one of them without decimals, and no credit at all', () => {
    const lists = credits.map(({ example }) => (example.value as CreditBalanceList).data);
    const several = lists.filter((data) => data.length > 1).flat();
    const table: Record<string, { name: string; minorUnits?: number }> = currencies;
    expect(several.filter(({ currency_code }) => table[currency_code]?.minorUnits === 0)).not.toEqual([]);
    expect(lists.filter((data) => data.length === 0)).toHaveLength(1);
  });

  it('keep the sum of the three totals from one stage of the life cycle to the next', () => {
    const totals = new Map(
      credits.map(({ name, example }) => {
        const [first] = (example.value as CreditBalanceList).data;
        const { available = '0', reserved = '0', used = '0' } = first?.balance ?? {};
        return [name, BigInt(available) + BigInt(reserved) + BigInt(used)];
      }),
    );
    const moves = credits.flatMap(({ name, example }) => {
      const before = example['x-life-cycle-after'];
      return typeof before === 'string' ? [{ before, after: name }] : [];
    });
    expect(moves.map(({ before, after }) => `${before} -> ${after}`)).toEqual([
      'credited -> spent-at-once',
      'credited -> reserved-by-invoice',
      'reserved-by-invoice -> used-after-completion',
      'reserved-by-invoice -> released-after-cancellation',
    ]);
    for (const { before, after } of moves) expect(totals.get(after), after).toBe(totals.get(before));
  });
});

describe('the error examples', () => {
  const bodies = errors.map(({ example }) => example.value as ErrorResponse);

  it('cover every known error code once, under the code as their name', () => {
    // A code that states its status itself is one that no request of this operation can cause.
    const coverable = Object.entries(errorCodes).flatMap(([code, facts]) => ('status' in facts ? [] : [code]));
    expect(bodies.map(({ error }) => error.code).sort()).toEqual(coverable.sort());
    expect(errors.map(({ name }) => name)).toEqual(bodies.map(({ error }) => error.code));
  });

  it('name what has to act as Paddle does: the request below 500, but for the rate limit, and Paddle from there', () => {
    const blamed = errors.map(({ name, status }, index) => ({ name, status, type: bodies[index]?.error.type }));
    const byPaddle = blamed.filter(({ status }) => Number(status) >= 500 || status === '429');
    expect(blamed.filter(({ type }) => type === 'api_error')).toEqual(byPaddle);
  });

  it('give 401 for an access token alone, and 403 for every API key that is not accepted', () => {
    const unauthorized = errors.filter(({ status }) => status === '401').map(({ name }) => name);
    expect(unauthorized).toEqual(['invalid_access_token']);
    const forbidden = errors.filter(({ status }) => status === '403').map(({ name }) => name);
    expect(forbidden).toEqual(expect.arrayContaining(['authentication_missing', 'invalid_token', 'forbidden']));
  });

  it('link to the page of their own code', () => {
    for (const { error } of bodies) {
      expect(error.documentation_url).toBe(`https://developer.paddle.com/errors/shared/${error.code}`);
    }
  });

  it('describe the missing customer by the id that was asked for', () => {
    const found = errors.find(({ name }) => name === 'not_found')?.example;
    expect(found?.value).toMatchObject({ error: { detail: `Entity ${found?.['x-mock-customer-id']} not found` } });
  });

  it('list fields for invalid_field and for no other code', () => {
    expect(bodies.filter(({ error }) => error.errors?.length).map(({ error }) => error.code)).toEqual([
      'invalid_field',
    ]);
  });
});

describe('the scenarios', () => {
  it('are the examples, in the same order', () => {
    expect(scenarios.map(({ name, status, customerId, body }) => ({ name, status, customerId, body }))).toEqual(
      examples.map(({ name, status, example }) => ({
        name,
        status: Number(status),
        customerId: example['x-mock-customer-id'],
        body: example.value,
      })),
    );
  });

  it('carry the headers of their response', () => {
    const limited = scenarios.find(({ status }) => status === 429);
    expect(limited?.headers).toEqual({ 'Content-Type': 'application/json', 'Retry-After': '60' });
  });
});

it('states one version for the contract and the package', () => {
  expect(description.info.version).toBe(manifest.version);
});
