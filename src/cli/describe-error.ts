import { errorCodes } from '../../generated/error-codes.js';
import { type ApiError, PaddleError, type UsageError } from '../errors/errors.js';
import { describeFields, describeStatus } from '../http/describe.js';
import { exitCodes, Failure } from './exit.js';
import { toOneLine } from './text.js';

/** The flags of a command, by the name of the option that each sets. */
export type Flags = Readonly<Record<string, string>>;

/**
 * What a command ends with where a call failed: one line that says what happened and what to do. An error that is none
 * of ours stays as it is.
 */
export function toFailure(error: unknown, flags: Flags): unknown {
  if (!(error instanceof PaddleError)) return error;
  const exitCode =
    error.name === 'UsageError'
      ? exitCodes.usage
      : error.name === 'TimeoutError' || error.name === 'ConnectionError'
        ? exitCodes.unreachable
        : exitCodes.failed;
  return new Failure(toOneLine(describeError(error, flags)), exitCode);
}

/** What happened, and what to do about it, for the person at the terminal. */
export function describeError(error: PaddleError, flags: Flags): string {
  switch (error.name) {
    case 'ApiError':
      return describeApiError(error);
    case 'ContractError':
      return `${error.message} Run the command verify to see everything that is wrong with the server.`;
    case 'TimeoutError':
      return `${error.message} Allow more time with --timeout MS.`;
    case 'ConnectionError':
      return `${error.message} Check the address and the network.`;
    case 'UsageError':
      return describeUsageError(error, flags);
  }
}

/** A message begins with the name of its option, for which a command has a flag. */
function describeUsageError({ message, option = '' }: UsageError, flags: Flags): string {
  const flag = flags[option];
  if (flag === undefined) return message;
  return message.startsWith(option) ? flag + message.slice(option.length) : `${flag}: ${message}`;
}

function describeApiError(error: ApiError): string {
  const { detail, fieldErrors, requestId, retryAfter } = error;
  const request = requestId === undefined ? '' : ` [request ${requestId}]`;
  const wait = retryAfter === undefined ? '' : ` (${retryAfter} s)`;
  return `${describeStatus(error)}: ${detail}${describeFields(fieldErrors)}${request} ${chooseHint(error)}${wait}`;
}

function chooseHint({ code, status, documentationUrl }: ApiError): string {
  const known: Readonly<Record<string, { cure: string }>> = errorCodes;
  if (code !== undefined && Object.hasOwn(known, code)) return known[code]?.cure ?? '';
  if (documentationUrl !== undefined) return `See ${documentationUrl}`;
  return status >= 500 ? 'Try again later.' : 'The response is not from Paddle: check the address.';
}
