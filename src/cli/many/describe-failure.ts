import { PaddleError } from '../../errors/errors.js';
import { describeError } from '../describe-error.js';
import type { Failure } from '../exit.js';
import { getFlags } from '../get-options.js';
import { toOneLine } from '../text.js';

const flags = { ...getFlags, customerId: 'The ID' };

/** A customer that failed, in one line. */
export function describeFailedCustomer(customerId: string, reason: PaddleError | Failure): string {
  const id = toOneLine(customerId.slice(0, 100));
  const words = reason instanceof PaddleError ? describeError(reason, flags) : reason.message;
  return `${id === '' ? '(no ID)' : id}: ${toOneLine(words)}`;
}
