import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Failure } from '../../src/cli/exit.ts';
import { OutputClosed } from '../../src/cli/many/output.ts';
import { report } from '../../src/cli/many/report.ts';
import { makeTally, type Tally } from '../../src/cli/many/tally.ts';
import { Totals } from '../../src/cli/many/totals.ts';
import { ConnectionError } from '../../src/index.ts';

afterEach(() => void vi.restoreAllMocks());

const usd = { currency_code: 'USD', balance: { available: '550', reserved: '0', used: '0' } };
const table = `currency  customers  available  reserved   used
--------  ---------  ---------  --------  -----
USD               1      $5.50     $0.00  $0.00
`;
const record = `currency USD
  customers  1
  available  $5.50
  reserved   $0.00
  used       $0.00
`;
const noCredit = 'No customer has credit.\n';
const gap = (reason: string) => `These are not the totals of all customers: ${reason}.\n`;

interface Run {
  tally?: Partial<Tally>;
  balances?: (typeof usd)[];
  options?: object;
  error?: unknown;
  isInterrupted?: boolean;
  /** Of the terminal that a stream is. */
  columns?: { stdout?: number; stderr?: number };
  /** What the stream says to each write. */
  fault?: Error;
}

/** What is printed of a run, and what it ends with. */
async function reportOn({ tally, balances = [], options, error, isInterrupted = false, columns, fault }: Run) {
  const printed = { stdout: '', stderr: '', errors: [] as unknown[] };
  for (const name of ['stdout', 'stderr'] as const) {
    const write = (text: string, then: (error?: Error) => void) => {
      printed[name] += text;
      then(fault);
    };
    vi.spyOn(process, name, 'get').mockReturnValue({ write, columns: columns?.[name] } as never);
  }
  vi.spyOn(console, 'error').mockImplementation((text) => void printed.errors.push(text));
  const totals = new Totals();
  totals.add(balances);
  const failure = error === undefined ? undefined : { error };
  const whole = { ...makeTally(), isListRead: true, ...tally };
  const reported = report({
    ...{ tally: whole, totals, failure, isInterrupted },
    options: { locale: 'en-US', ...options } as never,
  });
  const ended = await reported.then(
    () => 0,
    ({ exitCode, message }: Failure) => [exitCode, message],
  );
  return { ...printed, ended };
}

const one = { selected: 1, fulfilled: 1 };
const failed = { selected: 2, fulfilled: 1, rejected: 1, failures: ['ctm_1: 404'] };

describe('what is said of many customers at the end', () => {
  it('is how many there were, or nothing where all went well and nobody wants to know', async () => {
    const done = { stdout: '', stderr: '', ended: 0 };
    expect(await reportOn({ tally: one })).toEqual({ ...done, errors: ['1 customer done, 0 failed.'] });
    expect(await reportOn({ tally: one, options: { quiet: true } })).toEqual({ ...done, errors: [] });
  });

  it('is those that failed, also where nobody wants to know the rest', async () => {
    expect(await reportOn({ tally: failed, options: { quiet: true } })).toMatchObject({
      errors: ['ctm_1: 404', '1 customer done, 1 failed.'],
      ended: [1, ''],
    });
  });

  it.each([
    ['the list was not read to its end', { ...one, isListRead: false }],
    ['a customer has no result', { ...one, selected: 2 }],
  ])('is that not all were asked for, where %s', async (_, tally) => {
    expect(await reportOn({ tally, options: { quiet: true } })).toMatchObject({
      errors: ['Not all customers were asked for: 1 customer done, 0 failed.'],
      ended: 0,
    });
  });

  it('is what ended the run, in words that say what to do', async () => {
    expect(await reportOn({ tally: one, error: new ConnectionError('Lost.') })).toMatchObject({
      errors: ['Not all customers were asked for: 1 customer done, 0 failed.'],
      ended: [3, 'Lost. Check the address and the network.'],
    });
  });

  it('is 130 after Ctrl+C, whatever failed then', async () => {
    const tally = { ...one, isListRead: false };
    expect(await reportOn({ tally, isInterrupted: true, error: new ConnectionError('Lost.') })).toMatchObject({
      ended: [130, ''],
    });
  });

  it('is nothing but the customers that failed where the reader is gone', async () => {
    const options = { totals: true };
    expect(await reportOn({ tally: failed, error: new OutputClosed(), balances: [usd], options })).toEqual({
      ...{ stdout: '', stderr: '', errors: ['ctm_1: 404'] },
      ended: [1, ''],
    });
    expect(await reportOn({ tally: one, error: new OutputClosed(), options })).toMatchObject({
      ...{ errors: [], stderr: '', ended: [0, ''] },
    });
  });
});

describe('the totals of many customers', () => {
  it('are the output where the results are in a file, and beside it where they are not', async () => {
    const wide = { tally: one, balances: [usd] };
    const options = { totals: true };
    expect(await reportOn({ ...wide, options })).toMatchObject({ stdout: '', stderr: table });
    expect(await reportOn({ ...wide, options: { ...options, out: 'a.csv' } })).toMatchObject({
      ...{ stdout: table, stderr: '' },
    });
    expect(await reportOn({ ...wide, options: {} })).toMatchObject({ stdout: '', stderr: '' });
  });

  it('are as wide as the terminal that they are printed to', async () => {
    const narrow = { stdout: 20, stderr: 100 };
    const run = { tally: one, balances: [usd] };
    const toFile = { totals: true, out: 'a.csv' };
    expect(await reportOn({ ...run, options: toFile, columns: narrow })).toMatchObject({ stdout: record });
    expect(await reportOn({ ...run, options: { totals: true }, columns: narrow })).toMatchObject({ stderr: table });
    const others = { stdout: 100, stderr: 20 };
    expect(await reportOn({ ...run, options: toFile, columns: others })).toMatchObject({ stdout: table });
    expect(await reportOn({ ...run, options: { totals: true }, columns: others })).toMatchObject({ stderr: record });
  });

  it.each<[string, Partial<Tally>, string]>([
    ['all were asked for', one, noCredit],
    ['all were in the file already', { skipped: 2 }, noCredit],
    ['some were in the file already', { selected: 1, fulfilled: 1, skipped: 1 }, noCredit],
    ['there was nobody to ask for', {}, ''],
    ['one failed', failed, gap('1 failed')],
    ['not all were asked for', { ...one, isListRead: false }, gap('not all were asked for')],
  ])('say that nobody has credit only where that is known: %s', async (_, tally, stderr) => {
    expect(await reportOn({ tally, options: { totals: true } })).toMatchObject({ stderr });
  });

  it('say what they leave out', async () => {
    const options = { totals: true };
    expect(await reportOn({ tally: failed, balances: [usd], options })).toMatchObject({
      stderr: table + gap('1 failed'),
    });
    const none = { tally: one, options: { totals: true, currency: ['GBP'] } };
    expect(await reportOn(none)).toMatchObject({ stderr: 'No customer has credit in GBP.\n' });
  });

  it('are nothing to talk about where nobody reads them, but a fault where they cannot be written', async () => {
    const run = { tally: one, balances: [usd], options: { totals: true, out: 'a.csv' } };
    const errorOf = (code: string) => Object.assign(new Error(code), { code });
    expect(await reportOn({ ...run, fault: errorOf('EPIPE') })).toMatchObject({
      errors: ['1 customer done, 0 failed.'],
      ended: 0,
    });
    expect(await reportOn({ ...run, fault: errorOf('ENOSPC') })).toMatchObject({ errors: [], ended: [1, ''] });
  });
});
