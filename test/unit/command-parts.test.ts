import { afterEach, describe, expect, it, test, vi } from 'vitest';
import {
  findUnknownCurrencies,
  readCurrencies,
  readHeader,
  readInteger,
  readLocale,
  readMilliseconds,
  readRate,
} from '../../src/cli/arguments.ts';
import { toFailure } from '../../src/cli/describe-error.ts';
import { Failure } from '../../src/cli/exit.ts';
import { formatJunit } from '../../src/cli/junit.ts';
import { describeFailedCustomer } from '../../src/cli/many/describe-failure.ts';
import { Interrupt } from '../../src/cli/many/interrupt.ts';
import { readRows } from '../../src/cli/many/read-rows.ts';
import { describeGap, describeSummary } from '../../src/cli/many/summary.ts';
import { count, exitCodeOf, makeTally } from '../../src/cli/many/tally.ts';
import { isClosed } from '../../src/cli/pipes.ts';
import { pluralize, toOneLine, toSafeJson } from '../../src/cli/text.ts';
import { ApiError, ConnectionError, TimeoutError, UsageError } from '../../src/index.ts';
import type { Report } from '../../src/verify.ts';
import { catchError, customerId, makeKey } from '../support/bodies.ts';

describe('an argument', () => {
  test.each([
    ['0', 0],
    ['240', 240],
    ['12.75', 12.75],
    ['Infinity', Number.POSITIVE_INFINITY],
  ])('that is a rate is read: %s', (text, rate) => {
    expect(readRate(text)).toBe(rate);
  });

  test.each(['', '-1', '1.', '.5', '1.x', 'a1', '1a', 'xInfinity', 'Infinityx', '1e3', '0x10'])(
    'that is no rate is refused: %j',
    (text) => {
      expect(() => readRate(text)).toThrow('It must be a positive number, or Infinity for no limit.');
    },
  );

  test.each(['', '-1', '1.5', 'x1', '1x', ' 1'])('that is no integer is refused: %j', (text) => {
    expect(() => readInteger(text)).toThrow('It must be an integer.');
    expect(() => readMilliseconds(text)).toThrow('It must be an integer of milliseconds.');
  });

  it('that is an integer is read', () => {
    expect([readInteger('10'), readMilliseconds('0')]).toEqual([10, 0]);
  });

  it('of currencies is read in any case, once each, and added to those before', () => {
    expect(readCurrencies('usd, EUR,usd')).toEqual(['USD', 'EUR']);
    expect(readCurrencies('gbp,usd', ['USD'])).toEqual(['USD', 'GBP']);
    for (const text of ['', 'US', 'USDX', '1SD', 'USD,']) {
      expect(() => readCurrencies(text)).toThrow('codes of three letters, such as USD,EUR');
    }
  });

  test.each([
    ['UDS', 'USD'],
    ['EUX', 'EUR'],
    ['GPB', 'GBP'],
    ['JPX', 'JPY'],
  ])('that is the unknown currency %s is near %s', (code, nearest) => {
    expect(findUnknownCurrencies(['USD', code])).toEqual([{ code, nearest }]);
  });

  it('of a locale is canonical', () => {
    expect(readLocale('de-at')).toBe('de-AT');
    expect(() => readLocale('no locale')).toThrow('It must be a BCP 47 tag such as en-US.');
  });

  it('of a header is its name and value, added to those before', () => {
    expect(readHeader('X-A:  b: c ', { 'X-B': '1' })).toEqual({ 'X-B': '1', 'X-A': 'b: c ' });
    expect(readHeader('X-A:')).toEqual({ 'X-A': '' });
    for (const text of ['secret', 'X A: b', ': b', ' X-A: b']) {
      expect(() => readHeader(text)).toThrow(new Failure('--header must be written as "Name: value".', 2));
    }
  });
});

describe('a failure', () => {
  const describeFailure = (error: unknown) => {
    const { message, exitCode } = toFailure(error, { baseUrl: '--server', apiKey: 'The API key' }) as Failure;
    return [exitCode, message];
  };
  const api = (status: number, more: object = {}) =>
    new ApiError('', { status, detail: 'The detail.', retryable: false, ...more });

  test.each<[unknown, number, string]>([
    [new UsageError('baseUrl must be a URL.', { option: 'baseUrl' }), 2, '--server must be a URL.'],
    [new UsageError('It must be a URL.', { option: 'baseUrl' }), 2, '--server: It must be a URL.'],
    [new UsageError('Unknown option.'), 2, 'Unknown option.'],
    [new TimeoutError('Too late', 5), 3, 'Too late. Allow more time with --timeout MS.'],
    [new ConnectionError('Lost.'), 3, 'Lost. Check the address and the network.'],
    [api(429, { retryAfter: 7 }), 1, '429: The detail. Run the command again in 7 seconds.'],
    [api(429), 1, '429: The detail. Run the command again in 60 seconds.'],
    [
      api(500, { requestId: 'r1' }),
      1,
      "500: The detail. [request r1] Run the command again later; if it keeps failing, contact Paddle's support with the request ID.",
    ],
    [api(501), 1, '501: The detail. Try again later.'],
    [
      api(400, { fieldErrors: [{ field: 'a', message: 'no' }] }),
      1,
      '400: The detail. a: no. Check the customer ID and --currency.',
    ],
    [
      api(403, { code: 'authentication_missing' }),
      1,
      '403 authentication_missing: The detail. Check that no proxy changes the Authorization header.',
    ],
    [
      api(418, { code: 'teapot', documentationUrl: 'https://docs.example' }),
      1,
      '418 teapot: The detail. See https://docs.example',
    ],
    [api(418), 1, '418: The detail. The response is not from Paddle: check the address.'],
  ])('says what happened and what to do: %#', (error, exitCode, message) => {
    expect(describeFailure(error)).toEqual([exitCode, message]);
  });

  it('has the cure of the contract without its markup', () => {
    const [, message] = describeFailure(api(404, { code: 'not_found' }));
    expect(message).toMatch(/^404 not_found: The detail\. \S.{20,}/);
    expect(message).not.toContain('`');
  });

  it('of anything else stays what it is', () => {
    const error = new Error('other');
    expect(toFailure(error, {})).toBe(error);
  });

  test.each([
    [customerId, new Failure('cannot\nbe written', 1), `${customerId}: cannot be written`],
    ['', new Failure('is none', 1), '(no ID): is none'],
    ['x'.repeat(200), new Failure('is none', 1), `${'x'.repeat(100)}: is none`],
    ['\u202e', new Failure('is none', 1), '(no ID): is none'],
  ])('of a customer is one line: %#', (id, reason, line) => {
    expect(describeFailedCustomer(id, reason)).toBe(line);
  });
});

test('a JUnit report has a case for each probe, and a failure for the errors of one', () => {
  const find = (severity: string, message: string) => ({ severity, rule: 'schema', location: 'body', message });
  const probe = (name: string, outcome: string, findings: object[]) => ({
    ...{ name, request: `GET /${name}`, outcome, findings, duration: 1_500 },
  });
  const report = {
    server: 'http://<a>&"b"',
    probes: [
      probe('right', 'passed', []),
      probe('new', 'warned', [find('warning', 'is new')]),
      probe('wrong', 'failed', [
        find('error', 'is one'),
        find('warning', 'is new'),
        find('error', "is 'two'\u0007\u202e\ufffe\ud800"),
      ]),
    ],
  };
  expect(formatJunit(report as unknown as Report)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="contract of http://&lt;a&gt;&amp;&quot;b&quot;" tests="3" failures="1" errors="0" skipped="0" time="4.500">
    <testcase classname="paddle-credit-balances" name="right" time="1.500">
      <system-out>GET /right</system-out>
    </testcase>
    <testcase classname="paddle-credit-balances" name="new" time="1.500">
      <system-out>GET /new
warning schema at body: is new</system-out>
    </testcase>
    <testcase classname="paddle-credit-balances" name="wrong" time="1.500">
      <failure type="schema" message="error schema at body: is one">error schema at body: is one
error schema at body: is &apos;two&apos;\ufffd\ufffd\ufffd\ufffd</failure>
      <system-out>GET /wrong
warning schema at body: is new</system-out>
    </testcase>
  </testsuite>
</testsuites>
`);
});

test('a JUnit report of a run that did not reach its end says why, without a key', () => {
  expect(
    formatJunit({ server: 'http://a.example', probes: [] }, `"lost" ${makeKey()}`),
  ).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="contract of http://a.example" tests="1" failures="0" errors="1" skipped="0" time="0.000">
    <testcase classname="paddle-credit-balances" name="the run to its end" time="0.000">
      <error message="&quot;lost&quot; [redacted]"/>
    </testcase>
  </testsuite>
</testsuites>
`);
});

describe('rows', () => {
  const read = async (text: string, limit = 100, size = 3) => {
    const bytes = Buffer.from(text);
    const source = (async function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    })();
    const rows: string[][] = [];
    for await (const row of readRows(source, ',', limit)) rows.push(row);
    return rows;
  };

  test.each<[string, string[][]]>([
    [
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a\r\rb\n\nc', [['a'], [''], ['b'], [''], ['c']]],
    ['"a,""b""\n",c', [['a,"b"\n', 'c']]],
    ['a,', [['a', '']]],
    [',', [['', '']]],
    ['', []],
    ['"é" \n', [['é']]],
  ])('of %j are its cells', async (text, rows) => {
    for (const size of [1, 2, 100]) expect(await read(text, 100, size)).toEqual(rows);
  });

  test.each([
    ['a\n"b\n', 'has a quote in line 2 that is never closed.'],
    ['"a"b\n', 'has text after a quoted cell in line 1'],
    ['a\r\n\r\n"b"c', 'has text after a quoted cell in line 3'],
  ])('of %j are refused: %s', async (text, message) => {
    expect(await catchError(read(text))).toMatchObject({ message: expect.stringContaining(message) });
  });

  it('have a longest length', async () => {
    expect(await read(`${'x'.repeat(9)}\n${'y'.repeat(9)}\n`, 10)).toHaveLength(2);
    expect(await catchError(read('x'.repeat(11), 10))).toMatchObject({
      message: 'has a row of more than 10 characters.',
    });
    expect(await catchError(read(`\n"${'x'.repeat(11)}`, 10))).toMatchObject({
      message: 'has a row of more than 10 characters. It has a quote in line 2 that is never closed.',
    });
  });
});

describe('Ctrl+C', () => {
  afterEach(() => vi.restoreAllMocks());
  const press = () => process.emit('SIGINT');

  it('stops first, ends what is under way second, and is left to the system third', () => {
    const onStop = vi.fn();
    const interrupt = new Interrupt(onStop, () => false);
    const before = process.listenerCount('SIGINT');
    interrupt.begin();
    press();
    expect([interrupt.stopping.aborted, interrupt.ending.aborted]).toEqual([true, false]);
    expect(onStop).toHaveBeenCalledTimes(1);
    press();
    expect(interrupt.ending.aborted).toBe(true);
    expect(onStop).toHaveBeenCalledTimes(1);
    expect(process.listenerCount('SIGINT')).toBe(before - 1);
  });

  it('ends everything at once during a pause, which ends too where it was pressed before', () => {
    const paused = new Interrupt(
      () => undefined,
      () => false,
    );
    paused.begin();
    paused.pause(10_000);
    paused.pause(0);
    press();
    expect(paused.ending.aborted).toBe(true);
    paused.finish();

    const later = new Interrupt(
      () => undefined,
      () => false,
    );
    later.begin();
    press();
    expect(later.ending.aborted).toBe(false);
    later.pause(10_000);
    expect(later.ending.aborted).toBe(true);
    later.finish();
  });

  it('ends the process before anything is under way', () => {
    const exit = vi.spyOn(process, 'exit').mockReturnValue(undefined as never);
    new Interrupt(
      () => undefined,
      () => false,
    );
    press();
    expect(exit).toHaveBeenCalledWith(130);
  });

  test.each([
    [true, true, 1],
    [true, false, 0],
    [false, true, 0],
  ])('is left to the system where it came (%s) and a read may block (%s)', (hasCome, mayBlock, times) => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    const interrupt = new Interrupt(
      () => undefined,
      () => mayBlock,
    );
    interrupt.finish(hasCome);
    expect(kill).toHaveBeenCalledTimes(times);
    if (times > 0) expect(kill).toHaveBeenCalledWith(process.pid, 'SIGINT');
  });
});

test('a closed pipe is told from another fault', () => {
  const closed = (code?: string) => isClosed(Object.assign(new Error(), { code }));
  expect(['EPIPE', 'EBADF', 'ERR_STREAM_DESTROYED', 'ENOSPC', undefined].map(closed)).toEqual([
    ...[true, true, true, false, false],
  ]);
});

test('text is one line, and JSON says the same', () => {
  expect(toOneLine(' a\u001b[31m\n\u202eb\u2028  c ')).toBe('a [31m b c');
  expect(toSafeJson({ a: '\u202e\u{e0001}\u007f' }, 0)).toBe('{"a":"\\u202e\\udb40\\udc01\\u007f"}');
  expect(() => toSafeJson(JSON.parse(`${'['.repeat(60_000)}${']'.repeat(60_000)}`))).toThrow('nested too deeply');
  expect([pluralize(1, 'error'), pluralize(0, 'error'), pluralize(2, 'body', 'bodies')]).toEqual([
    ...['1 error', '0 errors', '2 bodies'],
  ]);
});

describe('the summary', () => {
  const of = (more: object) => ({ ...makeTally(), ...more });

  test.each([
    [of({ fulfilled: 2 }), undefined, true, '2 customers done, 0 failed.'],
    [of({ fulfilled: 1, rejected: 1 }), undefined, true, '1 customer done, 1 failed.'],
    [
      of({ fulfilled: 1, rejected: 1, skipped: 3, repeated: 2 }),
      'credit\n.csv',
      true,
      '1 customer done, 1 failed, 3 in credit .csv already, 2 listed again and asked for once. To ask for the failed ones again, run the same command with --resume.',
    ],
    [of({ fulfilled: 1 }), 'credit.csv', true, '1 customer done, 0 failed.'],
    [
      of({ fulfilled: 1 }),
      'credit.csv',
      false,
      'Not all customers were asked for: 1 customer done, 0 failed. To go on, run the same command with --resume.',
    ],
  ])('counts the customers and says how to go on: %#', (tally, out, isWhole, expected) => {
    expect(describeSummary(tally, out, isWhole)).toBe(expected);
  });

  it('says what the totals leave out', () => {
    expect(describeGap(of({}), true)).toEqual([]);
    expect(describeGap(of({ rejected: 1 }), true)).toEqual(['These are not the totals of all customers: 1 failed.']);
    expect(describeGap(of({}), false)).toEqual(['These are not the totals of all customers: not all were asked for.']);
  });

  it('ends with the code of what went wrong', () => {
    expect(exitCodeOf(of({ fulfilled: 1 }))).toBe(0);
    expect(exitCodeOf(of({ rejected: 2, unreachable: 2 }))).toBe(3);
    expect(exitCodeOf(of({ rejected: 2, unreachable: 1 }))).toBe(1);
    expect(exitCodeOf(of({ rejected: 2, refused: 2 }))).toBe(2);
    expect(exitCodeOf(of({ rejected: 3, refused: 1, unreachable: 2 }))).toBe(3);
    expect(exitCodeOf(of({ rejected: 3, refused: 1, unreachable: 1 }))).toBe(1);
    expect(exitCodeOf(of({ fulfilled: 1, rejected: 2, refused: 2 }))).toBe(1);
    expect(exitCodeOf(of({ fulfilled: 1, rejected: 1, unreachable: 1 }))).toBe(1);
  });

  it('is over after ten customers in a row that could not be asked for', () => {
    const tally = makeTally();
    const fail = (reason: Error) => count(tally, { customerId, status: 'rejected', reason } as never);
    for (let times = 1; times < 10; times += 1) fail(new ConnectionError('Lost.'));
    fail(new Failure('other', 1));
    for (let times = 1; times < 10; times += 1) fail(new TimeoutError('Late.', 5));
    expect(tally).toMatchObject({ rejected: 19, unreachable: 18, unreachableInRow: 9 });
    expect(() => fail(new ConnectionError('Lost.'))).toThrow(
      new Failure('The server cannot be reached: 10 customers in a row failed.', 3),
    );
    count(tally, { customerId, status: 'fulfilled' } as never);
    expect(tally).toMatchObject({ fulfilled: 1, unreachableInRow: 0 });
    fail(new UsageError('The ID is none.', { option: 'customerId' }));
    expect(tally).toMatchObject({ rejected: 21, refused: 1, unreachable: 19 });
    expect(tally.failures[0]).toBe(`${customerId}: Lost. Check the address and the network.`);
  });
});
