import { toFailure } from '../describe-error.js';
import { exitCodes, Failure } from '../exit.js';
import { type GetOptions, getFlags } from '../get-options.js';
import { print } from './output.js';
import { describeGap, describeSummary } from './summary.js';
import { exitCodeOf, type Tally } from './tally.js';
import type { Totals } from './totals.js';

/**
 * Says what became of the customers.
 *
 * @param failure what ended the run.
 * @throws {Failure} with the exit code, unless everything went well.
 */
export async function report({
  tally,
  totals,
  options,
  failure,
  isInterrupted,
}: {
  tally: Tally;
  totals: Totals;
  options: GetOptions;
  failure: { error: unknown } | undefined;
  isInterrupted: boolean;
}): Promise<void> {
  const { currency, locale, out, quiet } = options;
  const isWhole = failure === undefined && tally.isListRead;
  if (options.totals) {
    const lines = [totals.format(currency, locale), ...describeGap(tally, isWhole)].join('\n');
    if (out === undefined) console.error(lines);
    else await print(`${lines}\n`);
  }
  for (const line of tally.failures) console.error(line);
  const exitCode = isInterrupted ? exitCodes.interrupted : exitCodeOf(tally);
  if (!quiet || exitCode !== exitCodes.done || !isWhole) console.error(describeSummary(tally, out, isWhole));
  if (failure !== undefined && !isInterrupted) throw toFailure(failure.error, getFlags);
  if (exitCode !== exitCodes.done) throw new Failure('', exitCode);
}
