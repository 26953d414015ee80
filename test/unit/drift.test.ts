import { describe, expect, it, test } from 'vitest';
import { currencies } from '../../generated/currencies.js';
import { describeDifference } from '../../scripts/drift/compare.ts';
import { compareDescriptions } from '../../scripts/drift/report.ts';
import type { Description } from '../../scripts/generate/openapi.ts';
import { description } from '../support/description.ts';
import { makeOfficialDescription } from '../support/official.ts';

// biome-ignore lint/suspicious/noExplicitAny: an edit reaches anywhere into the description.
type Edit = (theirs: any) => unknown;

/** The unexplained differences after one edit, a line each. */
function drift(edit: Edit): string[] {
  const theirs = makeOfficialDescription();
  edit(theirs);
  return compareDescriptions(description, theirs as unknown as Description)
    .flatMap(({ differences }) => differences)
    .filter(({ explanation }) => explanation === undefined)
    .map(describeDifference);
}

const path = '/customers/{customer_id}/credit-balances';
// biome-ignore lint/suspicious/noExplicitAny: as above.
const get = (theirs: any) => theirs.paths[path].get;
// biome-ignore lint/suspicious/noExplicitAny: as above.
const schema = (theirs: any, name: string) => theirs.components.schemas[name];
const balances = 'response 200 > application/json > data > []';
const error = 'response default > application/json > error';

it('finds nothing between the contract and itself, explained or not', () => {
  expect(compareDescriptions(description, structuredClone(description))).toEqual([
    { name: `GET ${path}`, differences: [] },
  ]);
});

it('explains every difference from a description that is written as the official one is', () => {
  expect(drift(() => undefined)).toEqual([]);
  const [report] = compareDescriptions(description, makeOfficialDescription() as unknown as Description);
  expect(report?.differences.length).toBeGreaterThan(20);
});

describe('reports that in the official description', () => {
  test.each<[string, Edit, string[]]>([
    [
      'the filter is sent as repeated keys',
      (theirs) => (theirs.components.parameters.currency_code.explode = true),
      ['query parameter currency_code > explode: ours false, theirs true'],
    ],
    [
      'the filter is required',
      (theirs) => (theirs.components.parameters.currency_code.required = true),
      ['query parameter currency_code > required: ours false, theirs true'],
    ],
    [
      'a parameter is new',
      (theirs) => get(theirs).parameters.push({ name: 'after', in: 'query', schema: { type: 'string' } }),
      ['query parameter after: only in theirs'],
    ],
    [
      'a parameter of the path item is replaced by one of the operation',
      (theirs) =>
        get(theirs).parameters.push({ name: 'customer_id', in: 'path', required: true, schema: { type: 'string' } }),
      ['path parameter customer_id > pattern: only in ours ("^ctm_[a-z0-9]{26}$")'],
    ],
    [
      'customer IDs are longer',
      (theirs) => (schema(theirs, 'customer_id').pattern = '^ctm_[a-z\\d]{30}$'),
      [
        'path parameter customer_id > pattern: ours "^ctm_[a-z0-9]{26}$", theirs "^ctm_[a-z0-9]{30}$"',
        `${balances} > customer_id > pattern: ours "^ctm_[a-z0-9]{26}$", theirs "^ctm_[a-z0-9]{30}$"`,
      ],
    ],
    [
      'a currency is new',
      (theirs) => schema(theirs, 'currency_code').enum.push('XYZ'),
      [`${balances} > currency_code > values > XYZ: only in theirs`],
    ],
    [
      'a currency is gone',
      (theirs) => schema(theirs, 'currency_code').enum.shift(),
      [`${balances} > currency_code > values > ${Object.keys(currencies)[0]}: only in ours`],
    ],
    [
      'a total is a number',
      (theirs) => (schema(theirs, 'balance').properties.used.type = 'integer'),
      [`${balances} > balance > used > type: ours ["string"], theirs ["integer"]`],
    ],
    [
      'a total can be null',
      (theirs) => (schema(theirs, 'balance').properties.used = { oneOf: [{ type: 'string' }, { type: 'null' }] }),
      [`${balances} > balance > used > type: ours ["string"], theirs ["null","string"]`],
    ],
    [
      'a total is new',
      (theirs) => (schema(theirs, 'balance').properties.expired = { type: 'string' }),
      [`${balances} > balance > expired: only in theirs`],
    ],
    [
      'a total is gone',
      (theirs) => delete schema(theirs, 'balance').properties.reserved,
      [`${balances} > balance > reserved: only in ours`],
    ],
    [
      'the list is paginated',
      (theirs) => (schema(theirs, 'meta').properties.pagination = { type: 'object' }),
      [
        'response 200 > application/json > meta > pagination: only in theirs',
        'response default > application/json > meta > pagination: only in theirs',
      ],
    ],
    [
      'the list has a limit',
      (theirs) =>
        (get(theirs).responses['200'].content['application/json'].schema.allOf[0].properties.data.maxItems = 9),
      ['response 200 > application/json > data > maxItems: only in theirs (9)'],
    ],
    [
      'the meta of a list is optional',
      (theirs) => (get(theirs).responses['200'].content['application/json'].schema.allOf[0].required = ['data']),
      ['response 200 > application/json > meta > required: ours true, theirs false'],
    ],
    [
      'another status is documented',
      (theirs) => (get(theirs).responses['422'] = { description: 'Unprocessable' }),
      ['response 422: only in theirs'],
    ],
    [
      'a response has another media type',
      (theirs) => (get(theirs).responses['200'].content['text/csv'] = {}),
      ['response 200 > text/csv: only in theirs'],
    ],
    [
      'a response has a header',
      (theirs) => (get(theirs).responses['200'].headers = { 'Request-Id': { schema: { type: 'string' } } }),
      ['response 200 > header request-id: only in theirs'],
    ],
    [
      'an error may come without a detail',
      (theirs) => (schema(theirs, 'error').properties.error.required = ['type', 'code', 'documentation_url']),
      [`${error} > detail > required: ours true, theirs false`],
    ],
    [
      'an error type is new',
      (theirs) => schema(theirs, 'error').properties.error.properties.type.enum.push('new_error'),
      [`${error} > type > values > new_error: only in theirs`],
    ],
    [
      'the link of an error has no format',
      (theirs) => delete schema(theirs, 'error').properties.error.properties.documentation_url.format,
      [`${error} > documentation_url > format: only in ours ("uri")`],
    ],
    [
      'a server is new',
      (theirs) => theirs.servers.push({ url: 'https://eu-api.paddle.com/' }),
      ['server https://eu-api.paddle.com: only in theirs'],
    ],
    ['a server is gone', (theirs) => theirs.servers.pop(), ['server https://sandbox-api.paddle.com: only in ours']],
    [
      'the key is sent in a header of its own',
      (theirs) => (theirs.components.securitySchemes.bearerAuth = { type: 'apiKey', in: 'header', name: 'X-Key' }),
      ['security http bearer: only in ours', 'security apiKey header X-Key: only in theirs'],
    ],
    [
      'OAuth is a scheme of its own',
      (theirs) => {
        theirs.components.securitySchemes.oauth = { type: 'oauth2', flows: {} };
        theirs.security.push({ oauth: ['customer.read'] });
      },
      ['security oauth2: only in theirs'],
    ],
    [
      'another permission is needed',
      (theirs) => (get(theirs)['x-permissions'] = ['credit_balance.read']),
      ['permission credit_balance.read: only in theirs'],
    ],
    [
      'the operation is deprecated',
      (theirs) => (get(theirs).deprecated = true),
      ['deprecated: ours false, theirs true'],
    ],
    [
      'the operation has another name',
      (theirs) => (get(theirs).operationId = 'list-balances'),
      ['operationId: ours "list-credit-balances", theirs "list-balances"'],
    ],
    [
      'the operation has moved',
      (theirs) => {
        theirs.paths['/balances/{customer_id}'] = theirs.paths[path];
        delete theirs.paths[path];
      },
      [`address: ours "GET ${path}", theirs "GET /balances/{customer_id}"`],
    ],
    [
      'the operation takes a body',
      (theirs) => (get(theirs).requestBody = { content: { 'application/json': {} } }),
      ['request body: only in theirs'],
    ],
  ])('%s', (_, edit, lines) => {
    expect(drift(edit)).toEqual(lines);
  });
});

it('takes an explanation for the values that it is about, and for no others', () => {
  const closed = `${balances} > currency_code > maxLength`;
  expect(drift((theirs) => (schema(theirs, 'currency_code').maxLength = 3))).toEqual([]);
  expect(drift((theirs) => (schema(theirs, 'currency_code').maxLength = 4))).toEqual([`${closed}: only in theirs (4)`]);
});

it('follows a schema that holds itself to its end', () => {
  const edit: Edit = (theirs) =>
    (schema(theirs, 'balance').properties.parent = { $ref: '#/components/schemas/balance' });
  expect(drift(edit)).toEqual([`${balances} > balance > parent: only in theirs`]);
});
