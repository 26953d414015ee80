import type { Part } from './part.ts';

export interface Difference {
  /** From the operation inwards, such as `response 200 > application/json > data > type`. */
  place: string;
  /** What our description says there; undefined where it says nothing. */
  ours?: unknown;
  theirs?: unknown;
}

/** What a part that is there says, whatever is in it. */
const declared = 'declared';

/** Where two descriptions disagree. What is missing as a whole is one difference. */
export function compareParts(ours: Part, theirs: Part, place: string[] = []): Difference[] {
  const differences: Difference[] = [];
  for (const name of listNames(ours.facts, theirs.facts)) {
    const [our, their] = [ours.facts[name], theirs.facts[name]];
    if (JSON.stringify(our) !== JSON.stringify(their)) differences.push(makeDifference([...place, name], our, their));
  }
  for (const name of listNames(ours.parts, theirs.parts)) {
    const [our, their] = [ours.parts[name], theirs.parts[name]];
    const inside = [...place, name];
    if (our && their) differences.push(...compareParts(our, their, inside));
    else differences.push(makeDifference(inside, our && declared, their && declared));
  }
  return differences;
}

function makeDifference(place: string[], ours: unknown, theirs: unknown): Difference {
  return {
    place: place.join(' > '),
    ...(ours === undefined ? {} : { ours }),
    ...(theirs === undefined ? {} : { theirs }),
  };
}

function listNames(ours: object, theirs: object): string[] {
  return [...new Set([...Object.keys(ours), ...Object.keys(theirs)])];
}

/** The difference in one line. */
export function describeDifference({ place, ours, theirs }: Difference): string {
  const showValue = (value: unknown) => (value === declared ? '' : ` (${JSON.stringify(value)})`);
  if (theirs === undefined) return `${place}: only in ours${showValue(ours)}`;
  if (ours === undefined) return `${place}: only in theirs${showValue(theirs)}`;
  return `${place}: ours ${JSON.stringify(ours)}, theirs ${JSON.stringify(theirs)}`;
}
