/**
 * Waits for the work, or rejects with the signal's own reason as soon as it aborts, whether or not the work
 * listens to the signal. No listener is left behind.
 */
export async function abortable<Value>(work: Value | Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal?.reason);
  });
  if (signal?.aborted) onAbort();
  signal?.addEventListener('abort', onAbort);
  try {
    return await Promise.race([aborted, work]);
  } finally {
    signal?.removeEventListener('abort', onAbort);
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
