import { errorCodes } from '../../generated/error-codes.js';
import { ApiError, ConnectionError, ContractError, TimeoutError, UsageError } from '../errors.js';
import { exitCodes, Failure } from './exit.js';

/**
 * What a command ends with where a call failed: one line that says what happened and what to do. What is no error of
 * ours stays as it is.
 */
export function failureOf(error: unknown): unknown {
  if (error instanceof ApiError) return new Failure(line(apiError(error)), exitCodes.broken);
  if (error instanceof ContractError) {
    const hint = 'The command verify tells all that is wrong with the server.';
    return new Failure(line(`${error.message} ${hint}`), exitCodes.broken);
  }
  if (error instanceof TimeoutError) {
    return new Failure(line(`${error.message} Longer: --timeout MS.`), exitCodes.unreachable);
  }
  if (error instanceof ConnectionError) {
    return new Failure(line(`${error.message} Check the address and the network.`), exitCodes.unreachable);
  }
  if (error instanceof UsageError) return new Failure(asOptions(error.message), exitCodes.usage);
  return error;
}

/** The client speaks of its own options; these are the same on the command line. */
function asOptions(message: string): string {
  return message
    .replaceAll('baseUrl', '--base-url')
    .replaceAll('currencyCode', '--currency')
    .replaceAll('set environment to', 'pass --environment')
    .replaceAll('set --base-url', 'pass --base-url');
}

/** Text of a server on one line of a terminal: it might move the cursor, or fake a second line. */
export function line(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
}

function apiError(error: ApiError): string {
  const { status, code, detail, fieldErrors, requestId, retryAfter } = error;
  const fields = fieldErrors.map(({ field, message }) => ` ${field}: ${message}.`).join('');
  const request = requestId === undefined ? '' : ` [request ${requestId}]`;
  const wait = retryAfter === undefined ? '' : ` (${retryAfter} s)`;
  return `${[status, code ?? []].flat().join(' ')}: ${detail}${fields}${request} ${hint(error)}${wait}`;
}

function hint({ code, status, documentationUrl }: ApiError): string {
  const known: Readonly<Record<string, { cure: string }>> = errorCodes;
  if (code !== undefined && Object.hasOwn(known, code)) return known[code]?.cure ?? '';
  if (documentationUrl !== undefined) return `See ${documentationUrl}`;
  return status >= 500 ? 'Try again later.' : "The answer is not Paddle's: check the address.";
}
