import type { Redactor } from '../errors/redaction.js';
import { assertKey } from '../options/api-key.js';
import { type ClientSettings, chooseServer } from '../options/client-settings.js';

/** What the caller's own function threw: it is passed on as it is, even if it is an error that would be retried. */
export class CallerFault {
  readonly thrown: unknown;

  constructor(thrown: unknown) {
    this.thrown = thrown;
  }
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
  const key = await Promise.resolve()
    .then(apiKey)
    .catch((thrown: unknown) => {
      throw new CallerFault(thrown);
    });
  if (typeof key === 'string') redactor.add(key);
  return redactor.guard(() => {
    assertKey(key);
    return { key, server: chooseServer(key, settings) };
  });
}
