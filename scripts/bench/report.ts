import { cpus } from 'node:os';
import type { Growth } from './growth.ts';
import { ours } from './ours.ts';
import type { Outcome } from './rounds.ts';
import type { Row, Target } from './row.ts';

export interface Measured {
  row: Row;
  outcomes: Outcome[];
}

/** What the figures depend on beside the code. */
export function describeMachine(): string {
  const [cpu] = cpus();
  return `Node ${process.version.slice(1)}, ${process.platform} ${process.arch}, ${cpus().length} x ${cpu?.model.trim() || 'unnamed processor'}`;
}

export interface Verdict {
  target: Target;
  /** Of the peer's time or size. */
  share: number;
  met: boolean;
}

export function judgeTargets({ row: { targets = [] }, outcomes }: Measured): Verdict[] {
  const findRatio = (wanted: string) => outcomes.find(({ name }) => name === wanted)?.ratio ?? Number.NaN;
  return targets.map((target) => {
    const share = findRatio(ours) / findRatio(target.peer);
    return { target, share, met: share <= ('atMost' in target ? target.atMost : 1 / target.timesFaster) };
  });
}

function describeVerdict({ target, share, met }: Verdict): string {
  const figure =
    'atMost' in target
      ? `${share.toFixed(2)} of ${target.peer}, at most ${target.atMost}`
      : `${(1 / share).toFixed(1)} times as fast as ${target.peer}, at least ${target.timesFaster}`;
  return `${figure}: ${met ? 'met' : '**missed**'}`;
}

const formatTime = (microseconds: number) =>
  microseconds >= 10_000
    ? `${(microseconds / 1_000).toFixed(0)} ms`
    : `${microseconds.toFixed(microseconds < 10 ? 2 : 0)} µs`;

const formatSize = (bytes: number) =>
  bytes >= 100_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${bytes.toLocaleString('en-US')} B`;

/** The table as Markdown: the figures are medians; behind each ratio stand its quartiles. */
export function formatResults(measured: Measured[], growths: Growth[]): string {
  const lines = [
    '| what | who | one takes | to the first | quartiles | target |',
    '| --- | --- | --- | --- | --- | --- |',
  ];
  for (const each of measured) {
    const { row, outcomes } = each;
    outcomes.forEach(({ name, figure, ratio, quartiles }, index) => {
      const shown = row.unit === 'bytes' ? formatSize(figure) : formatTime(figure);
      const spread = index === 0 ? '' : (quartiles?.map((quartile) => quartile.toFixed(2)).join(' to ') ?? 'exact');
      const aims = name === ours ? judgeTargets(each).map(describeVerdict).join('; ') : '';
      lines.push(`| ${[index === 0 ? row.what : '', name, shown, ratio.toFixed(2), spread, aims].join(' | ')} |`);
    });
  }
  if (growths.length > 0) lines.push('', '| growth | figures |', '| --- | --- |');
  for (const { what, figures } of growths) lines.push(`| ${what} | ${figures.join('<br>')} |`);
  return lines.join('\n');
}
