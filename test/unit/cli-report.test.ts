import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { formatReport } from '../../src/cli/report.ts';
import type { Report } from '../../src/verify.ts';

/** What the report's colours and columns follow: standard output, and what the environment asks. */
function stubOutput({
  isTTY = false,
  columns = 0,
  forceColor,
}: {
  isTTY?: boolean;
  columns?: number;
  forceColor?: string;
}) {
  for (const name of ['NO_COLOR', 'NODE_DISABLE_COLORS', 'CI']) vi.stubEnv(name, undefined);
  vi.stubEnv('FORCE_COLOR', forceColor);
  vi.stubEnv('TERM', 'xterm');
  const streams = { stdout: { isTTY, columns }, stderr: { isTTY: !isTTY } };
  for (const name of ['stdout', 'stderr'] as const) {
    const stream = Object.assign(new PassThrough(), { getColorDepth: () => 8, ...streams[name] });
    vi.spyOn(process, name, 'get').mockReturnValue(stream as never);
  }
}
beforeEach(() => stubOutput({}));
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const find = (severity: string, message: string) => ({ severity, rule: 'schema', location: 'body', message });
const probe = (name: string, more: object = {}) => ({
  ...{ name, request: `GET http://a.example/${name}`, outcome: 'passed', findings: [], documented: true },
  ...{ expected: { status: 200 }, received: { status: 200 } },
  ...more,
});
const reportOf = (probes: object[], passed = true) =>
  formatReport({ server: 'http://a.example', customerId: 'ctm_1', passed, probes } as unknown as Report);

/** The column of answers, without its head. */
const answersOf = (text: string) =>
  text
    .split('\n')
    .slice(4, -2)
    .map((line) => line.split(/ {2,}/)[1]);

describe('the report for people', () => {
  it('of a server that passed has each probe once, and how it ended', () => {
    expect(reportOf([probe('first'), probe('the second')])).toBe(`http://a.example, customer ctm_1

probe       answer  result
----------  ------  ------
first       200     passed
the second  200     passed

The contract check passed: 0 errors, 0 warnings.`);
  });

  it('has what was found with each probe, and marks what Paddle does not document', () => {
    const text = reportOf(
      [
        probe('right'),
        probe('new', { outcome: 'warned', documented: false, findings: [find('warning', 'is\nnew')] }),
        probe('wrong', {
          ...{ outcome: 'failed', request: 'GET\u001b[2J /wrong', received: { status: 500, code: 'internal_error' } },
          findings: [find('error', 'is one'), find('warning', 'is new'), find('error', 'is two')],
        }),
      ],
      false,
    );
    expect(text).toBe(`http://a.example, customer ctm_1

probe    answer                            result
-------  --------------------------------  ------
right    200                               passed
new (?)  200                               warned
wrong    500 internal_error; expected 200  failed

(?) Paddle does not document this outcome.

new: GET http://a.example/new
  warning schema at body: is new

wrong: GET [2J /wrong
  error schema at body: is one
  warning schema at body: is new
  error schema at body: is two

The contract check failed: 2 errors, 2 warnings.
Fix what each error names, and run the command again; --json has every detail.`);
  });

  it('has the expected answer only where it is another, in at most 40 characters', () => {
    const of = (expected: object, received: object) => probe('a', { expected, received });
    const text = reportOf([
      of({ status: 404, code: 'not_found' }, { status: 404, code: 'not_found' }),
      of({ status: 404 }, { status: 404, code: 'not_found' }),
      of({ status: 404, code: 'not_found' }, { status: 404, code: 'other' }),
      of({ status: 403, code: 'forbidden' }, { status: 401, code: 'forbidden' }),
      of({ status: 403 }, { status: 401, code: 'x'.repeat(50) }),
      of({ status: 403 }, { status: 403, code: 'a\nb' }),
    ]);
    expect(answersOf(text)).toEqual([
      '404 not_found',
      '404 not_found',
      '404 other; expected 404 not_found',
      '401 forbidden; expected 403 forbidden',
      `401 ${'x'.repeat(36)}`,
      '403 a b',
    ]);
  });

  test.each([
    [20, []],
    [21, ['  and 1 more; --json lists them']],
    [50, ['  and 30 more; --json lists them']],
  ])('shows the first 20 findings of a probe, of %d', (count, more) => {
    const findings = Array.from({ length: count }, (_, index) => find('error', `number ${index}`));
    const lines = reportOf([probe('wrong', { outcome: 'failed', findings })], false).split('\n');
    expect(lines.slice(6)).toEqual([
      'wrong: GET http://a.example/wrong',
      ...Array.from({ length: 20 }, (_, index) => `  error schema at body: number ${index}`),
      ...more,
      '',
      `The contract check failed: ${count} errors, 0 warnings.`,
      'Fix what each error names, and run the command again; --json has every detail.',
    ]);
  });
});

describe('the colours of the report', () => {
  const reportOnColors = () =>
    reportOf(
      [
        // None of these words is a result.
        probe('a  failed one', { received: { status: 200, code: 'failed' } }),
        probe('warned', { outcome: 'warned' }),
        probe('passed', { outcome: 'failed' }),
      ],
      false,
    );
  const green = '\u001b[32mpassed\u001b[39m';
  const yellow = '\u001b[33mwarned\u001b[39m';
  const red = '\u001b[31mfailed\u001b[39m';

  it('are those of the results alone: green, yellow and red', () => {
    stubOutput({ forceColor: '1' });
    expect(reportOnColors().split('\n').slice(2, 9)).toEqual([
      'probe          answer      result',
      '-------------  ----------  ------',
      `a  failed one  200 failed  ${green}`,
      `warned         200         ${yellow}`,
      `passed         200         ${red}`,
      '',
      `The contract check ${red}: 0 errors, 0 warnings.`,
    ]);
    expect(reportOf([])).toContain(`The contract check ${green}:`);
  });

  it('are shown where standard output is a terminal, whatever standard error is', () => {
    stubOutput({ isTTY: true });
    expect(reportOnColors()).toContain(red);
    stubOutput({ isTTY: false });
    expect(reportOnColors()).not.toContain('\u001b');
  });

  it('are those of the results in records too, which a narrow terminal shows', () => {
    stubOutput({ columns: 20, forceColor: '1' });
    const received = { status: 200, code: 'failed' };
    const text = reportOf([probe('first', { received })]);
    expect(text).toContain(`\n\nprobe first\n  answer  200 failed\n  result  ${green}\n\n`);
  });
});
