import type { Outcome } from './rounds.ts';

/** What ours must reach beside a peer: a share of its time or size, or so many times its speed. */
export type Target = { peer: string } & ({ atMost: number } | { timesFaster: number });

/** One row of the table: ours beside the peers. */
export interface Row {
  name: string;
  what: string;
  targets?: Target[];
  /** What the figures are in. @default microseconds */
  unit?: 'bytes';
  measure(rounds: number): Promise<Outcome[]>;
}

export const prismName = 'Prism CLI';
