import type { Outcome } from './rounds.ts';

/** One row of the table: ours beside the peers. */
export interface Row {
  name: string;
  what: string;
  /** What ours may be at most, as a share of a peer's. */
  targets?: { peer: string; most: number }[];
  /** What the figures are in. @default microseconds */
  unit?: 'bytes';
  measure(rounds: number): Promise<Outcome[]>;
}

export const ours = 'paddle-credit-balances';
export const prismName = 'Prism CLI';
