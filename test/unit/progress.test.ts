import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { describeProgress, showProgress } from '../../src/cli/many/progress.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function streamOf(isTTY: boolean) {
  let text = '';
  const stream = new Writable({
    write(chunk, _, callback) {
      text += chunk;
      callback();
    },
  });
  return {
    stream: Object.assign(stream, { isTTY, columns: 80 }) as unknown as NodeJS.WriteStream,
    written: () => text,
  };
}

describe('the progress of many customers', () => {
  it('is a plain line every ten seconds where there is no terminal', () => {
    const { stream, written } = streamOf(false);
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
    const { stream, written } = streamOf(true);
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
    const { stream, written } = streamOf(false);
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
});
