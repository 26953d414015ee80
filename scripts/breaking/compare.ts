import type { Description } from '../generate/openapi.ts';
import { type Change, levels } from './change.ts';
import { judge } from './judge.ts';
import { compareFirstServer, compareTypeNames } from './names.ts';
import { normalizeDescription } from './plain.ts';
import { type Difference, findDifferences } from './redocly.ts';

/** Every change from one bundle to another, the heaviest first. */
export async function compareBundles(base: Description, revision: Description): Promise<Change[]> {
  const found = await findDifferences(normalizeDescription(base), normalizeDescription(revision));
  return [
    ...found.filter((difference) => !isVersion(difference) && !isNamedType(difference)).flatMap(judge),
    ...compareTypeNames(base, revision),
    ...compareFirstServer(base, revision),
  ].sort((left, right) => levels.indexOf(left.level) - levels.indexOf(right.level));
}

/** What the changes are held against. */
const isVersion = ({ typeName, property }: Difference) => typeName === 'Info' && property === 'version';

/** A schema that is added or removed under its name; where it is used, that is a difference of its own. */
const isNamedType = ({ kind, path }: Difference) => kind !== 'modified' && /^#\/components\/schemas\/[^/]+$/.test(path);
