import { ConnectionError } from '../errors/errors.js';
import type { Redactor } from '../errors/redaction.js';
import { type Body, readBody } from './body.js';

interface Exchange {
  maxBodySize: number;
  /** Ends the reading of the body. */
  signal: AbortSignal | undefined;
  /** Says which request it is, for messages. */
  describe: () => string;
  redactor: Redactor;
}

/**
 * Sends a request and reads the body of its response.
 *
 * @throws {ConnectionError} whatever else goes wrong.
 */
export async function exchange(
  send: () => Promise<Response>,
  { maxBodySize, signal, describe, redactor }: Exchange,
): Promise<{ response: Response; body: Body }> {
  let verb = 'Could not connect';
  try {
    const response = await send();
    if (typeof response?.status !== 'number' || typeof response.headers?.get !== 'function') {
      throw new TypeError('fetch did not return a Response');
    }
    verb = 'Connection lost';
    return { response, body: await readBody(response, maxBodySize, signal) };
  } catch (thrown) {
    throw connectionError(verb, thrown, { describe, redactor });
  }
}

export function connectionError(
  verb: string,
  thrown: unknown,
  { describe, redactor }: Pick<Exchange, 'describe' | 'redactor'>,
): ConnectionError {
  const cause = redactor.cause(thrown);
  return new ConnectionError(`${verb}: ${describeFault(cause)} [${describe()}]`, { cause });
}

/** The message that names the fault: `fetch` wraps "connect ECONNREFUSED …" in "fetch failed". */
function describeFault(cause: Error | undefined): string {
  const { message, code, name } = (cause?.cause ?? cause ?? {}) as Partial<Error & { code: string }>;
  // Where several addresses were tried, the error has a code and no message.
  return (message || code || name || 'no reason was given').replace(/^connect /, '');
}
