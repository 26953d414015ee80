import type { Description } from '../generate/openapi.ts';
import { type Change, levels } from './change.ts';
import { judge } from './judge.ts';
import { firstServer, namedParts } from './names.ts';
import { plain } from './plain.ts';
import { differences } from './redocly.ts';

/** Every change from one bundle to another, the heaviest first. */
export async function compare(base: Description, revision: Description): Promise<Change[]> {
  const found = await differences(plain(base), plain(revision));
  const changes = found
    // The version is what the changes are held against, and a component that nothing uses is a name alone.
    .filter(({ typeName, property, path, kind }) => {
      const isVersion = typeName === 'Info' && property === 'version';
      return !isVersion && !(kind !== 'modified' && /^#\/components\/(?!securitySchemes\/)[^/]+(\/[^/]+)?$/.test(path));
    })
    .flatMap(judge);
  return [...changes, ...namedParts(base, revision), ...firstServer(base, revision)].sort(
    (left, right) => levels.indexOf(left.level) - levels.indexOf(right.level),
  );
}
