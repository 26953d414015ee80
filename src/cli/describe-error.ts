import { errorCodes } from '../../generated/error-codes.js';
import { type ApiError, PaddleError, type UsageError } from '../errors/errors.js';
import { describeFields, describeStatus } from '../http/describe.js';
import { isRetryableStatus } from '../http/retry.js';
import { paddleLimit } from '../options/client-options.js';
import { exitCodes, Failure } from './exit.js';
import { toOneLine } from './text.js';

/** The flags of a command, by the name of the option that each sets. */
export type Flags = Readonly<Record<string, string>>;

/**
 * What a command ends with where a call failed: one line that says what happened and what to do. Any other error is
 * returned unchanged.
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
      return `${endSentence(error.message)} Run the command verify to see everything that is wrong with the server.`;
    case 'TimeoutError':
      return `${endSentence(error.message)} Allow more time with --timeout MS.`;
    case 'ConnectionError':
      return `${endSentence(error.message)} Check the address and the network.`;
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
  const { detail, fieldErrors, requestId } = error;
  const request = requestId === undefined ? '' : ` [request ${requestId}]`;
  return `${describeStatus(error)}: ${detail}${describeFields(fieldErrors)}${request} ${chooseHint(error)}`;
}

/** The cures of the contract are for those who write the request; here it is the command that writes it. */
function chooseHint({ code, status, documentationUrl, retryAfter }: ApiError): string {
  if (status === 429) return `Run the command again in ${retryAfter ?? paddleLimit.window / 1000} seconds.`;
  if (status >= 500 && isRetryableStatus(status)) {
    return "Run the command again later; if it keeps failing, contact Paddle's support with the request ID.";
  }
  if (status === 400) return 'Check the customer ID and --currency.';
  if (code?.startsWith('authentication_')) return 'Check that no proxy changes the Authorization header.';
  const known: Readonly<Record<string, { cure: string }>> = errorCodes;
  if (code !== undefined && Object.hasOwn(known, code)) return (known[code]?.cure ?? '').replaceAll('`', '');
  if (documentationUrl !== undefined) return `See ${documentationUrl}`;
  return status >= 500 ? 'Try again later.' : 'The response is not from Paddle: check the address.';
}

function endSentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}
