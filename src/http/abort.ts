/** Who waits for a signal to abort. */
class Waiting extends Set<(reason: unknown) => void> {
  handleEvent({ currentTarget }: Event): void {
    for (const listener of this) listener((currentTarget as AbortSignal).reason);
  }
}

const waitingFor = new WeakMap<AbortSignal, Waiting>();

/**
 * Calls the listener when the signal aborts. Many calls may share a signal, which is listened to once for all of them:
 * Node warns of a leak from eleven listeners on.
 *
 * @returns what ends the listening, and leaves nothing behind on the signal.
 */
export function onAbort(signal: AbortSignal | undefined, listener: (reason: unknown) => void): () => void {
  if (signal === undefined) return () => {};
  if (signal.aborted) listener(signal.reason);
  let waiting = waitingFor.get(signal);
  if (waiting === undefined) {
    waiting = new Waiting();
    waitingFor.set(signal, waiting);
    signal.addEventListener('abort', waiting);
  }
  waiting.add(listener);
  return () => {
    waiting.delete(listener);
    if (waiting.size > 0) return;
    signal.removeEventListener('abort', waiting);
    waitingFor.delete(signal);
  };
}

/**
 * Waits for the work, or rejects with the signal's own reason as soon as it aborts, whether or not the work heeds the
 * signal.
 */
export async function abortable<Value>(work: Value | Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return work;
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = onAbort(signal, reject);
  });
  try {
    return await Promise.race([aborted, work]);
  } finally {
    stop();
  }
}

/** Waits, or rejects with the signal's own reason as soon as it aborts. No timer is left behind. */
export async function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await abortable(
      new Promise<void>((resolve) => {
        timer = setTimeout(resolve, milliseconds);
      }),
      signal,
    );
  } finally {
    clearTimeout(timer);
  }
}
