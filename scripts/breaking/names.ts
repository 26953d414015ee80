import type { Description } from '../generate/openapi.ts';
import type { Change } from './change.ts';

/** The schemas that users write by their names, which a comparison of what an API does leaves aside. */
export function compareTypeNames(base: Description, revision: Description): Change[] {
  const [before = [], after = []] = [base, revision].map(({ components }) => Object.keys(components?.schemas ?? {}));
  const makeChange = (level: Change['level'], verb: string) => (name: string) => ({
    level,
    location: `#/components/schemas/${name}`,
    message: `Type \`${name}\` was ${verb}.`,
  });
  return [
    ...before.filter((name) => !after.includes(name)).map(makeChange('breaking', 'removed')),
    ...after.filter((name) => !before.includes(name)).map(makeChange('compatible', 'added')),
  ];
}

/** Tools take the first server where none is chosen. */
export function compareFirstServer(base: Description, revision: Description): Change[] {
  const [before, after] = [base.servers?.[0]?.url, revision.servers?.[0]?.url];
  // One that is gone is reported as such.
  if (before === after || !revision.servers?.some(({ url }) => url === before)) return [];
  return [{ level: 'breaking', location: '#/servers/0', message: `The first server is now \`${after}\`.` }];
}
