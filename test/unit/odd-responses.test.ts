import { describe, expect, it, test } from 'vitest';
import { Redactor } from '../../src/errors/redaction.ts';
import { readBody } from '../../src/http/body.ts';
import { readEnvelope } from '../../src/http/envelope.ts';
import { repeatsName } from '../../src/http/json.ts';
import { ContractError, createCreditBalancesClient } from '../../src/index.ts';
import { checkResponse } from '../../src/verify.ts';
import { catchError, customerId, getCredit } from '../support/bodies.ts';

let reads = 0;
const fail = (): never => {
  throw new Error('bad test-key-of-a-gateway');
};
const gateway = { apiKey: 'test-key-of-a-gateway', baseUrl: 'https://gateway.example', maxRetries: 0 };
const list = (fetch: () => unknown) =>
  createCreditBalancesClient({ ...gateway, fetch: fetch as never }).listCreditBalances(customerId);

describe('what a fetch returns', () => {
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'text'],
    ['a body alone', getCredit('one-currency')],
    ['a status that is a text', { status: '200', headers: new Headers() }],
    ['a response without headers', { status: 200, text: async () => '' }],
    ['headers that are plain', { status: 200, headers: { 'content-type': 'application/json' } }],
  ])('is no response: %s', async (_, returned) => {
    expect(await catchError(list(async () => returned))).toMatchObject({
      name: 'ConnectionError',
      message: expect.stringMatching(/^Could not connect: fetch did not return a Response \[GET https/),
    });
  });

  test.each([
    ['connect ECONNREFUSED 127.0.0.1:9', 'ECONNREFUSED 127.0.0.1:9'],
    ['the proxy cannot connect to it', 'the proxy cannot connect to it'],
  ])('may be an error, which is named: %s', async (message, shown) => {
    const thrown = await catchError(list(async () => Promise.reject(new Error(message))));
    expect(thrown).toMatchObject({ message: expect.stringContaining(`Could not connect: ${shown} [`) });
  });

  test.each<[string, object]>([
    ['headers', { status: 200, headers: { get: () => fail() } }],
    [
      'type',
      {
        status: 200,
        headers: new Headers(),
        get type() {
          return fail();
        },
      },
    ],
    [
      'status, the second time',
      {
        get status() {
          reads += 1;
          return reads > 1 ? fail() : 200;
        },
        headers: new Headers(),
      },
    ],
  ])('may throw when it is read: %s', async (_, response) => {
    reads = 0;
    const thrown = await catchError(
      list(async () => Object.defineProperty(response, 'text', { value: async () => '{}' })),
    );
    expect(thrown).toMatchObject({
      name: 'ConnectionError',
      message: expect.stringMatching(/^Unreadable response: bad \[redacted\] \[GET https/),
    });
  });

  test.each([
    ['data', (text: string) => text.replace('"meta"', '"data":[],"meta"')],
    ['data, beside texts with colons', (text: string) => text.replace('"meta"', '"x":[": :",":"],"data":[],"meta"')],
    ['a total', (text: string) => text.replace('"available":"550"', '"available":"550", "available" : "0"')],
    ['a name that is escaped', (text: string) => text.replace('"meta"', '"\\u0064ata":[],"meta"')],
  ])('is refused where it says something twice: %s', async (_, change) => {
    const text = JSON.stringify(getCredit('one-currency'));
    const respond = () => new Response(change(text), { headers: { 'Content-Type': 'application/json' } });
    expect(change(text)).not.toBe(text);
    expect(await catchError(list(async () => respond()))).toMatchObject({
      name: 'ContractError',
      issues: [{ path: '', message: 'an object has two members of one name' }],
    });
    expect((await checkResponse(respond()))[0]).toEqual({
      ...{ severity: 'error', rule: 'schema', location: 'body' },
      message: 'an object has two members of one name',
    });
  });

  test.each([
    '{"a":{"b":1},"c":[{"b":1},{"b":2}]}',
    String.raw`{"a\"":":","b":"\\","c":"x\":","d":"\\\":"}`,
    '["a",":",": "]',
    '":"',
    '{"__proto__":1,"":2}',
    '[]',
    '7',
    `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
  ])('says nothing twice: %.60s', (text) => {
    expect(repeatsName(text, JSON.parse(text))).toBe(false);
  });

  it('is refused with its first hundred issues, of which the message shows three', async () => {
    const data = Array.from({ length: 150 }, () => ({}));
    const thrown = await catchError(list(async () => Response.json({ data, meta: { request_id: 'r' } })));
    expect(thrown).toBeInstanceOf(ContractError);
    expect((thrown as ContractError).issues).toHaveLength(100);
    expect((thrown as ContractError).message).toMatch(/; and \d{3} more \[/);
  });

  test.each([
    [300, 'it is a redirect'],
    [399, 'it is a redirect'],
    [299, 'its status is 299 and not 200'],
    [204, 'its status is 204 and not 200'],
  ])('is refused for its status %i: %s', async (status, message) => {
    const response = Response.json(getCredit('one-currency'));
    Object.defineProperty(response, 'status', { value: status });
    const thrown = await catchError(list(async () => response));
    expect(thrown).toMatchObject({ name: 'ContractError', status, message: expect.stringContaining(message) });
  });
});

describe('a body without a stream', () => {
  const respond = (body: object | null) => ({ body, text: async () => 'text' }) as never;

  it.each([null, {}, { getReader: undefined }])('is read as text: %j', async (body) => {
    expect(await readBody(respond(body), 4)).toEqual({ text: 'text', isCut: false });
  });

  it('is cut to its limit', async () => {
    expect(await readBody(respond(null), 3)).toEqual({ text: 'tex', isCut: true });
  });
});

it('a field of an error keeps what is a text, and the start of one that is long', () => {
  const errors = [{ field: 5, message: 'm'.repeat(600) }, { field: 'name' }, { message: ['no'] }];
  const { fieldErrors } = readEnvelope({ error: { code: 'bad_request', errors } }, new Redactor());
  expect(fieldErrors).toStrictEqual([{ message: 'm'.repeat(500) }, { field: 'name' }, {}]);
});
