import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, test, vi } from 'vitest';
import { findUnknownCurrencies } from '../../src/cli/arguments.ts';
import { readBalancesFile } from '../../src/cli/balances-file.ts';
import { toFailure } from '../../src/cli/describe-error.ts';
import { Failure } from '../../src/cli/exit.ts';
import { formatResult } from '../../src/cli/many/format-result.ts';
import { Interrupt } from '../../src/cli/many/interrupt.ts';
import { countCustomers } from '../../src/cli/many/select.ts';
import { makeTally } from '../../src/cli/many/tally.ts';
import { toSafeJson } from '../../src/cli/text.ts';
import { UsageError } from '../../src/index.ts';
import { catchError, customerId, getCredit } from '../support/bodies.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('a customer whose body cannot be written', () => {
  const result = { customerId, status: 'fulfilled', value: getCredit('no-credit') } as const;
  const format = (reason?: Error) => ({
    head: '',
    format: (id: string) => {
      if (reason !== undefined) throw reason;
      return `${id}\n`;
    },
  });

  it('has failed, where that is the reason; the others have their lines', () => {
    const reason = new Failure('too deep', 1);
    expect(formatResult(result, format())).toEqual({ ...result, lines: `${customerId}\n` });
    expect(formatResult(result, format(reason))).toEqual({ customerId, status: 'rejected', reason });
  });

  it('ends the run where the fault is ours', () => {
    const fault = new TypeError('a fault');
    expect(() => formatResult(result, format(fault))).toThrow(fault);
  });
});

test('JSON that cannot be made for another reason than its depth is a fault of ours', () => {
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  expect(() => toSafeJson(circular)).toThrow(TypeError);
});

test('customers are counted once each, without those who are done', async () => {
  const list = ['a', 'b', 'a', '', '', 'c', 'c'];
  expect(await countCustomers(list, new Set())).toBe(5);
  expect(await countCustomers(list, new Set(['a', 'c']))).toBe(3);
  expect(makeTally().isListRead).toBe(false);
});

test('each option of a run is named as its flag', async () => {
  vi.resetModules();
  const { getFlags } = await import('../../src/cli/get-options.ts');
  const named = Object.keys(getFlags).map((option) => {
    const { message } = toFailure(new UsageError(`${option} must be right.`, { option }), getFlags) as Failure;
    return message;
  });
  expect(named).toEqual(
    ['server', 'environment', 'currency', 'timeout', 'requests-per-minute', 'concurrency'].map(
      (flag) => `--${flag} must be right.`,
    ),
  );
});

test('the nearest currency has the same letters in the same places', () => {
  const nearest = Object.fromEntries(
    findUnknownCurrencies(['USX', 'XSD', 'KRX', 'SEX', 'XEK']).map(({ code, nearest }) => [code, nearest]),
  );
  expect(nearest).toEqual({ USX: 'USD', XSD: 'USD', KRX: 'KRW', SEX: 'SEK', XEK: 'SEK' });
});

describe('a row with a quoted cell', () => {
  const read = async (text: string) => {
    const source = (async function* () {
      yield Buffer.from(text);
    })();
    vi.resetModules();
    const { readRows } = await import('../../src/cli/many/read-rows.ts');
    const rows: string[][] = [];
    for await (const row of readRows(source, ',', 1_000)) rows.push(row);
    return rows;
  };
  const digits = `ctm_${'1'.repeat(26)}`;
  const mixed = `ctm_${'1a'.repeat(13)}`;
  const letters = `ctm_${'a'.repeat(26)}`;

  it('may have an ID in its first line, and what only begins like one in the others', async () => {
    expect(await read(`"${letters}\nctm_1 and ctm_${'-'.repeat(26)}",x\n`)).toEqual([
      [`${letters}\nctm_1 and ctm_${'-'.repeat(26)}`, 'x'],
    ]);
  });

  it.each([digits, mixed, letters, letters.toUpperCase()])('has taken in another customer: %s', async (id) => {
    for (const end of ['\n', '\r', '\r\n']) {
      expect(await catchError(read(`x,"a${end}${id},y",z\n`))).toMatchObject({
        message:
          'has a quote in line 1 that is closed only after other customers: two quotes stand for one within a quoted cell.',
      });
    }
  });

  it.each(['"" "x"', '"a" "x"', '""x'])('ends with its second quote: %s', async (text) => {
    expect(await catchError(read(`${text}\n`))).toMatchObject({
      message: 'has text after a quoted cell in line 1: two quotes stand for one within it.',
    });
  });
});

describe('Ctrl+C', () => {
  const start = (mayBlock = false) => {
    const onStop = vi.fn();
    const interrupt = new Interrupt(onStop, () => mayBlock);
    return { interrupt, onStop };
  };

  it('is left to the system at the end', () => {
    const before = process.listenerCount('SIGINT');
    const { interrupt } = start();
    expect(process.listenerCount('SIGINT')).toBe(before + 1);
    interrupt.finish();
    expect(process.listenerCount('SIGINT')).toBe(before);
  });

  it('is not pressed by a pause, and ends at once only until the pause is over', () => {
    vi.useFakeTimers();
    const { interrupt, onStop } = start();
    interrupt.begin();
    interrupt.pause(1_000);
    expect([interrupt.stopping.aborted, interrupt.ending.aborted]).toEqual([false, false]);
    vi.advanceTimersByTime(1_000);
    process.emit('SIGINT');
    expect([interrupt.stopping.aborted, interrupt.ending.aborted]).toEqual([true, false]);
    expect(onStop).toHaveBeenCalledOnce();
    interrupt.finish();
  });

  it('is given back to the system before anything is under way, where a read may block', () => {
    const exit = vi.spyOn(process, 'exit').mockReturnValue(undefined as never);
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    start(true);
    process.emit('SIGINT');
    expect(kill).toHaveBeenCalledExactlyOnceWith(process.pid, 'SIGINT');
    expect(exit).toHaveBeenCalledWith(130);
  });
});

describe('a file of balances', () => {
  const read = async (text: string) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'cli-balances-'));
    const file = path.join(folder, 'balances.json');
    await writeFile(file, text);
    return readBalancesFile(file, new Promise(() => undefined)).finally(() => rm(folder, { recursive: true }));
  };

  it('may begin with a byte order mark, and have one within', async () => {
    expect(await read('\ufeff{"a": "\ufeff"}')).toEqual({ a: '\ufeff' });
    expect(await read('{"a": "\ufeff"}')).toEqual({ a: '\ufeff' });
  });

  it('is refused with the reason', async () => {
    expect(await catchError(read('{'))).toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/^--balances \S+balances\.json is not JSON: /),
    });
  });
});
