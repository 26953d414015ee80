import { describe, expect, it, test } from 'vitest';
import { scenarios } from '../../generated/scenarios.js';
import { UsageError } from '../../src/index.ts';
import { checkResponse, type Finding } from '../../src/verify.ts';
import { catchError, getCredit, getErrorBody } from '../support/bodies.ts';

const json = { 'Content-Type': 'application/json' };
const respond = (body: unknown, status = 200, headers: Record<string, string> = json) =>
  new Response(typeof body === 'string' || body === null ? body : JSON.stringify(body), { status, headers });
const brief = (findings: Finding[]) =>
  findings.map(({ severity, rule, location }) => `${severity} ${rule} ${location}`);
const check = async (...args: Parameters<typeof respond>) => brief(await checkResponse(respond(...args)));

const good = getCredit('several-currencies');
/** A good body with one part changed; every path of the tests exists. */
function edited(path: string, value: unknown, from: unknown = good): unknown {
  const copy = structuredClone(from);
  const names = path.split('/').slice(1);
  const last = names.pop() as string;
  const parent = names.reduce((current, name) => (current as never)[name], copy) as Record<string, unknown>;
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
  'finds nothing in the scenario %s',
  async (_, { body, status, headers }) => {
    expect(await checkResponse(respond(body, status, headers))).toEqual([]);
  },
);

test.each([201, 204, 301, 302, 399])('finds the status %i undeclared', async (status) => {
  expect(await check(status === 204 ? null : getErrorBody('forbidden'), status)).toEqual([
    'error undeclared-status status',
  ]);
});

test.each([402, 405, 418, 422, 501, 504, 520, 599])(
  'warns of the error status %i, which the contract does not list, where the body is the error of the contract',
  async (status) => {
    expect(await check(getErrorBody('forbidden'), status)).toEqual(['warning undeclared-status status']);
    expect(await check('<h1>no</h1>', status, { 'Content-Type': 'text/html' })).toContain(
      'error undeclared-status status',
    );
    expect(await check({ message: 'no' }, status)).toContain('error undeclared-status status');
  },
);

describe('the content type', () => {
  it.each(['application/json', 'application/json;charset=utf-8', 'Application/JSON ; charset="UTF-8"'])(
    '%s is right',
    async (type) => {
      expect(await check(good, 200, { 'Content-Type': type })).toEqual([]);
    },
  );

  it.each([
    'application/problem+json',
    'text/html',
    'text/json',
    'application/jsonp',
    'application/json, text/html',
    'application/vnd.api+json',
  ])('%s is not', async (type) => {
    expect(await check(good, 200, { 'Content-Type': type })).toEqual(['error content-type header Content-Type']);
  });

  it('must be there', async () => {
    const bytes = new TextEncoder().encode(JSON.stringify(good));
    expect(brief(await checkResponse(new Response(bytes)))).toEqual(['error content-type header Content-Type']);
  });

  it('of another kind does not hide that the body is wrong, nor speak of unknown fields', async () => {
    const problem = { type: 'about:blank', title: 'No' };
    expect(await check(problem, 404, { 'Content-Type': 'application/problem+json' })).toEqual([
      'error content-type header Content-Type',
      'error schema body',
    ]);
    expect(await check('<h1>no</h1>', 404, { 'Content-Type': 'text/html' })).toEqual([
      'error content-type header Content-Type',
    ]);
  });
});

test.each([
  ['nothing', ''],
  ['white space', ' \n'],
  ['half of it', JSON.stringify(good).slice(0, 40)],
  ['HTML', '<!doctype html>'],
  ['two values', '{} {}'],
])('a body of %s is not JSON', async (_, body) => {
  expect(await check(body)).toEqual(['error not-json body']);
});

test.each<[string, unknown, string]>([
  ['no data', edited('/data', undefined), 'schema body'],
  ['an object as data', edited('/data', {}), 'schema body/data'],
  ['no meta', edited('/meta', undefined), 'schema body'],
  ['null', null, 'schema body'],
  ['a number as a total', edited('/data/0/balance/used', 900), 'schema body/data/0/balance/used'],
  ['null as a total', edited('/data/1/balance/available', null), 'schema body/data/1/balance/available'],
  ['a missing total', edited('/data/0/balance/reserved', undefined), 'schema body/data/0/balance'],
  ['a decimal total', edited('/data/0/balance/used', '9.00'), 'schema body/data/0/balance/used'],
  ['a malformed customer', edited('/data/0/customer_id', 'cus_1'), 'schema body/data/0/customer_id'],
  ['no customer', edited('/data/0/customer_id', undefined), 'schema body/data/0'],
  ['a request id that is no UUID', edited('/meta/request_id', 'req-1'), 'format body/meta/request_id'],
])('%s breaks the schema of a list', async (_, body, finding) => {
  expect(await check(body === null ? 'null' : body)).toEqual([`error ${finding}`]);
});

test.each<[string, unknown, string]>([
  ['no code', edited('/error/code', undefined, getErrorBody('not_found')), 'schema body/error'],
  ['a number as the code', edited('/error/code', 404, getErrorBody('not_found')), 'schema body/error/code'],
  [
    'no address of a page',
    edited('/error/documentation_url', 'see the docs', getErrorBody('not_found')),
    'format body/error/documentation_url',
  ],
  ['a list', good, 'schema body'],
])('%s breaks the schema of an error', async (_, body, finding) => {
  expect(await check(body, 404)).toContain(`error ${finding}`);
});

describe('Retry-After', () => {
  const body = getErrorBody('too_many_requests');
  it.each(['0', '60', '060'])('may be %s', async (seconds) => {
    expect(await check(body, 429, { ...json, 'Retry-After': seconds })).toEqual([]);
  });
  it.each(['soon', '-1', '1.5', '', '0x10', '1e3', 'Wed, 21 Oct 2026 07:28:00 GMT'])(
    'may not be "%s"',
    async (text) => {
      const found = await check(body, 429, { ...json, 'Retry-After': text });
      expect(found).toEqual(['error header-value header Retry-After']);
    },
  );
  it('must be there', async () => {
    expect(await check(body, 429)).toEqual(['error missing-header header Retry-After']);
  });
  it('is free where the contract does not declare it', async () => {
    expect(await check(getErrorBody('internal_error'), 500, { ...json, 'Retry-After': 'soon' })).toEqual([]);
  });
});

describe('what is new is a warning', () => {
  test.each<[string, unknown, number, string]>([
    ['a field', { ...good, has_more: false }, 200, 'unknown-field body/has_more'],
    ['a nested field', edited('/data/0/balance/expired', '0'), 200, 'unknown-field body/data/0/balance/expired'],
    ['a field with a slash', edited('/meta/a', 1, { ...good, meta: { ...good.meta, 'a/b~c': 1, a: 1 } }), 200, ''],
    ['a field that objects inherit', edited('/meta/constructor', 1), 200, 'unknown-field body/meta/constructor'],
    ['a currency', edited('/data/0/currency_code', 'XYZ'), 200, 'unknown-value body/data/0/currency_code'],
    ['an error code', edited('/error/code', 'moved', getErrorBody('not_found')), 404, 'unknown-value body/error/code'],
    ['an error type', edited('/error/type', 'moved', getErrorBody('not_found')), 404, 'unknown-value body/error/type'],
  ])('%s', async (_, body, status, finding) => {
    const warnings = finding ? [finding] : ['unknown-field body/meta/a~1b~0c', 'unknown-field body/meta/a'];
    expect(await check(body, status)).toEqual(warnings.map((text) => `warning ${text}`));
  });

  it('beside an error too', async () => {
    const body = { ...(edited('/data/0/balance/used', 1) as object), extra: 1 };
    expect(await check(body)).toEqual(['error schema body/data/0/balance/used', 'warning unknown-field body/extra']);
  });
});

describe('the response that is handed in', () => {
  it('can still be read', async () => {
    const response = respond(good);
    await checkResponse(response);
    expect(await response.json()).toEqual(good);
  });

  it('can be checked twice', async () => {
    const response = respond('{');
    expect(await checkResponse(response)).toEqual(await checkResponse(response));
  });

  it.each([
    ['was read', async (response: Response) => void (await response.text())],
    ['is being read', async (response: Response) => void response.body?.getReader()],
  ])('that %s is refused, with what to do', async (_, use) => {
    const response = respond(good);
    await use(response);
    const error = await catchError(checkResponse(response));
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).toMatch(/read already: call checkResponse first, or .*clone\(\)/);
  });

  it.each([undefined, null, good, 'text'])('that is none (%#) is refused', async (value) => {
    expect(await catchError(checkResponse(value as never))).toBeInstanceOf(UsageError);
  });
});
