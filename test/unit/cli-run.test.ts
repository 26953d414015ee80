import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { getMany } from '../../src/cli/many/get-many.ts';
import { getCredit, getErrorBody } from '../support/bodies.ts';
import { finish } from '../support/time.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cli-run-'));
  file = path.join(folder, 'list');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'] });
  vi.stubEnv('PADDLE_API_KEY', 'test');
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  await rm(folder, { recursive: true });
});

const [a, b] = ['a', 'b'].map((letter) => `ctm_${letter.repeat(26)}`) as [string, string];
const row = (id: string) => `${id}  no credit\n`;
const wait = (delay: number) => new Promise((resolve) => setTimeout(resolve, delay));
const credit = () => Response.json(getCredit('no-credit'));
const limited = (seconds: number) =>
  Response.json(getErrorBody('too_many_requests'), { status: 429, headers: { 'Retry-After': String(seconds) } });
const failing = (code: string, status: number) => Response.json(getErrorBody(code), { status });

/** What a server answers to the requests, by their number. */
type Respond = (number: number) => Response | Promise<Response>;

function stubFetch(respond: Respond) {
  let sent = 0;
  vi.stubGlobal('fetch', async () => respond(sent++));
}

const limits = { timeout: 30_000, concurrency: 1, requestsPerMinute: Number.POSITIVE_INFINITY };

/** Runs the command for many customers. `isTerminal` tells whether standard output is one. */
function start(
  respond: Respond,
  ids: string[],
  options: object = {},
  { isTerminal = false, input = [] as string[] } = {},
) {
  stubFetch(respond);
  const stdin = Readable.from(input);
  vi.spyOn(process, 'stdin', 'get').mockReturnValue(stdin as never);
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    const isTTY = isTerminal && name === 'stdout';
    const stream = Object.assign(new PassThrough(), { isTTY, columns: isTTY ? 200 : undefined });
    stream.on('data', (chunk) => {
      written[name] += chunk;
    });
    vi.spyOn(process, name, 'get').mockReturnValue(stream as never);
  }
  const errors: unknown[] = [];
  vi.spyOn(console, 'error').mockImplementation((text) => void errors.push(text));
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
  const ended = finish(
    getMany(ids, { server: 'https://a.example', locale: 'en-US', ...limits, ...options } as never),
  ).then(
    () => 0,
    ({ exitCode, message }) => [exitCode, message],
  );
  return { written, errors, kill, stdin, ended };
}
const done = ['1 customer done, 0 failed.'];
const bar = /\[[=-]{16}\] \d/;

describe('a run over many customers', () => {
  it('shows its bar on the terminal that the rows are printed to, above it', async () => {
    const { ended, written, errors } = start(() => wait(2_000).then(credit), [a], {}, { isTerminal: true });
    expect([await ended, errors]).toEqual([0, done]);
    expect(written.stdout).toMatch(bar);
    expect(written.stdout).toContain('[----------------] 0/1 done');
    expect(written.stdout).toContain(row(a));
    // The bar is drawn after the head, and is gone at the end.
    expect(written.stdout.indexOf('customer')).toBeLessThan(written.stdout.search(bar));
    expect(written.stdout.endsWith('\u001b[0J')).toBe(true);
    expect([written.stderr, vi.getTimerCount()]).toEqual(['', 0]);
  });

  it('shows lines on standard error where standard output is no terminal', async () => {
    const { ended, written, errors } = start(() => wait(21_000).then(credit), [a]);
    expect([await ended, errors]).toEqual([0, done]);
    expect(written.stderr).toBe('0/1 done, 0 failed, 0 a minute\n'.repeat(2));
    expect(written.stdout).toMatch(/^customer .*\n-.*\nctm_a+ {2}no credit\n$/);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('shows lines on standard error where the results are in a file, also at a terminal', async () => {
    const out = path.join(folder, 'credit.csv');
    const { ended, written } = start(() => wait(21_000).then(credit), [a], { out }, { isTerminal: true });
    expect(await ended).toBe(0);
    expect(written.stderr).toBe('0/1 done, 0 failed, 0 a minute\n'.repeat(2));
    expect(written.stdout).toBe('');
    expect(await readFile(out, 'utf8')).toContain(`\n${a},,,,,,,,0,no credit\n`);
  });

  it.each([true, false])(
    'shows nothing but the rows where that is asked for, at a terminal: %s',
    async (isTerminal) => {
      const { ended, written, errors } = start(() => wait(21_000).then(credit), [a], { quiet: true }, { isTerminal });
      expect([await ended, errors, written.stderr]).toEqual([0, [], '']);
      expect(written.stdout).toMatch(/^customer .*\n-.*\nctm_a+ {2}no credit\n$/);
    },
  );

  it('knows how many customers a file has, and not how many standard input has, which it then lets go', async () => {
    await writeFile(file, `${a}\n${a}\n`);
    const slow = () => wait(11_000).then(credit);
    const ofFile = start(slow, [], { file });
    expect(await ofFile.ended).toBe(0);
    expect(ofFile.written.stderr).toBe('0/1 done, 0 failed, 0 a minute\n');
    expect(ofFile.stdin.destroyed).toBe(false);

    const ofInput = start(slow, [], { file: '-' }, { input: [`${a}\n`] });
    const destroy = vi.spyOn(ofInput.stdin, 'destroy');
    expect(await ofInput.ended).toBe(0);
    expect(ofInput.written.stderr).toBe('0 done, 0 failed, 0 a minute\n');
    expect(destroy).toHaveBeenCalled();
  });

  it('says that the server asked for a pause', async () => {
    const { ended, written } = start((number) => (number === 0 ? limited(15) : credit()), [a]);
    expect(await ended).toBe(0);
    expect(written.stderr).toBe('0/1 done, 0 failed, 0 a minute, paused for 5 s, as the server asks\n');
  });

  it('asks nobody where a file cannot be read to its end', async () => {
    await writeFile(file, `${a}\n"${b}\n`);
    const respond = vi.fn(credit);
    expect(await start(respond, [], { file }).ended).toEqual([
      ...[2, `${file} has a quote in line 2 that is never closed.`],
    ]);
    expect(respond).not.toHaveBeenCalled();
  });

  it('fails where its file was changed by another process after the last customer', async () => {
    const out = path.join(folder, 'credit.csv');
    const respond = async () => {
      await appendFile(out, 'other');
      return failing('not_found', 404);
    };
    const { ended } = start(respond, [a], { out });
    expect(await ended).toEqual([1, `${out} was changed by another process, such as a second run with it.`]);
  });
});

describe('Ctrl+C in a run over many customers', () => {
  /** Presses it while the first customer is asked for. */
  const press =
    (then: () => unknown = () => undefined) =>
    async () => {
      then();
      process.emit('SIGINT');
      await wait(1_000);
      return credit();
    };
  const stopped = 'Finishing what is under way. Press Ctrl+C again to stop at once.\n';

  it('finishes what is under way, says so, and leaves the signal to the system again', async () => {
    const before = process.listenerCount('SIGINT');
    const { ended, written, errors, kill } = start(press(), [a, b]);
    expect(await ended).toEqual([130, '']);
    expect(written.stderr).toBe(stopped);
    expect(written.stdout).toContain(row(a));
    expect(errors).toEqual(['Not all customers were asked for: 1 customer done, 0 failed.']);
    expect(kill).not.toHaveBeenCalled();
    expect(process.listenerCount('SIGINT')).toBe(before);
  });

  it('is answered above the bar, or on standard error where there is none', async () => {
    const onBar = start(press(), [a, b], {}, { isTerminal: true });
    expect(await onBar.ended).toEqual([130, '']);
    expect([onBar.written.stdout.includes(stopped), onBar.written.stderr]).toEqual([true, '']);
    const quiet = start(press(), [a, b], { quiet: true });
    expect(await quiet.ended).toEqual([130, '']);
    expect(quiet.written.stderr).toBe(stopped);
  });

  it('ends at once during a pause that the server asked for', async () => {
    const from = Date.now();
    setTimeout(() => process.emit('SIGINT'), 2_000);
    const { ended, written } = start(() => limited(3_600), [a]);
    expect(await ended).toEqual([130, '']);
    expect(Date.now() - from).toBeLessThan(5_000);
    expect(written.stderr).toBe('');
  });

  it.skipIf(process.platform === 'win32')(
    'ends the process itself only where a read of the list may block, as that of a pipe',
    async () => {
      const lines = `${a}\n${b}\n`;
      await writeFile(file, lines);
      const ofFile = start(press(), [], { file });
      expect(await ofFile.ended).toEqual([130, '']);
      expect(ofFile.kill).not.toHaveBeenCalled();

      const ofInput = start(press(), [], { file: '-' }, { input: [lines] });
      expect(await ofInput.ended).toEqual([130, '']);
      expect(ofInput.kill).not.toHaveBeenCalled();

      const pipe = path.join(folder, 'pipe');
      execFileSync('mkfifo', [pipe]);
      const ofPipe = start(press(), [], { file: pipe });
      await Promise.all([writeFile(pipe, lines), ofPipe.ended]);
      expect(await ofPipe.ended).toEqual([130, '']);
      expect(ofPipe.kill).toHaveBeenCalledExactlyOnceWith(process.pid, 'SIGINT');
    },
  );

  it('does not mind that the list is gone by then', async () => {
    await writeFile(file, `${a}\n${b}\n`);
    const { ended, kill } = start(
      press(() => rmSync(file)),
      [],
      { file },
    );
    expect(await ended).toEqual([130, '']);
    expect(existsSync(file)).toBe(false);
    expect(kill).not.toHaveBeenCalled();
  });
});
