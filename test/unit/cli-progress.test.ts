import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { describeProgress, showProgress } from '../../src/cli/many/progress.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function watch(isTTY: boolean, columns = 200) {
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY, columns });
  /** What was written since the last call. */
  const take = () => String(stream.read() ?? '');
  return { stream: stream as unknown as NodeJS.WriteStream, take };
}

describe('the progress of many customers', () => {
  it('counts the time from its own start, wherever the clock stands', () => {
    vi.advanceTimersByTime(600_000);
    const { stream, take } = watch(false);
    const { stop } = showProgress({ fulfilled: 5, rejected: 0 }, 10, stream);
    vi.advanceTimersByTime(10_000);
    expect(take()).toBe('5/10 done, 0 failed, 30 a minute, 10 s left\n');
    stop();
  });

  it('writes lines of others where there is no terminal, or nothing is shown', async () => {
    const { stream, take } = watch(false);
    const { log, stop } = showProgress({ fulfilled: 0, rejected: 0 }, 10, stream);
    log('a row\n');
    expect(take()).toBe('a row\n');
    stop();

    vi.resetModules();
    const { noProgress } = await import('../../src/cli/many/progress.ts');
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    noProgress.log('another\n');
    noProgress.pause(5);
    noProgress.stop();
    expect(write.mock.calls).toEqual([['another\n']]);
  });

  it('is a bar from the first moment, which those who failed fill too', () => {
    const { stream, take } = watch(true);
    const counts = { fulfilled: 0, rejected: 0 };
    const { stop } = showProgress(counts, 4, stream);
    vi.advanceTimersByTime(100);
    expect(take()).toContain('[----------------] 0/4 done, 0 failed, 0 a minute');
    Object.assign(counts, { fulfilled: 1, rejected: 1 });
    vi.advanceTimersByTime(1_000);
    expect(take()).toContain('[========--------] 2/4 done, 1 failed');
    stop();
    take();
    stop();
    expect([take(), vi.getTimerCount()]).toEqual(['', 0]);
  });

  it('is words alone on a terminal where nobody knows how many there are', () => {
    const { stream, take } = watch(true);
    const { stop } = showProgress({ fulfilled: 3, rejected: 1 }, undefined, stream);
    vi.advanceTimersByTime(1_000);
    const drawn = take();
    expect(drawn).toContain('4 done, 1 failed');
    expect(drawn).not.toMatch(/\[[=-]|left/);
    stop();
  });

  it('moves on while nothing new is done', () => {
    const { stream, take } = watch(true);
    const { pause, stop } = showProgress({ fulfilled: 0, rejected: 0 }, 4, stream);
    pause(10_000);
    pause(1_000);
    vi.advanceTimersByTime(1_000);
    expect(take()).toContain('0/4 done, 0 failed, 0 a minute, paused for 9 s, as the server asks');
    vi.advanceTimersByTime(1_000);
    expect(take()).toContain('paused for 8 s');
    stop();
  });
});

test.each([
  [89, 60_000, '89 s left'],
  [90, 60_000, '2 min left'],
  [89.4 * 60, 60_000, '89 min left'],
  [90 * 60, 60_000, '2 hours left'],
  [60 * 60 * 1.4, 60_000, '84 min left'],
  [120 * 60, 60_000, '2 hours left'],
])('%d customers at sixty a minute have their time in words', (left, elapsed, words) => {
  expect(describeProgress({ fulfilled: 60, rejected: 0 }, 60 + left, elapsed, 0)).toBe(
    `60/${60 + left} done, 0 failed, 60 a minute, ${words}`,
  );
});
