import { operations } from '../../generated/operations.js';
import { UsageError } from '../errors/errors.js';
import { readBody } from '../http/body.js';
import { listResponses } from '../http/declared.js';
import type { OperationId } from '../http/operations.js';
import { assertInteger, assertOneOf } from '../options/assertions.js';
import { defaults } from '../options/client-options.js';
import { describeValue } from '../options/describe-value.js';
import { readOptions } from '../options/read-options.js';
import { checkReceived } from './check-received.js';
import type { Finding } from './finding.js';

/** What a response is checked as. */
export interface CheckOptions {
  /** The `operationId` of the operation that was called. @default the one that the package is named after */
  operation?: OperationId | undefined;
  /** The largest body that is read, in bytes after decompression. @default 1048576 */
  maxBodySize?: number | undefined;
}

/**
 * Checks a response to an operation against the contract: its status, content type, declared headers and body. A
 * copy of the body is read, so that the response can still be read afterwards. A browser shows a header of another
 * origin, `Retry-After` for example, only where the server exposes it.
 *
 * @param defaultOperation the operation if `options` names none.
 * @throws {UsageError} an option is wrong, no response was given, or its body was read already.
 */
export async function checkResponseOf(
  response: Response,
  options: CheckOptions,
  defaultOperation: OperationId,
): Promise<Finding[]> {
  const { operation = defaultOperation, maxBodySize = defaults.maxBodySize } = readOptions(options, [
    'operation',
    'maxBodySize',
  ]);
  assertOneOf('operation', operation, Object.keys(operations));
  assertInteger('maxBodySize', maxBodySize, 1);
  const { status, type, headers } = readUnread(response);
  const body = await readBody(response.clone(), maxBodySize);
  return checkReceived({ status, type, headers, body }, listResponses(operation));
}

/** Not by `instanceof`, since a response may come from another implementation of `fetch`. */
function readUnread(response: Response): Pick<Response, 'status' | 'type' | 'headers'> {
  const { status, type, headers, clone } = readParts(response);
  if (typeof clone !== 'function' || typeof status !== 'number' || typeof headers?.get !== 'function') {
    throw new UsageError(`checkResponse takes a Response; received ${describeValue(response)}.`, {
      option: 'response',
    });
  }
  if (response.bodyUsed || response.body?.locked === true) {
    throw new UsageError(
      'The body of the response was read already: call checkResponse first, or read the body of a response.clone().',
      { option: 'response' },
    );
  }
  return { status, type, headers };
}

/** None of what throws an error when it is read. */
function readParts(response: Response): Pick<Response, 'status' | 'type' | 'headers' | 'clone'> {
  try {
    const { status, type, headers, clone } = response;
    return { status, type, headers, clone };
  } catch {
    return {} as Response;
  }
}
