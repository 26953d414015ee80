import type { Outcome } from './rounds.ts';

/** One row of the table: ours beside the peers. */
export interface Row {
  name: string;
  what: string;
  /** What ours may be at most, as a share of one peer's. */
  target?: { peer: string; most: number };
  measure(rounds: number): Promise<Outcome[]>;
}

export const ours = 'paddle-credit-balances';
export const sdkName = '@paddle/paddle-node-sdk';
