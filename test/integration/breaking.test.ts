import { describe, expect, test } from 'vitest';
import { findHeaviest, type Level } from '../../scripts/breaking/change.ts';
import { compareBundles } from '../../scripts/breaking/compare.ts';
import { type Description, resolve } from '../../scripts/generate/openapi.ts';
import { description } from '../support/description.ts';

// biome-ignore lint/suspicious/noExplicitAny: an edit reaches anywhere into the bundle.
type Bundle = any;
type Edit = (bundle: Bundle) => unknown;

const address = '/customers/{customer_id}/credit-balances';
const operation = (bundle: Bundle) => bundle.paths[address].get;
const schema = (bundle: Bundle, name: string) => bundle.components.schemas[name];
// Whether a part stands where it is used or among the components.
const parameters = (bundle: Bundle): Bundle[] =>
  operation(bundle).parameters.map((parameter: Bundle) => resolve(bundle, parameter));
const parameter = (bundle: Bundle, name: string) => parameters(bundle).find((each) => each.name === name);
const response = (bundle: Bundle, status: number) => resolve<Bundle>(bundle, operation(bundle).responses[status]);
const media = (bundle: Bundle, status: number) => response(bundle, status).content['application/json'];
const credited = (bundle: Bundle) => resolve<Bundle>(bundle, media(bundle, 200).examples.credited);
const retryAfter = (bundle: Bundle) => resolve<Bundle>(bundle, response(bundle, 429).headers['Retry-After']);
const knownCurrencies = (bundle: Bundle) => schema(bundle, 'CurrencyCode')['x-known-values'];

/** A key as a part of a JSON pointer. */
const pointerTo = (key: string) => key.replaceAll('/', '~1');

function rename(map: Record<string, unknown>, from: string, to: string) {
  map[to] = map[from];
  delete map[from];
}

const renameId: Edit = (bundle) => {
  parameter(bundle, 'customer_id').name = 'id';
  rename(bundle.paths, address, '/customers/{id}/credit-balances');
};

async function changes(edit: Edit) {
  const edited = structuredClone(description);
  edit(edited);
  expect(edited).not.toEqual(description);
  return compareBundles(description, edited as Description);
}

const tables: Record<Level, [string, Edit, RegExp][]> = {
  breaking: [
    // The address
    ['the path is removed', (b) => delete b.paths[address], /^Path .* was removed/],
    ['the path is renamed', (b) => rename(b.paths, address, '/credit/{customer_id}'), /^Path .* was removed/],
    ['the template of the path is renamed', renameId, /^`key` of `paths` changed/],
    ['the parameter of the path is renamed', renameId, /^`name` of `parameters\/0` changed from "customer_id" to "id"/],
    ['the operation is removed', (b) => delete b.paths[address].get, /^Operation .* was removed/],
    ['the operation is renamed', (b) => (operation(b).operationId = 'list'), /^`operationId` .* changed/],
    ['a server is removed', (b) => b.servers.pop(), /^Server .* was removed/],
    ['a server moves', (b) => (b.servers[0].url = 'https://paddle.test'), /^Server .* became/],
    ['a server is renamed', (b) => (b.servers[0]['x-name'] = 'production'), /^`x-name` of `servers\/0` changed/],
    ['another server comes first', (b) => b.servers.reverse(), /^The first server is now `https:/],
    // The key
    ['the key is sent in another way', (b) => (b.components.securitySchemes.apiKey.scheme = 'basic'), /^`scheme` /],
    [
      'a second key is asked for',
      (b) => {
        b.components.securitySchemes.second = { type: 'apiKey', in: 'header', name: 'X-Second' };
        b.security[0].second = [];
      },
      /now requires `second`/,
    ],
    [
      'the operation asks for another key',
      (b) => {
        b.components.securitySchemes.other = { type: 'apiKey', in: 'header', name: 'X-Other' };
        operation(b).security = [{ other: [] }];
      },
      /now requires `other`/,
    ],
    [
      'another permission is needed',
      (b) => operation(b)['x-permissions'].push('credit.read'),
      /^`x-permissions\/credit\.read` of `get` was set/,
    ],
    // The request
    ['a parameter is removed', (b) => operation(b).parameters.pop(), /^`Paddle-Version` header parameter was removed/],
    ['a parameter becomes required', (b) => (parameter(b, 'currency_code').required = true), /became required/],
    [
      'a required parameter is added',
      (b) => operation(b).parameters.push({ name: 'page', in: 'query', required: true, schema: { type: 'integer' } }),
      /^Required `page` query parameter was added/,
    ],
    [
      'a required parameter is added to the path',
      (b) => (b.paths[address].parameters = [{ name: 'X-Id', in: 'header', required: true, schema: {} }]),
      /^Required `X-Id` header parameter was added/,
    ],
    ['a parameter is renamed', (b) => (parameter(b, 'currency_code').name = 'currency'), /was removed|was renamed/],
    ['a parameter moves', (b) => (parameter(b, 'currency_code').in = 'header'), /was removed|is now a/],
    ['a list is written with another sign', (b) => (parameter(b, 'currency_code').style = 'pipeDelimited'), /`style`/],
    ['a list is written with repeated keys', (b) => (parameter(b, 'currency_code').explode = true), /`explode`/],
    ['fewer numbers are taken', (b) => (parameter(b, 'Paddle-Version').schema.minimum = 2), /^Lower bound/],
    ['fewer currencies are taken at once', (b) => (parameter(b, 'currency_code').schema.maxItems = 5), /`maxItems`/],
    ['fewer customer ids are taken', (b) => (schema(b, 'CustomerId').pattern = '^ctm_[a-z]{26}$'), /`pattern`/],
    ['only some currencies are taken', (b) => (schema(b, 'CurrencyCode').enum = ['USD']), /^Enum/],
    [
      'a parameter is written as JSON',
      (b) => {
        const { schema: items, style, explode, ...rest } = parameter(b, 'currency_code');
        const content = { 'application/json': { schema: items } };
        operation(b).parameters[parameters(b).findIndex(({ name }) => name === 'currency_code')] = { ...rest, content };
      },
      /^`style` of `currency_code` query parameter was removed/,
    ],
    // The response
    ['a status is removed', (b) => delete operation(b).responses[404], /^Response `404` was removed/],
    ['a status becomes another', (b) => rename(operation(b).responses, '403', '401'), /^Response `403`/],
    ['a body is removed', (b) => delete response(b, 404).content, /^All media types were removed/],
    [
      'a content type becomes another',
      (b) => rename(response(b, 404).content, 'application/json', 'application/problem+json'),
      /^Media type `application\/json` became/,
    ],
    ['a body may be anything', (b) => delete media(b, 404).schema, /^Schema .* was removed/],
    ['a header is removed', (b) => delete response(b, 429).headers, /headers of response `429`/],
    [
      'a header becomes optional',
      (b) => (retryAfter(b).required = false),
      /^`required` of `Retry-After` changed from true to false/,
    ],
    [
      'a header becomes optional by leaving it out',
      (b) => delete retryAfter(b).required,
      /^`required` of `Retry-After` changed from/,
    ],
    [
      'a header is written in another way',
      (b) => (retryAfter(b).explode = true),
      /^`explode` of `Retry-After` changed/,
    ],
    ['a header changes its type', (b) => (retryAfter(b).schema.type = 'string'), /^Type widened/],
    ['a required field becomes optional', (b) => schema(b, 'CreditTotals').required.pop(), /no longer required/],
    [
      'a required field is removed',
      (b) => {
        delete schema(b, 'CreditTotals').properties.used;
        schema(b, 'CreditTotals').required.pop();
      },
      /^Property `used` .* was removed/,
    ],
    ['an optional field is removed', (b) => delete schema(b, 'ErrorDetails').properties.errors, /^Property `errors`/],
    ['a field is renamed', (b) => rename(schema(b, 'CreditTotals').properties, 'used', 'spent'), /^Property `used`/],
    ['a field is no longer sent', (b) => (schema(b, 'CreditTotals').properties.used.writeOnly = true), /`writeOnly`/],
    ['a total becomes a number', (b) => (schema(b, 'Amount').type = 'number'), /^Type of `Amount`/],
    ['a total may be null', (b) => (schema(b, 'Amount').type = ['string', 'null']), /^Type of `Amount` widened/],
    ['a total may be any text', (b) => delete schema(b, 'Amount').pattern, /^`pattern` of `Amount` was removed/],
    ['a total may have decimals', (b) => (schema(b, 'Amount').pattern = '^-?[\\d.]+$'), /^`pattern` of `Amount`/],
    [
      'a total may be something else',
      (b) =>
        (schema(b, 'CreditTotals').properties.used = {
          anyOf: [{ $ref: '#/components/schemas/Amount' }, { type: 'integer' }],
        }),
      /^Type of `used` widened/,
    ],
    [
      'an address may be any text',
      (b) => delete schema(b, 'ErrorDetails').properties.documentation_url.format,
      /`format`/,
    ],
    ['the list may hold anything', (b) => delete schema(b, 'CreditBalanceList').properties.data.items, /^`items`/],
    // What the package makes of it
    [
      'a schema is renamed',
      (b) =>
        Object.assign(b, JSON.parse(JSON.stringify(b).replaceAll('schemas/Amount"', 'schemas/Money"'))) &&
        rename(b.components.schemas, 'Amount', 'Money'),
      /^Type `Amount` was removed/,
    ],
    ['a scenario is removed', (b) => delete media(b, 200).examples.credited, /^Example `credited` was/],
    ['a scenario is renamed', (b) => rename(media(b, 404).examples, 'not_found', 'none'), /^Example `not_found`/],
    [
      'a reserved customer id changes',
      (b) => (credited(b)['x-mock-customer-id'] = `ctm_${'1'.repeat(26)}`),
      /^`x-mock-customer-id` of `[^`]+` changed/,
    ],
    ['all scenarios of a status are removed', (b) => delete media(b, 404).examples, /^ExamplesMap .* was removed/],
    [
      'a known currency is removed',
      (b) => delete knownCurrencies(b).JPY,
      /^`x-known-values\/JPY\/minorUnits` of `CurrencyCode` was removed/,
    ],
    [
      'a currency gets other decimals',
      (b) => (knownCurrencies(b).JPY.minorUnits = 2),
      /^`x-known-values\/JPY\/minorUnits` of `CurrencyCode` changed from 0 to 2/,
    ],
    [
      'the decimals of a currency are open',
      (b) => delete knownCurrencies(b).JPY.minorUnits,
      /JPY\/minorUnits` of `CurrencyCode` was removed/,
    ],
    [
      'another dialect',
      (b) => (b.jsonSchemaDialect = 'http://json-schema.org/draft-07/schema#'),
      /`jsonSchemaDialect`/,
    ],
    ['another version of OpenAPI', (b) => (b.openapi = '3.2.0'), /^`openapi` changed/],
  ],
  compatible: [
    ['a path is added', (b) => (b.paths['/ping'] = { get: { responses: { 204: { description: '' } } } }), /ping/],
    ['a server is added', (b) => b.servers.push({ url: 'https://eu.paddle.test' }), /^Server `2` was added/],
    [
      'the operation is deprecated',
      (b) => (operation(b).deprecated = true),
      /^`deprecated` of `[^`]+` was set to true/,
    ],
    ['no key is needed any more', (b) => (b.security = []), /^SecurityRequirement `0` was removed/],
    [
      'another key is taken too',
      (b) => {
        b.components.securitySchemes.other = { type: 'apiKey', in: 'header', name: 'X-Other' };
        b.security.push({ other: [] });
      },
      /was added/,
    ],
    [
      'another kind of key is described',
      (b) => (b.components.securitySchemes.other = { type: 'http', scheme: 'basic' }),
      /^SecurityScheme `other` was added/,
    ],
    [
      'a permission is no longer needed',
      (b) => operation(b)['x-permissions'].pop(),
      /^`x-permissions\/customer\.read` of `get` was removed/,
    ],
    [
      'an optional parameter is added',
      (b) => operation(b).parameters.push({ name: 'page', in: 'query', schema: { type: 'integer' } }),
      /^Parameter `3` was added/,
    ],
    [
      'more numbers are taken',
      (b) => delete parameter(b, 'Paddle-Version').schema.minimum,
      /^`minimum` of `[^`]+` was removed/,
    ],
    [
      'a default is named',
      (b) => (parameter(b, 'Paddle-Version').schema.default = 1),
      /^`default` of `schema` was set to 1/,
    ],
    [
      'a header of the request is written in lowercase',
      (b) => (parameter(b, 'Paddle-Version').name = 'paddle-version'),
      /^`name` of `parameters\/2` changed/,
    ],
    [
      'more signs are taken',
      (b) => (parameter(b, 'currency_code').allowReserved = true),
      /^`allowReserved` of `[^`]+` changed/,
    ],
    ['a status is added', (b) => (operation(b).responses[410] = { description: 'Gone.' }), /^Response `410` was added/],
    ['a content type is added', (b) => (response(b, 404).content['text/csv'] = {}), /`text\/csv` was added/],
    [
      'a header is added',
      (b) => (response(b, 502).headers = { 'Retry-After': structuredClone(retryAfter(b)) }),
      /was added/,
    ],
    ['an optional field is added', (b) => (schema(b, 'CreditTotals').properties.held = {}), /^Schema `held` was added/],
    [
      'a required field is added',
      (b) => {
        schema(b, 'CreditTotals').properties.held = { type: 'string' };
        schema(b, 'CreditTotals').required.push('held');
      },
      /^`required` of `[^`]+` changed/,
    ],
    ['an optional field becomes required', (b) => schema(b, 'ErrorResponse').required.push('meta'), /^`required` /],
    [
      'a total has a greatest length',
      (b) => (schema(b, 'Amount').maxLength = 30),
      /^`maxLength` of `[^`]+` was set to 30/,
    ],
    ['a text has a format', (b) => (schema(b, 'FieldError').properties.field.format = 'json-pointer'), /^`format` /],
    ['a field is deprecated', (b) => (schema(b, 'CreditTotals').properties.used.deprecated = true), /^`deprecated` /],
    ['a schema is added', (b) => (b.components.schemas.Refund = { type: 'object' }), /^Type `Refund` was added/],
    [
      'a scenario is added',
      (b) => (media(b, 404).examples.merged = { summary: 'Merged', value: {} }),
      /^Example `merged` was added/,
    ],
    [
      'a currency is added',
      (b) => (knownCurrencies(b).KES = { name: 'Shilling', minorUnits: 2 }),
      /^`x-known-values\/KES\/minorUnits` of `CurrencyCode` was set to 2/,
    ],
    [
      'the decimals of a currency are known',
      (b) => (knownCurrencies(b).VND.minorUnits = 0),
      /VND\/minorUnits` of `CurrencyCode` was set to 0/,
    ],
  ],
  documentation: [
    ['the description is reworded', (b) => (b.info.description = 'Credit.'), /^`description` of `[^`]+` changed/],
    ['the licence is reworded', (b) => (b.info.license.name = 'Apache 2'), /^`name` of `[^`]+` changed/],
    ['the operation has another tag', (b) => (operation(b).tags = ['Credit']), /^`tags` of `[^`]+` changed/],
    ['a link is removed', (b) => delete b.externalDocs, /^ExternalDocs .* was removed/],
    ['a response is reworded', (b) => (response(b, 404).description = 'None.'), /^`description` of `[^`]+` changed/],
    ['the kind of key is reworded', (b) => (b.components.securitySchemes.apiKey.bearerFormat = 'Key'), /bearerFormat/],
    ['an example of a schema changes', (b) => (schema(b, 'Amount').examples = ['1']), /^`examples` of `[^`]+` changed/],
    ['an example of a parameter is removed', (b) => delete parameter(b, 'currency_code').examples.two, /`two` was/],
    ['a scenario is reworded', (b) => (credited(b).summary = 'Credit'), /^`summary` of `[^`]+` changed/],
    ['a scenario has other totals', (b) => (credited(b).value.data = []), /^`value` of `[^`]+` changed/],
    [
      'a currency is reworded',
      (b) => (knownCurrencies(b).USD.name = 'Dollar'),
      /USD\/name` of `CurrencyCode` changed from "US [Dd]ollar" to "Dollar"/,
    ],
    ['the version of OpenAPI is corrected', (b) => (b.openapi = '3.1.2'), /^`openapi` changed/],
  ],
};

for (const [level, edits] of Object.entries(tables)) {
  describe.concurrent(`an edit is ${level} when`, () => {
    test.each(edits)('%s', async (_, edit, message) => {
      const found = await changes(edit);
      expect(found, JSON.stringify(found, null, 2)).toContainEqual({
        level,
        location: expect.stringMatching(/^#\/\w/),
        message: expect.stringMatching(message),
      });
      expect(findHeaviest(found), JSON.stringify(found, null, 2)).toBe(level);
    });
  });
}

describe.concurrent('an edit is no change when', () => {
  test.each<[string, Edit]>([
    ['only the version is raised', (b) => (b.info.version = '9.0.0')],
    ['the banner is reworded', (b) => (b['x-generated'] = 'By hand.')],
    [
      'the defaults are left out',
      (b) => delete parameter(b, 'currency_code').style && delete parameter(b, 'currency_code').required,
    ],
    [
      'the defaults are written out',
      (b) => Object.assign(parameter(b, 'customer_id'), { style: 'simple', explode: false }),
    ],
    [
      'the defaults of a header are written out',
      (b) => Object.assign(retryAfter(b), { style: 'simple', explode: false }),
    ],
    [
      'parts are referred to',
      (b) => {
        const [shared] = operation(b).parameters.splice(0, 1, { $ref: '#/components/parameters/shared' });
        b.components.parameters = { ...b.components.parameters, shared };
        b.components.responses = { ...b.components.responses, shared: response(b, 404) };
        operation(b).responses[404] = { $ref: '#/components/responses/shared' };
      },
    ],
    ['parameters change places', (b) => operation(b).parameters.reverse()],
    ['a parameter stands with the path', (b) => (b.paths[address].parameters = [operation(b).parameters.shift()])],
    ['the operation repeats which key it needs', (b) => (operation(b).security = structuredClone(b.security))],
    ['required fields change places', (b) => schema(b, 'CreditTotals').required.reverse()],
  ])('%s', async (_, edit) => {
    expect(await changes(edit)).toEqual([]);
  });
});

test('an edit is breaking when a default becomes another or is taken back', async () => {
  const edited = (value: unknown) => {
    const copy: Bundle = structuredClone(description);
    parameter(copy, 'Paddle-Version').schema.default = value;
    return copy as Description;
  };
  for (const value of [2, undefined]) {
    const found = await compareBundles(edited(1), edited(value));
    expect(found.map(({ level, location }) => `${level} ${location}`)).toEqual([
      `breaking #/paths/${pointerTo(address)}/get/parameters/2/schema/default`,
    ]);
  }
});

test('an edit is compatible when a response gets its first scenarios', async () => {
  const without: Bundle = structuredClone(description);
  delete media(without, 404).examples;
  expect(findHeaviest(await compareBundles(without, description))).toBe('compatible');
});

test('an edit is no change when the operation repeats a parameter of its path', async () => {
  const shared: Bundle = structuredClone(description);
  shared.paths[address].parameters = operation(shared).parameters.splice(0, 1);
  const both: Bundle = structuredClone(shared);
  operation(both).parameters.unshift({ ...parameter(description, 'customer_id') });
  expect(await compareBundles(shared, both)).toEqual([]);
});

test('a server that moves is one change, though it is also the first', async () => {
  expect(await changes((bundle) => (bundle.servers[0].url = 'https://paddle.test'))).toHaveLength(1);
});

test('a name that starts with x- is no extension', async () => {
  const traced: Bundle = structuredClone(description);
  response(traced, 404).headers = { 'x-trace': { required: true, schema: { type: 'string' } } };
  const untraced: Bundle = structuredClone(traced);
  response(untraced, 404).headers['x-trace'].required = false;
  expect(findHeaviest(await compareBundles(traced, untraced))).toBe('breaking');
});

test('each change of several is judged by itself, the heaviest first, with its place in the bundle', async () => {
  const found = await changes((bundle) => {
    bundle.info.title = 'Credit';
    knownCurrencies(bundle).KES = { name: 'Shilling' };
    delete knownCurrencies(bundle).JPY.minorUnits;
    retryAfter(bundle).required = false;
  });
  expect(found.map(({ level, location }) => `${level} ${location}`)).toEqual([
    'breaking #/components/schemas/CurrencyCode/x-known-values/JPY/minorUnits',
    `breaking #/paths/${pointerTo(address)}/get/responses/429/headers/Retry-After/required`,
    'compatible #/components/schemas/CurrencyCode/x-known-values/KES/name',
    'documentation #/info/title',
  ]);
});
