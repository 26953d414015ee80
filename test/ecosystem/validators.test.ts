import { readFile } from 'node:fs/promises';
import { validate } from '@hyperjump/json-schema/openapi-3-1';
import { createConfig, lint } from '@redocly/openapi-core';
import ResponseValidator from 'openapi-response-validator';
import { expect, it, test } from 'vitest';
import { scenarios } from '../../generated/scenarios.js';
import { getCredit } from '../support/bodies.ts';
import { bundleFile } from './output.ts';

const bundle = JSON.parse(await readFile(bundleFile, 'utf8'));

it('the meta-schema of OpenAPI 3.1 with its base dialect finds nothing in the bundle', async () => {
  const baseDialect = 'https://spec.openapis.org/oas/3.1/schema-base';
  expect(await validate(baseDialect, bundle, 'BASIC')).toEqual({ valid: true });
  const wrong = structuredClone(bundle);
  wrong.components.schemas.Amount.type = 'text';
  expect((await validate(baseDialect, wrong)).valid).toBe(false);
});

it("Redocly's strictest rules find nothing in the bundle, not even a warning", async () => {
  const config = await createConfig({ extends: ['recommended-strict'] });
  const problems = await lint({ ref: bundleFile, config });
  expect(problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
});

const validator = new ResponseValidator.default({
  responses: bundle.paths['/customers/{customer_id}/credit-balances'].get.responses,
  components: bundle.components,
});

test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
  'openapi-response-validator takes %s',
  (_, { status, body }) => {
    expect(validator.validateResponse(String(status), structuredClone(body))).toBeUndefined();
  },
);

it('openapi-response-validator refuses a total that is missing', () => {
  const { data, meta } = getCredit('one-currency');
  const wrong = data.map(({ balance: { used: _, ...balance }, ...rest }) => ({ ...rest, balance }));
  const found = validator.validateResponse('200', { data: wrong, meta });
  expect(found.errors).toMatchObject([{ path: 'data/0/balance', errorCode: 'required.openapi.responseValidation' }]);
});
