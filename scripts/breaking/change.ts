/** From the heaviest to the lightest: what a change asks of those who use the contract. */
export const levels = ['breaking', 'compatible', 'documentation'] as const;
export type Level = (typeof levels)[number];

export interface Change {
  level: Level;
  /** A JSON pointer into the new bundle, or into the old one for what is gone. */
  location: string;
  message: string;
}

/** The heaviest level among the changes; undefined where there are none. */
export function findHeaviest(changes: Change[]): Level | undefined {
  return levels.find((level) => changes.some((change) => change.level === level));
}
