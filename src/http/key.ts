import type { Redactor } from '../errors/redaction.js';
import { assertKey } from '../options/api-key.js';
import { type ClientSettings, chooseServer } from '../options/client-settings.js';

/**
 * Reads the key for one attempt, and chooses the server that it is for. The redactor then knows the key.
 *
 * @throws {UsageError} the value is not a key, or is one for another environment.
 * @throws whatever the caller's function throws.
 */
export async function readKey(
  settings: ClientSettings,
  redactor: Redactor,
): Promise<{ key: string | undefined; server: string }> {
  const { apiKey, base } = settings;
  if (typeof apiKey !== 'function') return { key: apiKey, server: base };
  const key = await apiKey();
  if (typeof key === 'string') redactor.add(key);
  return redactor.guard(() => {
    assertKey(key);
    return { key, server: chooseServer(key, settings) };
  });
}
