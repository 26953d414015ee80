import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it, test, vi } from 'vitest';
import { Failure } from '../../src/cli/exit.ts';
import { print } from '../../src/cli/many/output.ts';
import { handleOutputErrors } from '../../src/cli/pipes.ts';
import { catchError } from '../support/bodies.ts';

afterEach(() => void vi.restoreAllMocks());

const failure = (code: string) => Object.assign(new Error(`${code}: no space`), { code });

describe('what standard output says of itself', () => {
  /** Both streams, watched, and what the process does at its end. */
  function watch() {
    const streams = { stdout: new PassThrough(), stderr: new PassThrough() };
    for (const name of ['stdout', 'stderr'] as const) {
      vi.spyOn(process, name, 'get').mockReturnValue(streams[name] as never);
    }
    const printed = vi.spyOn(console, 'error').mockReturnValue(undefined);
    const atExit = vi.spyOn(process, 'once').mockReturnValue(process);
    handleOutputErrors();
    return { ...streams, printed, atExit };
  }

  it('is said once, and the process then fails', () => {
    const { stdout, printed, atExit } = watch();
    stdout.emit('error', failure('ENOSPC'));
    stdout.emit('error', failure('ENOSPC'));
    expect(printed).toHaveBeenCalledExactlyOnceWith('Standard output cannot be written: ENOSPC: no space');
    expect(atExit).toHaveBeenCalledExactlyOnceWith('exit', expect.any(Function));
    const end = atExit.mock.calls[0]?.[1] as () => void;
    const before = process.exitCode;
    for (const [code, expected] of [
      [undefined, 1],
      [0, 1],
      [3, 3],
    ]) {
      process.exitCode = code;
      end();
      expect(process.exitCode).toBe(expected);
    }
    process.exitCode = before;
  });

  test.each(['EPIPE', 'EBADF', 'ERR_STREAM_DESTROYED'])('is nothing where its reader is gone: %s', (code) => {
    const { stdout, printed, atExit } = watch();
    stdout.emit('error', failure(code));
    expect([printed.mock.calls, atExit.mock.calls]).toEqual([[], []]);
  });

  it('of standard error is nothing, which cannot be said anywhere', () => {
    const { stderr, printed } = watch();
    stderr.emit('error', failure('ENOSPC'));
    expect(printed).not.toHaveBeenCalled();
  });
});

describe('lines of many customers', () => {
  const printTo = (error?: Error) => {
    const write = (_: string, then: (error?: Error) => void) => {
      then(error);
      return true;
    };
    vi.spyOn(process.stdout, 'write').mockImplementation(write as never);
    return print('lines');
  };

  it('are written', async () => {
    await printTo();
    expect(process.stdout.write).toHaveBeenCalledExactlyOnceWith('lines', expect.any(Function));
  });

  it('are written to standard error where that is asked for', async () => {
    const stream = new PassThrough();
    await print('totals', stream);
    expect(String(stream.read())).toBe('totals');
    stream.on('error', () => undefined).destroy(failure('ENOSPC'));
    expect(await catchError(print('totals', stream))).toBeInstanceOf(Failure);
  });

  it('end the run without a word where nobody reads them any more, or the stream has said why', async () => {
    expect(await catchError(printTo(failure('EPIPE')))).toMatchObject({ message: '', exitCode: 0 });
    expect(await catchError(printTo(failure('ENOSPC')))).toMatchObject({ message: '', exitCode: 1 });
  });
});
