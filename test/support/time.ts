import { vi } from 'vitest';

/** Lets fake time pass until the work is done. */
export async function finish<Value>(work: Promise<Value>): Promise<Value> {
  let isDone = false;
  const done = () => {
    isDone = true;
  };
  work.then(done, done);
  while (!isDone) await vi.advanceTimersByTimeAsync(50);
  return work;
}
