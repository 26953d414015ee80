import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { errorCodes } from '../../generated/error-codes.js';
import { scenarios } from '../../generated/scenarios.js';
import { formatCsv } from '../../src/cli/csv.ts';
import { type MockServer, startMock } from '../../src/mock.ts';
import { customerId, getCredit, makeKey } from '../support/bodies.ts';
import { changeBody, startFaultyServer } from '../support/faulty.ts';
import { makeLegacyKey } from '../support/leaks.ts';
import { runCli } from '../support/process.ts';
import { answer, answerJson, startHttpServer } from '../support/server.ts';

const several = 'ctm_01mock200several0000000000';
const none = 'ctm_01mock200nocredit000000000';
const key = makeKey();

let mock: MockServer;
beforeAll(async () => {
  mock = await startMock({ port: 0 });
});
afterAll(() => mock.close());

const get = async (args: string[], { url = mock.url, env = {}, input = '' } = {}) => {
  const ended = await runCli(['get', '--server', url, ...args], { PADDLE_API_KEY: key, ...env }, input);
  // A no-break space looks like a space.
  return { ...ended, stdout: ended.stdout.replaceAll('\u00a0', ' ') };
};

/** Where the contract's cure is for those who write the request. */
const later = "Run the command again later; if it keeps failing, contact Paddle's support with the request ID.";
const hints: Readonly<Record<string, string>> = {
  invalid_field: 'Check the customer ID and --currency.',
  bad_request: 'Check the customer ID and --currency.',
  authentication_missing: 'Check that no proxy changes the Authorization header.',
  authentication_malformed: 'Check that no proxy changes the Authorization header.',
  too_many_requests: 'Run the command again in 60 seconds.',
  ...{ internal_error: later, bad_gateway: later, service_unavailable: later },
};

describe('paddle-credit-balances get', () => {
  it('get prints a table of money as the locale writes it', async () => {
    const english = await get([several, '--locale', 'en-US']);
    expect(english).toMatchObject({ code: 0, stderr: '' });
    expect(english.stdout).toBe(`currency  available  reserved    used
--------  ---------  --------  ------
EUR          €42.50     €0.00  €19.99
USD           $5.50     $9.00  $13.00
JPY          ¥1,200      ¥300      ¥0
`);
    const german = await get([several, '--locale', 'de-DE']);
    expect(german.stdout).toMatch(/^EUR +42,50 € +0,00 € +19,99 €$/m);
  });

  it('get prints amounts of a currency with uncertain decimals as they were sent, and says so', async () => {
    const { data, meta } = getCredit('one-currency');
    const balances = ['VND', 'XYZ', 'USD'].map((currency_code) => ({ ...data[0], currency_code }));
    await using server = await startHttpServer(answerJson(200, { data: balances, meta }));
    const { code, stdout } = await get([customerId, '--locale', 'en-US'], { url: server.url });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^VND +550\* +900\* +1300\*\nXYZ +550\* +900\* +1300\*\nUSD +\$5\.50 /m);
    expect(stdout).toMatch(
      /\n\* in the lowest denomination, as Paddle sends it: the decimals of VND, XYZ are not certain\.\n/,
    );

    const table = await get([customerId, '--csv'], { url: server.url });
    expect(
      table.stdout,
    ).toBe(`customer_id,currency_code,available,reserved,used,available_decimal,reserved_decimal,used_decimal
${customerId},VND,550,900,1300,,,
${customerId},XYZ,550,900,1300,,,
${customerId},USD,550,900,1300,5.50,9.00,13.00
`);
  });

  it('get says in words that there is no credit, at all or in the requested currencies', async () => {
    expect(await get([none])).toMatchObject({ code: 0, stdout: `Customer ${none} has no credit.\n` });
    const filtered = await get([several, '--currency', 'GBP, SEK']);
    expect(filtered).toMatchObject({ code: 0, stdout: `Customer ${several} has no credit in GBP, SEK.\n` });
    const partly = await get([several, '--currency', 'USD,SEK', '--locale', 'en-US']);
    expect(partly.stdout).toMatch(/^USD +\$5\.50 .*\nCustomer ctm_\w+ has no credit in SEK\.\n$/m);
    expect(partly.stdout).not.toContain('EUR');
  });

  it('get prints CSV and JSON without words', async () => {
    const table = await get([none, '--csv']);
    expect(table).toMatchObject({ code: 0, stderr: `Customer ${none} has no credit.\n` });
    expect(table.stdout).toMatch(/^customer_id,[\w,]+\n$/);
    const body = await get([none, '--json']);
    expect(body).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(body.stdout).data).toEqual([]);
  });

  it('get --json prints the body as it was sent, unknown fields included', async () => {
    const sent = { ...getCredit('one-currency'), has_more: false };
    await using server = await startHttpServer(answerJson(200, sent));
    const { stdout } = await get([customerId, '--json'], { url: server.url });
    expect(JSON.parse(stdout)).toEqual(sent);
  });

  it('get --json escapes what would control a terminal or cannot be seen', async () => {
    const nasty = 'a\u009b31m\u0085\u202eb\u2066\u2028\u200b\ufeff\u{e0041}\u007f';
    const sent = { ...getCredit('one-currency'), [nasty]: nasty };
    await using server = await startHttpServer(answerJson(200, sent));
    const { code, stdout } = await get([customerId, '--json'], { url: server.url });
    expect(code).toBe(0);
    expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(JSON.parse(stdout)).toEqual(sent);
  });

  test.each(
    scenarios
      .filter(({ status }) => status !== 200)
      .map(({ name, status, customerId }) => [name, status, customerId] as const),
  )('get prints the error %s in one line with its status, detail, request id and cure', async (name, status, id) => {
    const { code, stdout, stderr } = await get([id]);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr).toContain(`${status} ${name}: `);
    expect(stderr).toMatch(/ \[request [\da-f-]{36}\] /);
    const cure = (errorCodes as Record<string, { cure: string }>)[name]?.cure.replaceAll('`', '');
    expect(stderr).toContain(hints[name] ?? cure);
    // What only who writes the request can do is of no use here.
    const hint = stderr.slice(stderr.lastIndexOf('] '));
    expect(hint).not.toMatch(/Retry-After|backoff|Bearer|`/);
  });

  it('get prints an error with an unknown code, or with a body that is not from Paddle', async () => {
    await using later = await startFaultyServer((right) => changeBody(right, ({ error }) => (error.code = 'later')));
    const known = await get(['ctm_01mock404notfound000000000'], { url: later.url });
    expect(known.stderr).toMatch(/^404 later: .* See https:\/\/developer\.paddle\.com\/\S+\n$/);
    await using proxy = await startHttpServer(answer(418, '<h1>\u001b[31mno\nway</h1>'));
    const foreign = await get([customerId], { url: proxy.url });
    expect(foreign).toMatchObject({
      code: 1,
      stderr: '418: <h1> [31mno way</h1> The response is not from Paddle: check the address.\n',
    });
  });

  it('get exits with 1 when the response breaks the contract, and never calls that no credit', async () => {
    for (const body of ['', '{"data":[]}', '<h1>']) {
      await using server = await startHttpServer(answer(200, body));
      const { code, stdout, stderr } = await get([customerId], { url: server.url });
      expect(code).toBe(1);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/^The response breaks the contract: .*verify.*\n$/);
    }
  });

  it('get exits with 3 when the server cannot be reached or is too slow', async () => {
    const gone = await startHttpServer(() => undefined);
    await gone[Symbol.asyncDispose]();
    const refused = await get([customerId], { url: gone.url });
    expect(refused).toMatchObject({ code: 3, stdout: '', stderr: expect.stringMatching(/^Could not connect: .*\n$/) });
    await using slow = await startHttpServer(() => undefined);
    const late = await get([customerId, '--timeout', '50'], { url: slow.url });
    expect(late).toMatchObject({ code: 3, stderr: expect.stringMatching(/^Request timed out after 50 ms: .*\n$/) });
  });

  it('get reads the key from standard input when the variable is not set', async () => {
    await using server = await startHttpServer(answerJson(200, getCredit('one-currency')));
    const { code } = await get([customerId], {
      url: server.url,
      env: { PADDLE_API_KEY: undefined },
      input: `${key}\r\n`,
    });
    expect(code).toBe(0);
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${key}`);
  });

  test.each<[string, string[], RegExp]>([
    ['no customer', ['get'], /missing required argument 'customer-id'/],
    ['a malformed customer', ['get', 'ctm_1'], /^<customer-id> must be ctm_/],
    [
      'an unknown option',
      ['get', customerId, '--curency', 'USD'],
      /unknown option '--curency'\n\(Did you mean --currency/,
    ],
    ['a key as an option', ['get', customerId, '--key', key], /unknown option '--key'/],
    ['an unknown environment', ['get', customerId, '--environment', 'test'], /Allowed choices are sandbox, live/],
    [
      'a key of the other environment',
      ['get', customerId, '--environment', 'live'],
      /^--environment: The API key is for the sandbox environment/,
    ],
    [
      'a malformed currency',
      ['get', customerId, '--currency', 'euro'],
      /must be comma-separated codes of three letters, such as USD,EUR/,
    ],
    ['no currency', ['get', customerId, '--currency', ''], /codes of three letters/],
    ['plain http elsewhere', ['get', customerId, '--server', 'http://x.example'], /^--server must be https/],
    ['two forms', ['get', customerId, '--json', '--csv'], /'--json' cannot be used with option '--csv'/],
    ['no concurrency', ['get', customerId, '--concurrency', '0'], /^--concurrency must be an integer, 1 or more/],
    ['no rate', ['get', customerId, '--requests-per-minute', '0'], /^--requests-per-minute must be a positive number/],
    ['a locale that is none', ['get', customerId, '--locale', 'x'], /BCP 47 tag such as en-US/],
    ['an unknown command', ['gte'], /unknown command 'gte'\n\(Did you mean get/],
  ])('get exits with 2 and says what to do: %s', async (_, args, message) => {
    const { code, stdout, stderr } = await runCli(args, { PADDLE_API_KEY: key });
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
    expect(stderr).not.toContain(key);
  });

  const other = makeKey('live');
  test.each([
    ...['--environment', '--timeout', '--locale', '--currency', '--concurrency', '--requests-per-minute'].map(
      (flag) => ['get', customerId, flag, other],
    ),
    ['get', other],
    ['get', customerId, '--server', other],
    ['get', '--file', other],
    ['get', '--file', `/none/${other}.csv`],
    ['get', customerId, '--out', other],
    ['get', customerId, `--json=${other}`],
    ['get', customerId, `--${other}`],
    ['get', customerId, `--key=Bearer ${other}`],
    ...['--port', '--fail-with', '--fail-times', '--delay', '--rate-limit', '--host', '--balances'].map((flag) => [
      'mock',
      flag,
      other,
    ]),
    ...['--header', '--customer', '--skip', '--timeout', '--server'].map((flag) => [
      ...['verify', '--server', 'http://127.0.0.1:9', '--customer', customerId],
      flag,
      other,
    ]),
    [other],
    [`${other.slice(0, 40)}`],
    [makeLegacyKey()],
    ['get', key],
  ])('a key in the wrong place is refused and not printed: %s %s %s', async (...args) => {
    const { code, stdout, stderr } = await runCli(args, { PADDLE_API_KEY: key });
    expect(code).toBe(2);
    for (const part of [other, key].map((text) => text.slice(17, 30))) expect(stdout + stderr).not.toContain(part);
    expect(stdout + stderr).not.toContain(makeLegacyKey().slice(0, 10));
  });

  it('a message says how a key of the other environment begins', async () => {
    const { stderr } = await runCli(['get', customerId, '--environment', 'sandbox'], { PADDLE_API_KEY: other });
    expect(stderr).toContain('use a key that starts with pdl_sdbx_,');
  });

  it('a message keeps what is no key: IDs, request IDs, names of files', async () => {
    const file = '/none/customers-of-2024-01-31-and-later_2.csv';
    const { stderr } = await runCli(['get', '--file', file], { PADDLE_API_KEY: key });
    expect(stderr).toContain(`${file} cannot be read`);
    const typing = await runCli(['get', customerId, `--${customerId}`], { PADDLE_API_KEY: key });
    expect(typing.stderr).toContain(`'--${customerId}'`);
  });

  it('get has a help text', async () => {
    const { code, stdout } = await runCli(['get', '--help']);
    expect(code).toBe(0);
    for (const word of ['PADDLE_API_KEY', '--currency <codes>', '--locale <tag>', 'Exit codes: 0', '3 the server']) {
      expect(stdout).toContain(word);
    }
  });
});

it('CSV quotes what it must, and lets no text run as a formula', () => {
  expect(
    formatCsv([
      ['a,b', 'say "x"', 'two\nlines'],
      ['=1+1', '@x', '+1', '-1', '-1.50', '-1+1'],
    ]),
  ).toBe(`"a,b","say ""x""","two\nlines"\n'=1+1,'@x,'+1,-1,-1.50,'-1+1`);
});
