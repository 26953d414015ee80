import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import type { Growth } from './growth.ts';
import type { Outcome } from './rounds.ts';
import { ours, type Row } from './row.ts';

export interface Measured {
  row: Row;
  outcomes: Outcome[];
}

/** What the figures depend on beside the code. */
export function machine(): string {
  const [cpu] = cpus();
  return `Node ${process.version.slice(1)}, ${process.platform} ${process.arch}, ${cpus().length} x ${cpu?.model.trim() || 'unnamed processor'}`;
}

export function verdict({ row: { target }, outcomes }: Measured): { share: number; met: boolean } | undefined {
  const own = outcomes.find(({ name }) => name === ours);
  const peer = outcomes.find(({ name }) => name === target?.peer);
  if (target === undefined || own === undefined || peer === undefined) return undefined;
  const share = own.ratio / peer.ratio;
  return { share, met: share <= target.most };
}

const time = (microseconds: number) =>
  microseconds >= 10_000
    ? `${(microseconds / 1_000).toFixed(0)} ms`
    : `${microseconds.toFixed(microseconds < 10 ? 2 : 0)} µs`;

/** The table as Markdown: the figures are medians; behind each ratio stand its quartiles. */
export function report(measured: Measured[], growths: Growth[]): string {
  const lines = [
    '| what | who | one takes | to the first | quartiles | target |',
    '| --- | --- | --- | --- | --- | --- |',
  ];
  for (const each of measured) {
    const { row, outcomes } = each;
    const judged = verdict(each);
    outcomes.forEach(({ name, microseconds, ratio, quartiles }, index) => {
      const aim =
        name === ours && judged && row.target
          ? `${judged.share.toFixed(2)} of ${row.target.peer}, at most ${row.target.most}: ${judged.met ? 'met' : '**missed**'}`
          : '';
      const spread = index === 0 ? '' : quartiles.map((quartile) => quartile.toFixed(2)).join(' to ');
      lines.push(
        `| ${[index === 0 ? row.what : '', name, time(microseconds), ratio.toFixed(2), spread, aim].join(' | ')} |`,
      );
    });
  }
  if (growths.length > 0) lines.push('', '| growth | figures |', '| --- | --- |');
  for (const { what, figures } of growths) lines.push(`| ${what} | ${figures.join('<br>')} |`);
  return lines.join('\n');
}

/** Puts the table where the README of this folder has it. */
export function withTable(readme: URL, text: string): string {
  const old = readFileSync(readme, 'utf8');
  const parts = old.split(/(?<=<!-- table -->\n)[\s\S]*(?=<!-- \/table -->)/);
  if (parts.length !== 2) throw new Error('scripts/bench/README.md has no place for the table.');
  return parts.join(`\n${text}\n\n`);
}
