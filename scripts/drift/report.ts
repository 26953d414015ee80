import type { Description } from '../generate/openapi.ts';
import { compareParts, type Difference } from './compare.ts';
import { explain } from './explained.ts';
import { findCounterpart, findOperations, makeOperationPart } from './operation.ts';

export interface OperationReport {
  /** Method and path. */
  name: string;
  differences: (Difference & { explanation: string | undefined })[];
}

/**
 * Compares each operation of our description with the same one of theirs.
 *
 * @throws {Error} theirs has no such operation.
 */
export function compareDescriptions(ours: Description, theirs: Description): OperationReport[] {
  return [...findOperations(ours)].map((operation) => {
    const name = `${operation.method.toUpperCase()} ${operation.path}`;
    const other = findCounterpart(theirs, operation);
    if (other === undefined) throw new Error(`There is no operation ${name} in the description.`);
    const found = compareParts(makeOperationPart(ours, operation), makeOperationPart(theirs, other));
    return { name, differences: found.map((difference) => ({ ...difference, explanation: explain(difference) })) };
  });
}
