import { ConnectionError, type PaddleError, TimeoutError } from './errors.js';
import type { Redactor } from './secrets.js';

/**
 * Runs one attempt with a time limit of its own.
 *
 * @param send does the request with the signal that it is given, and reads the whole body.
 * @param timeout in milliseconds.
 * @throws the reason of the caller's `signal`, as it is.
 */
export async function attempt<Value>(
  send: (signal: AbortSignal) => Promise<Value>,
  {
    timeout,
    signal,
    request,
    redactor,
  }: { timeout: number; signal: AbortSignal | undefined; request: string; redactor: Redactor },
): Promise<{ value: Value } | { error: PaddleError }> {
  signal?.throwIfAborted();
  // One controller and one timer, and no listener on its signal: AbortSignal.any and .timeout cost several times as much.
  const controller = new AbortController();
  let timedOut = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort = () => {};
  try {
    // It ends in time whether or not `send` heeds the signal.
    const value = await new Promise<Value>((resolve, reject) => {
      const end = (reason?: unknown) => {
        controller.abort(reason);
        reject(reason);
      };
      timer = setTimeout(() => {
        timedOut = true;
        end();
      }, timeout);
      onAbort = () => end(signal?.reason);
      signal?.addEventListener('abort', onAbort);
      send(controller.signal).then(resolve, reject);
    });
    return { value };
  } catch (cause) {
    signal?.throwIfAborted();
    if (timedOut) return { error: new TimeoutError(`No whole response within ${timeout} ms [${request}]`, timeout) };
    return { error: connectionError(cause, request, redactor) };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

function connectionError(thrown: unknown, request: string, redactor: Redactor): ConnectionError {
  const cause = redactor.cause(thrown);
  return new ConnectionError(`No whole response: ${told(cause)} [${request}]`, { cause });
}

/** The message that names the fault: `fetch` wraps "connect ECONNREFUSED …" in "fetch failed". */
function told(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const { name, message, code } = (thrown.cause instanceof Error ? thrown.cause : thrown) as Error & { code?: string };
  // Where several addresses were tried, the error has a code and no message.
  return message || code || name;
}
