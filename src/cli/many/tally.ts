import { exitCodes, Failure } from '../exit.js';
import { describeFailedCustomer } from './describe-failure.js';
import type { Formatted } from './format-result.js';

/** What became of the customers so far. */
export interface Tally {
  /** How many were to be asked for. */
  selected: number;
  fulfilled: number;
  rejected: number;
  /** How many were in the file already. */
  skipped: number;
  /** How many came again. */
  repeated: number;
  /** Whether the list was read to its end. */
  isListRead: boolean;
  /** The customers that failed, each in one line. */
  failures: string[];
  /** How many of those that failed have an ID for which nothing is sent. */
  refused: number;
  /** How many could not be asked for, of all and in a row. */
  unreachable: number;
  unreachableInRow: number;
}

/** After so many in a row that cannot be reached, the next ones cannot either. */
const longestRow = 10;

export function makeTally(): Tally {
  return {
    ...{
      selected: 0,
      fulfilled: 0,
      rejected: 0,
      skipped: 0,
      repeated: 0,
      refused: 0,
      unreachable: 0,
      unreachableInRow: 0,
    },
    ...{ isListRead: false, failures: [] },
  };
}

/** @throws {Failure} the server cannot be reached, as the last customers show. */
export function count(tally: Tally, result: Formatted): void {
  if (result.status === 'fulfilled') {
    tally.fulfilled += 1;
    tally.unreachableInRow = 0;
    return;
  }
  const { customerId, reason } = result;
  const isUnreachable = reason.name === 'ConnectionError' || reason.name === 'TimeoutError';
  tally.rejected += 1;
  tally.refused += reason.name === 'UsageError' ? 1 : 0;
  tally.unreachable += isUnreachable ? 1 : 0;
  tally.unreachableInRow = isUnreachable ? tally.unreachableInRow + 1 : 0;
  tally.failures.push(describeFailedCustomer(customerId, reason));
  if (tally.unreachableInRow < longestRow) return;
  throw new Failure(`The server cannot be reached: ${longestRow} customers in a row failed.`, exitCodes.unreachable);
}

/** What a run that asked for all of its customers ends with. */
export function exitCodeOf({ fulfilled, rejected, refused, unreachable }: Tally): number {
  if (rejected === 0) return exitCodes.done;
  if (fulfilled > 0 || refused + unreachable < rejected) return exitCodes.failed;
  return unreachable > 0 ? exitCodes.unreachable : exitCodes.usage;
}
