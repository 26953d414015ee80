import type { PaddleError } from '../../errors/errors.js';
import { describeError } from '../describe-error.js';
import { getFlags } from '../get-options.js';
import { toOneLine } from '../text.js';

const flags = { ...getFlags, customerId: 'The ID' };

/** A customer that failed, in one line. */
export function describeFailedCustomer(customerId: string, reason: PaddleError): string {
  const id = toOneLine(customerId.slice(0, 100));
  return `${id === '' ? '(no ID)' : id}: ${toOneLine(describeError(reason, flags))}`;
}
