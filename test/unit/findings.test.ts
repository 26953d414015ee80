import { describe, expect, it, test } from 'vitest';
import type { DeclaredResponses, Validator } from '../../generated/operations.js';
import { CreditBalanceList } from '../../generated/operations.js';
import { checkHeaders } from '../../src/verify/check-headers.ts';
import { checkReceived } from '../../src/verify/check-received.ts';
import { describeFinding, error, limitFindings, warning } from '../../src/verify/finding.ts';
import { judge } from '../../src/verify/judge.ts';
import { compareWithOutline } from '../../src/verify/outline.ts';
import { checkResponse } from '../../src/verify.ts';
import { catchError, getCredit } from '../support/bodies.ts';

/** A validator of a type, and of nothing else. */
function isA(type: string): Validator<unknown> {
  const validate = (value: unknown): value is unknown => {
    validate.errors =
      type === (Number.isInteger(value) ? 'integer' : typeof value)
        ? null
        : [{ instancePath: '', message: `must be ${type}` }];
    return validate.errors === null;
  };
  validate.errors = null as Validator<unknown>['errors'];
  return validate as Validator<unknown>;
}

const json = (schema: string) => ({ 'application/json': { schema, validate: isA('object') } });
const responses = {
  200: { headers: {}, content: { ...json('CreditBalanceList'), 'text/csv': { schema: '', validate: isA('string') } } },
  204: { headers: {}, content: {} },
  '4XX': { headers: {}, content: json('ErrorResponse') },
  default: { headers: {}, content: json('ErrorResponse') },
} as unknown as DeclaredResponses;

function check(status: number, text: string, contentType: string | null = 'application/json', more: object = {}) {
  const headers = new Headers(contentType === null ? {} : { 'Content-Type': contentType });
  const found = checkReceived({ status, type: 'basic', headers, body: { text, isCut: false }, ...more }, responses);
  return found.map(describeFinding);
}

describe('a response', () => {
  const body = JSON.stringify(getCredit('one-currency'));
  const sentence = JSON.stringify({ error: { type: 'request_error', code: 'not_found' } });

  test.each<[string, () => string[], string[]]>([
    ['that is right', () => check(200, body), []],
    ['of a right error', () => check(404, sentence), []],
    [
      'whose error has a status that is not listed',
      () => check(503, sentence),
      ['warning undeclared-status at status: is 503; the contract lists 200, 204, 4XX'],
    ],
    [
      'whose error has such a status and no body of the contract',
      () => check(503, '7'),
      [
        'error undeclared-status at status: is 503; the contract lists 200, 204, 4XX',
        'error schema at body: must be object',
      ],
    ],
    [
      'of another success',
      () => check(201, body),
      ['error undeclared-status at status: is 201; the contract lists 200, 204, 4XX'],
    ],
    [
      'that is a redirect of a browser',
      () => check(0, '', null, { type: 'opaqueredirect' }),
      ['error undeclared-status at status: is that of a redirect; the contract lists 200, 204, 4XX'],
    ],
    [
      'that is cut',
      () => check(200, '{"da', 'application/json', { body: { text: '{"da', isCut: true } }),
      ['error body-size at body: is larger than 4 characters, and was not read to its end'],
    ],
    ['without content', () => check(204, '', null), []],
    ['that should have no content', () => check(204, 'x', null), ['error schema at body: must be empty']],
    [
      'without a content type',
      () => check(200, body, null),
      ['error content-type at header Content-Type: is missing; the contract declares application/json or text/csv'],
    ],
    [
      'of another content type',
      () => check(200, body, 'text/html'),
      ['error content-type at header Content-Type: is "text/html"; the contract declares application/json or text/csv'],
    ],
    [
      'that is a page',
      () => check(200, '<html>', 'text/html'),
      ['error content-type at header Content-Type: is "text/html"; the contract declares application/json or text/csv'],
    ],
    ['that is declared and no JSON', () => check(200, 'a,b', 'text/csv'), []],
    ['that is empty', () => check(200, ' \n'), ['error not-json at body: is empty']],
    [
      'that is not JSON',
      () => check(200, '  <html>'),
      ['error not-json at body: is not JSON: it starts with "<html>"'],
    ],
    ['of another type', () => check(200, '7'), ['error schema at body: must be object']],
    [
      'with an error beside its data',
      () => check(200, body.replace('{', '{"error":{},')),
      [
        'error schema at body/error: is an error, beside the data of a success',
        'warning unknown-field at body/error: is a field that this version of the contract does not define',
      ],
    ],
  ])('%s', (_, find, expected) => {
    expect(find()).toEqual(expected);
  });
});

describe('a body with more to find than is listed', () => {
  const items = (count: number, item: unknown) => ({ data: Array.from({ length: count }, () => item), meta: {} });
  const find = (body: object, status = 200) => checkResponse(Response.json(body, { status }));
  const more = (severity: string, rule: string) => ({
    ...{ severity, rule, location: 'body' },
    message: 'and more, which are not listed',
  });

  it('is looked through no further', async () => {
    const found = await find(items(340_000, {}));
    expect(found).toHaveLength(1001);
    expect(found.at(-2)).toMatchObject({ severity: 'error', location: expect.stringMatching(/^body\/data\/\d{3}$/) });
    expect(found.at(-1)).toEqual(more('error', 'schema'));
    // The validator has stopped by itself.
    expect(CreditBalanceList(items(5000, 1))).toBe(false);
    expect(CreditBalanceList.errors?.length).toBeLessThan(1010);
    const exact = await find({ ...items(5000, 1), meta: { request_id: 'x' } });
    expect([exact.length, exact.at(-1)]).toEqual([1001, more('error', 'schema')]);
  });

  it('names errors before warnings, and says of which kind the others are', async () => {
    const names = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`x${index}`, 1]));
    const good = getCredit('one-currency');
    expect(await find({ ...good, ...names(1000) })).toHaveLength(1000);
    expect((await find({ ...good, ...names(1001) })).at(-1)).toEqual(more('warning', 'unknown-field'));
    const mixed = await find({ ...names(2000), data: [], meta: { request_id: 1 } });
    expect(mixed[0]).toMatchObject({ severity: 'error', location: 'body/meta/request_id' });
    expect(mixed).toHaveLength(1001);
    const error = { type: 'request_error', code: 'not_found', detail: '', documentation_url: 'https://a.example' };
    const found = await find({ error: { ...error, errors: Array(5000).fill(1) }, meta: { request_id: 'x' } }, 404);
    expect([found.length, found.at(-1)]).toEqual([1001, more('error', 'schema')]);
  });

  it('has its errors first, where not all are listed', () => {
    const warnings = Array.from({ length: 1500 }, (_, index) => warning('unknown-field', `body/${index}`, 'x'));
    const found = limitFindings([...warnings, error('format', 'body/a', 'x')]);
    expect([found.length, found[0]?.location, found[1]?.location]).toEqual([1001, 'body/a', 'body/0']);
    expect(found.at(-1)).toEqual(more('warning', 'unknown-field'));
    expect(limitFindings(warnings.slice(0, 1000))).toEqual(warnings.slice(0, 1000));
  });

  it('is judged by what it should be too', () => {
    const probe = { expected: { status: 200 }, check: () => Array(5000).fill(error('customer', 'body/data', 'x')) };
    const found = judge(probe as never, 200, {}, []);
    expect([found.length, found.at(-1)]).toEqual([1001, more('error', 'customer')]);
  });
});

describe('a header', () => {
  const declare = (type: string, required = false) => ({ 'X-A': { required, types: [type], validate: isA(type) } });
  const find = (declared: object, headers: Record<string, string>) =>
    checkHeaders(declared as never, new Headers(headers)).map(describeFinding);

  test.each([
    ['integer', '7', []],
    ['integer', '-7', []],
    ['integer', '7.25', ['error header-value at header X-A: must be integer; received "7.25"']],
    ['integer', 'x7', ['error header-value at header X-A: must be integer; received "x7"']],
    ['number', '7.25', []],
    ['number', '7.', ['error header-value at header X-A: must be number; received "7."']],
    ['boolean', 'true', []],
    ['boolean', 'false', []],
    ['boolean', 'untrue', ['error header-value at header X-A: must be boolean; received "untrue"']],
    ['boolean', 'falsehood', ['error header-value at header X-A: must be boolean; received "falsehood"']],
    ['string', 'true', []],
    ['string', '7', []],
  ])('that is declared as %s may be %s: %j', (type, value, expected) => {
    expect(find(declare(type), { 'x-a': value })).toEqual(expected);
  });

  it('may be missing unless it is required', () => {
    expect(find(declare('string'), {})).toEqual([]);
    expect(find(declare('string', true), {})).toEqual(['error missing-header at header X-A: is required and missing']);
  });

  it('that says true or false is a value of its own', () => {
    const values: unknown[] = [];
    const validate = Object.assign((value: unknown) => values.push(value) > 0, { errors: null });
    for (const text of ['true', 'false', '1']) {
      checkHeaders({ 'X-A': { required: false, types: ['boolean'], validate } } as never, new Headers({ 'X-A': text }));
    }
    expect(values).toEqual([true, false, '1']);
  });
});

describe('what is new', () => {
  const compare = (value: unknown, outline: object) =>
    compareWithOutline(value, outline as never, 'body').map(describeFinding);
  const unknown = (place: string) =>
    `warning unknown-field at ${place}: is a field that this version of the contract does not define`;

  test.each<[string, unknown, object, string[]]>([
    ['a field', { a: 1, 'b/~c': 2 }, { properties: { a: {} } }, [unknown('body/b~1~0c')]],
    ['no field where none is named', { a: 1 }, {}, []],
    ['no field where any may be', { b: 1 }, { parts: [{ properties: { a: {} } }, { anyProperty: true }] }, []],
    [
      'a field of a part',
      { a: 1, b: 2, c: 3 },
      {
        parts: [{ properties: { a: {} } }, { properties: { b: {} } }],
      },
      [unknown('body/c')],
    ],
    ['a field of an item', [{ a: 1 }, { b: 2 }], { items: { properties: { a: {} } } }, [unknown('body/1/b')]],
    ['nothing of items that are not described', [{ b: 2 }], {}, []],
    [
      'a value',
      'c',
      { known: ['a', 'b'] },
      ['warning unknown-value at body: is "c", which this version of the contract does not know'],
    ],
    ['no value of one of several sets', 'b', { parts: [{ known: ['a'] }, { known: ['b'] }] }, []],
    ['a format', 'x', { format: 'uuid' }, ['error format at body: must match format "uuid"']],
    ['no format that nobody knows', 'x', { format: 'date' }, []],
    ['nothing of null', null, { properties: { a: {} } }, []],
    ['nothing of a number', 7, { known: ['a'] }, []],
  ])('is %s', (_, value, outline, expected) => {
    expect(compare(value, outline)).toEqual(expected);
  });

  it('is found where a description refers to itself', () => {
    const outline: { parts: object[]; properties: object } = { parts: [], properties: { a: {} } };
    outline.parts.push(outline);
    expect(compare({ a: 1, b: 2 }, outline)).toEqual([unknown('body/b')]);
  });
});

describe('the outcome of a probe', () => {
  const probe = (more: object) =>
    ({ expected: { status: 404, code: 'not_found' }, documented: true, ...more }) as never;
  const refusal = (code: unknown) => ({ error: { code } });
  const find = (...given: Parameters<typeof judge>) => judge(...given).map(describeFinding);
  const broken = error('schema', 'body', 'must be object');
  const news = { ...broken, severity: 'warning' as const };

  test.each<[string, () => string[], string[]]>([
    ['as expected', () => find(probe({}), 404, refusal('not_found'), []), []],
    ['as expected, and broken', () => find(probe({}), 404, refusal('not_found'), [broken]), [describeFinding(broken)]],
    [
      'another code',
      () => find(probe({}), 404, refusal('invalid_url'), []),
      ['error outcome at body/error/code: the answer is 404 invalid_url; expected 404 not_found'],
    ],
    [
      'a code that is no text',
      () => find(probe({}), 404, refusal(7), []),
      ['error outcome at body/error/code: the answer is 404; expected 404 not_found'],
    ],
    [
      'another status',
      () => find(probe({}), 200, {}, []),
      ['error outcome at status: the answer is 200; expected 404 not_found'],
    ],
    [
      'an undocumented one that differs',
      () => find(probe({ documented: false }), 400, refusal('x'), [news]),
      [
        describeFinding(news),
        'warning outcome at status: the answer is 400 x; expected 404 not_found, which Paddle does not document',
      ],
    ],
    [
      'an undocumented one that is broken',
      () => find(probe({ documented: false }), 403, refusal('x'), [broken]),
      [describeFinding(broken), 'error outcome at status: the answer is 403 x; expected 404 not_found'],
    ],
    [
      'an undocumented one that is a page',
      () => find(probe({ documented: false }), 200, undefined, []),
      ['error outcome at status: the answer is 200; expected 404 not_found'],
    ],
    [
      'an undocumented one of a server that fails',
      () => find(probe({ documented: false }), 500, refusal('x'), []),
      ['error outcome at status: the answer is 500 x; expected 404 not_found'],
    ],
  ])('%s', (_, findAll, expected) => {
    expect(findAll()).toEqual(expected);
  });

  it('that is a success is checked further, and an error is not', () => {
    const check = () => [broken];
    expect(find(probe({ expected: { status: 200 }, check }), 200, {}, [])).toEqual([describeFinding(broken)]);
    expect(find(probe({ expected: { status: 200 } }), 200, {}, [])).toEqual([]);
    expect(find(probe({ expected: { status: 300 }, check }), 300, {}, [])).toEqual([]);
  });
});

describe('checkResponse', () => {
  it('takes a body that is nested deeper than calls can be', async () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    for (const body of [deep, `{"error":{"code":${deep}}}`, `{"data":${deep},"meta":{"request_id":${deep}}}`]) {
      for (const status of [200, 400]) {
        const headers = { 'Content-Type': 'application/json' };
        expect(await checkResponse(new Response(body, { status, headers }))).not.toEqual([]);
      }
    }
  });

  it('takes a Response that nobody has read', async () => {
    expect(await catchError(checkResponse({ status: 200 } as never))).toMatchObject({
      ...{ name: 'UsageError', option: 'response' },
      message: 'checkResponse takes a Response; received an object.',
    });
    const response = Response.json({});
    await response.text();
    expect(await catchError(checkResponse(response))).toMatchObject({ name: 'UsageError', option: 'response' });
  });
});
