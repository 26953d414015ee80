import { describeStatus } from '../http/describe.js';
import { error, type Finding, limitFindings, warning } from './finding.js';
import type { Probe } from './probe.js';

/**
 * Compares a response with what its request should get.
 *
 * @param broken what of the response breaks the contract, or is new in it.
 */
export function judge(probe: Probe, status: number, body: unknown, broken: readonly Finding[]): Finding[] {
  const { expected, documented, check } = probe;
  const code = readCode(body);
  if (status === expected.status && (expected.code === undefined || code === expected.code)) {
    return [...broken, ...(status < 300 ? limitFindings(check?.(body) ?? []) : [])];
  }
  const location = status === expected.status ? 'body/error/code' : 'status';
  const message = `the answer is ${describeStatus({ status, code })}; expected ${describeStatus(expected)}`;
  // Only an error of the contract can be another documented outcome, not a page, a redirect or a server error.
  const isError = status >= 400 && status < 500 && !broken.some(({ severity }) => severity === 'error');
  return documented || !isError
    ? [...broken, error('outcome', location, message)]
    : [...broken, warning('outcome', location, `${message}, which Paddle does not document`)];
}

/** The error code of a body. */
export function readCode(body: unknown): string | undefined {
  const code = (body as { error?: { code?: unknown } | null } | null | undefined)?.error?.code;
  return typeof code === 'string' ? code : undefined;
}
