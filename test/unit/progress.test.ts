import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { describeProgress, showProgress } from '../../src/cli/many/progress.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A stream whose text is kept: all of it, and what came since the last look. */
function watch(isTTY: boolean, columns = 80) {
  let text = '';
  let taken = 0;
  const stream = new Writable({
    write(chunk, _, callback) {
      text += chunk;
      callback();
    },
  });
  const take = () => {
    const since = text.slice(taken);
    taken = text.length;
    return since;
  };
  return {
    stream: Object.assign(stream, { isTTY, columns }) as unknown as NodeJS.WriteStream,
    written: () => text,
    take,
  };
}

describe('the progress of many customers', () => {
  it('is a plain line every ten seconds where there is no terminal', () => {
    const { stream, written } = watch(false);
    const counts = { fulfilled: 0, rejected: 0 };
    const { stop } = showProgress(counts, 1000, stream);
    vi.advanceTimersByTime(9_999);
    expect(written()).toBe('');
    Object.assign(counts, { fulfilled: 38, rejected: 2 });
    vi.advanceTimersByTime(1);
    expect(written()).toBe('40/1000 done, 2 failed, 240 a minute, 4 min left\n');
    vi.advanceTimersByTime(20_000);
    expect(written().split('\n')).toHaveLength(4);
    stop();
    vi.advanceTimersByTime(60_000);
    expect(written().split('\n')).toHaveLength(4);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is a bar of one line on a terminal, which goes when it stops', () => {
    const { stream, written } = watch(true);
    const counts = { fulfilled: 0, rejected: 0 };
    const progress = showProgress(counts, 4, stream);
    counts.fulfilled = 2;
    vi.advanceTimersByTime(1_000);
    expect(written()).toContain('[========--------] 2/4 done, 0 failed, 120 a minute, 1 s left');
    progress.log('a row\n');
    progress.stop();
    progress.stop();
    expect(written()).toContain('a row\n');
    // The cursor is moved to the start of the line, and all after it is cleared.
    expect(written().endsWith('\u001b[1G\u001b[0J')).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
    const drawn = written()
      .split('\u001b[1G')
      .flatMap((text) => stripVTControlCharacters(text).split('\n'));
    expect(Math.max(...drawn.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('says that the server asked for a pause', () => {
    const { stream, written } = watch(false);
    const { pause, stop } = showProgress({ fulfilled: 5, rejected: 0 }, undefined, stream);
    pause(60_000);
    vi.advanceTimersByTime(10_000);
    expect(written()).toBe('5 done, 0 failed, 30 a minute, paused for 50 s, as the server asks\n');
    stop();
  });

  test.each([
    [0, 0, 10, 0, '0/10 done, 0 failed, 0 a minute'],
    [5, 5, 10, 60_000, '10/10 done, 5 failed, 10 a minute, 0 s left'],
    [1_000, 0, 1_000_000, 250_000, '1000/1000000 done, 0 failed, 240 a minute, 69 hours left'],
    [240, 0, 480, 60_000, '240/480 done, 0 failed, 240 a minute, 60 s left'],
    [100, 0, 700, 60_000, '100/700 done, 0 failed, 100 a minute, 6 min left'],
  ])('is told in words: %d done, %d failed, of %d', (fulfilled, rejected, total, elapsed, words) => {
    expect(describeProgress({ fulfilled, rejected }, total, elapsed, 0)).toBe(words);
  });

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
    const { stream, take } = watch(true, 200);
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
    const { stream, take } = watch(true, 200);
    const { stop } = showProgress({ fulfilled: 3, rejected: 1 }, undefined, stream);
    vi.advanceTimersByTime(1_000);
    const drawn = take();
    expect(drawn).toContain('4 done, 1 failed');
    expect(drawn).not.toMatch(/\[[=-]|left/);
    stop();
  });

  it('moves on while nothing new is done', () => {
    const { stream, take } = watch(true, 200);
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
