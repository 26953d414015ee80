import { vi } from 'vitest';

/** Lets fake time pass until the work is done; none passes while a file is read or written. */
export async function finish<Value>(work: Promise<Value>): Promise<Value> {
  let isDone = false;
  const done = () => {
    isDone = true;
  };
  work.then(done, done);
  while (!isDone) await vi.advanceTimersByTimeAsync(isDiskBusy() ? 0 : 50);
  return work;
}

/** How long a disk takes is no matter of the test. */
const isDiskBusy = () => process.getActiveResourcesInfo().some((name) => name.startsWith('FSReq'));
