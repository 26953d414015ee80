import { pluralize, toOneLine } from '../text.js';
import type { Tally } from './tally.js';

/** What became of all customers. @param out what the results are written to. */
export function describeSummary(tally: Tally, out: string | undefined, isWhole: boolean): string {
  const { fulfilled, rejected, skipped, repeated } = tally;
  const parts = [
    `${pluralize(fulfilled, 'customer')} done`,
    `${rejected} failed`,
    ...(skipped > 0 ? [`${skipped} in ${toOneLine(out ?? '')} already`] : []),
    ...(repeated > 0 ? [`${repeated} listed again and asked for once`] : []),
  ];
  const again = isWhole ? 'To ask for the failed ones again' : 'To go on';
  const next = out !== undefined && (!isWhole || rejected > 0) ? ` ${again}, run the same command with --resume.` : '';
  return `${isWhole ? '' : 'Not all customers were asked for: '}${parts.join(', ')}.${next}`;
}

/** What the totals leave out, in lines; none where they are of all customers. */
export function describeGap({ rejected }: Tally, isWhole: boolean): string[] {
  const reason = isWhole ? `${rejected} failed` : 'not all were asked for';
  return isWhole && rejected === 0 ? [] : [`These are not the totals of all customers: ${reason}.`];
}
