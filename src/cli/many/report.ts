import { toFailure } from '../describe-error.js';
import { exitCodes, Failure } from '../exit.js';
import { type GetOptions, getFlags } from '../get-options.js';
import { printError } from '../print-error.js';
import { findWidth } from '../table.js';
import { OutputClosed, print } from './output.js';
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
  const areAllSettled = tally.fulfilled + tally.rejected === tally.selected;
  const isWhole = failure === undefined && tally.isListRead && areAllSettled;
  const isUnread = failure?.error instanceof OutputClosed;
  if (options.totals && !isUnread) {
    const areAllKnown = isWhole && tally.rejected === 0 && tally.fulfilled + tally.skipped > 0;
    // That nobody has credit is known of all or of none.
    const width = findWidth(out === undefined ? process.stderr : process.stdout);
    const sums = totals.isEmpty && !areAllKnown ? [] : [totals.format(currency, locale, width)];
    await printTotals([...sums, ...describeGap(tally, isWhole)], out);
  }
  for (const line of tally.failures) printError(line);
  const exitCode = isInterrupted ? exitCodes.interrupted : exitCodeOf(tally);
  if (isUnread) throw new Failure('', exitCode);
  if (!quiet || exitCode !== exitCodes.done || !isWhole) printError(describeSummary(tally, out, isWhole));
  if (failure !== undefined && !isInterrupted) throw toFailure(failure.error, getFlags);
  if (exitCode !== exitCodes.done) throw new Failure('', exitCode);
}

/** They are the output where the results are in a file. */
async function printTotals(lines: string[], out: string | undefined): Promise<void> {
  for (const line of lines) {
    await print(`${line}\n`, out === undefined ? process.stderr : process.stdout).catch((error: unknown) => {
      if (!(error instanceof OutputClosed)) throw error;
    });
  }
}
