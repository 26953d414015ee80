import { type CheckOptions, checkResponseOf } from '../verify/check.js';
import type { Finding } from '../verify/finding.js';
import { operationId } from './match.js';

/**
 * Checks a response against the contract: its status, content type, declared headers and body. A copy of the body is
 * read, so that the response can still be read afterwards. A browser shows a header of another origin, `Retry-After`
 * for example, only where the server exposes it.
 *
 * @example In a test
 * ```ts
 * const findings = await checkResponse(await fetch(url, { headers: { Authorization: `Bearer ${key}` } }));
 * expect(findings).toEqual([]);
 * ```
 * @param options `operation` is `list-credit-balances` where none is named.
 * @returns what was found; nothing where the response matches the contract and holds nothing new.
 * @throws {UsageError} no response was given, or its body was read already.
 * @throws what reading the body throws, where the connection breaks.
 */
export function checkResponse(response: Response, options: CheckOptions = {}): Promise<Finding[]> {
  return checkResponseOf(response, options, operationId);
}
