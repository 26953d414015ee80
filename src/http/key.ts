import type { Redactor } from '../errors/redaction.js';
import { assertKey } from '../options/api-key.js';
import { type ClientSettings, chooseServer } from '../options/client-settings.js';

/**
 * What the caller's own function threw: whoever makes the transport passes it on as it is, even if it is an error that
 * would be retried.
 */
export class CallerFault {
  readonly thrown: unknown;

  constructor(thrown: unknown) {
    this.thrown = thrown;
  }
}

/** Calls a function of the caller's. @throws {CallerFault} it threw, or its promise was rejected. */
export async function callCaller<Value>(call: () => Value): Promise<Awaited<Value>> {
  try {
    return await call();
  } catch (thrown) {
    throw new CallerFault(thrown);
  }
}

/** What a call throws, in the place of what the transport threw. */
export function unwrapFault(error: unknown): unknown {
  return error instanceof CallerFault ? error.thrown : error;
}

/**
 * Reads the key for one attempt, and chooses the server that it is for. The redactor then knows the key.
 *
 * @throws {UsageError} the value is not a key, or is one for another environment.
 * @throws {CallerFault} the caller's function threw.
 */
export async function readKey(
  settings: ClientSettings,
  redactor: Redactor,
): Promise<{ key: string | undefined; server: string }> {
  const { apiKey, base } = settings;
  if (typeof apiKey !== 'function') return { key: apiKey, server: base };
  const key = await callCaller(apiKey);
  if (typeof key === 'string') redactor.add(key);
  return redactor.guard(() => {
    assertKey(key);
    return { key, server: chooseServer(key, settings) };
  });
}
