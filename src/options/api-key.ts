import { servers, tokenKinds } from '../../generated/operations.js';
import { type Environment, environments } from './address.js';
import { describeValue } from './describe-value.js';
import { refuse } from './refuse.js';

const refusedKinds = tokenKinds.filter(({ isAccepted }) => !isAccepted);

/**
 * The environment that a key is for; undefined for a legacy key or an access token, which do not name one.
 * Source: https://developer.paddle.com/api-reference/about/authentication
 */
export function findEnvironmentOfKey(key: string): Environment | undefined {
  return environments.find((name) => key.startsWith(servers[name].keyPrefix ?? '\n'));
}

/** @throws {UsageError} the value cannot be a key. The message does not quote it. */
export function assertKey(value: unknown): asserts value is string {
  const option = 'apiKey';
  if (typeof value !== 'string' || value === '') {
    // A key may be digits alone.
    const received = value === '' ? 'an empty string' : typeof value === 'number' ? 'a number' : describeValue(value);
    refuse(
      option,
      `must be an API key or access token, as a string; received ${received}. Is the environment variable set?`,
    );
  }
  const kind = refusedKinds.find(({ prefix }) => new RegExp(prefix).test(value));
  if (kind !== undefined) {
    refuse(option, `is a ${kind.name}, which the API does not accept: use an API key, which starts with pdl_.`);
  }
  // The characters that RFC 6750 allows in a bearer token.
  if (!/^[\w.~+/-]+=*$/.test(value)) {
    refuse(
      option,
      'contains a line break, a space or another character that no key has: copy it again, without quotes.',
    );
  }
}
