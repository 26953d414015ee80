import { Readable } from 'node:stream';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Failure } from '../../src/cli/exit.ts';
import { readApiKey } from '../../src/cli/key.ts';
import { catchError, makeKey } from '../support/bodies.ts';

const key = makeKey();
const none = new Failure(
  'There is no API key. Set PADDLE_API_KEY, or pass the key on standard input; a mock accepts "test".',
  2,
);

/** Reads the key with this environment and this standard input. */
function read(fromEnvironment: string, input: Iterable<string> | Readable, isTTY = false) {
  vi.stubEnv('PADDLE_API_KEY', fromEnvironment);
  const stdin = Object.assign(input instanceof Readable ? input : Readable.from(input), { isTTY });
  vi.spyOn(process, 'stdin', 'get').mockReturnValue(stdin as never);
  return readApiKey();
}
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('the API key', () => {
  it('is that of the environment, or else the whole of standard input', async () => {
    expect(await read(key, ['another'])).toBe(key);
    expect(await read('', [` ${key.slice(0, 20)}`, `${key.slice(20)}\r\n`])).toBe(key);
  });

  it('is missing where there is none, and at a terminal, which is not waited for', async () => {
    expect(await catchError(read('', []))).toEqual(none);
    expect(await catchError(read('', [' \n']))).toEqual(none);
    expect(await catchError(read('', [key], true))).toEqual(none);
  });

  it('is no text with a blank in it, and is not quoted', async () => {
    const error = await catchError(read('', [`${key} ${key}`]));
    expect(error).toMatchObject({ exitCode: 2, message: expect.stringMatching(/^The API key contains/) });
    expect(String(error)).not.toContain(key.slice(20, 30));
  });

  it('is not longer than any token', async () => {
    const long = 'x'.repeat(16_384);
    expect(await read('', [long])).toBe(long);
    const endless = Readable.from(
      (function* () {
        for (;;) yield 'x'.repeat(1_000);
      })(),
    );
    const tooLong = new Failure('Standard input is too long to be an API key.', 2);
    expect(await catchError(read('', endless))).toEqual(tooLong);
  });

  it('is missing where standard input cannot be read', async () => {
    const unreadable = new Readable({ read: () => unreadable.destroy(new Error('EBADF: bad file descriptor, read')) });
    expect(await catchError(read('', unreadable))).toEqual(
      new Failure(
        'There is no API key. Standard input cannot be read: EBADF: bad file descriptor, read. Set PADDLE_API_KEY.',
        2,
      ),
    );
  });

  it('is waited for, which is said after two seconds', async () => {
    vi.useFakeTimers();
    const print = vi.spyOn(console, 'error').mockReturnValue(undefined);
    const silent = new Readable({ read: () => undefined });
    const reading = read('', silent);
    vi.advanceTimersByTime(1_999);
    expect(print).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(print).toHaveBeenCalledExactlyOnceWith('Waiting for the API key on standard input …');
    silent.push(key);
    silent.push(null);
    expect(await reading).toBe(key);
    expect(vi.getTimerCount()).toBe(0);
  });
});
