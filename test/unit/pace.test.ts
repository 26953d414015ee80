import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { onAbort } from '../../src/http/abort.ts';
import { createPace } from '../../src/http/pace.ts';
import { catchError } from '../support/bodies.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Asks for a turn, and notes when it comes. */
function takeTurns(rate: number) {
  const pace = createPace(rate);
  const turns: [name: string, at: number][] = [];
  const start = performance.now();
  const take = async (name: string, signal?: AbortSignal) => {
    await pace.waitForTurn(signal);
    turns.push([name, Math.round(performance.now() - start)]);
  };
  return { pace, turns, take };
}

describe('turns', () => {
  it('come one after the other, first come, first served, with and without a signal', async () => {
    const { turns, take } = takeTurns(60);
    const { signal } = new AbortController();
    const all = [take('a'), take('b', signal), take('c')];
    await vi.runAllTimersAsync();
    await Promise.all(all);
    expect(turns.map(([name]) => name)).toEqual(['a', 'b', 'c']);
    const [first, second, third] = turns.map(([, at]) => at) as [number, number, number];
    expect(first).toBeLessThan(50);
    // 60 a minute, of which 97.5 % are used.
    expect(second - first).toBeGreaterThan(900);
    expect(third - second).toBeGreaterThan(900);
    expect(third).toBeLessThan(2_200);
  });

  it('come at once where there is no limit', async () => {
    const { turns, take } = takeTurns(Number.POSITIVE_INFINITY);
    await Promise.all(['a', 'b', 'c'].map((name) => take(name)));
    expect(turns.map(([, at]) => at)).toEqual([0, 0, 0]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('that are waited for no longer are given to the next', async () => {
    const { turns, take } = takeTurns(60);
    const controller = new AbortController();
    await take('a');
    const given = catchError(take('b', controller.signal));
    const last = take('c');
    controller.abort('enough');
    expect(await given).toBe('enough');
    await vi.runAllTimersAsync();
    await last;
    expect(turns.map(([name]) => name)).toEqual(['a', 'c']);
    expect(turns[1]?.[1]).toBeLessThan(1_200);
  });

  it('wait for a pause that the server asked for, the usual one where it does not say how long', async () => {
    const { pace, turns, take } = takeTurns(6_000);
    expect(pace.pause(3)).toBe(3_000);
    expect(pace.pause(1)).toBe(1_000);
    const first = take('a');
    await vi.runAllTimersAsync();
    await first;
    expect(pace.pause(undefined)).toBe(60_000);
    const second = take('b');
    await vi.runAllTimersAsync();
    await second;
    expect(turns.map(([, at]) => Math.round(at / 1_000))).toEqual([3, 63]);
  });
});

test('one signal is listened to once for all, until the last has stopped', () => {
  const controller = new AbortController();
  const add = vi.spyOn(controller.signal, 'addEventListener');
  const remove = vi.spyOn(controller.signal, 'removeEventListener');
  const [first, second] = [vi.fn(), vi.fn()];
  const stopFirst = onAbort(controller.signal, first);
  const stopSecond = onAbort(controller.signal, second);
  expect(add).toHaveBeenCalledTimes(1);
  stopFirst();
  expect(remove).not.toHaveBeenCalled();
  controller.abort('reason');
  expect(first).not.toHaveBeenCalled();
  expect(second).toHaveBeenCalledExactlyOnceWith('reason');
  stopSecond();
  expect(remove).toHaveBeenCalledTimes(1);
});
