import { abortable, onAbort } from './abort.js';

/**
 * Runs one attempt with a time limit of its own. It ends in time even if `run` ignores its signal.
 *
 * @param timeout in milliseconds.
 * @param timeoutError makes what is thrown when the time is over.
 * @throws the reason of the caller's `signal`, as it is.
 */
export async function withDeadline<Value>(
  run: (signal: AbortSignal) => Promise<Value>,
  { timeout, signal, timeoutError }: { timeout: number; signal: AbortSignal | undefined; timeoutError: () => Error },
): Promise<Value> {
  // One controller and one timer: AbortSignal.any and .timeout cost several times as much.
  const controller = new AbortController();
  const stop = onAbort(signal, (reason) => controller.abort(reason));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(timeoutError());
      controller.abort();
    }, timeout);
  });
  try {
    return await abortable(Promise.race([run(controller.signal), late]), signal);
  } finally {
    clearTimeout(timer);
    stop();
  }
}
