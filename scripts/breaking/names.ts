import type { Description } from '../generate/openapi.ts';
import type { Change } from './change.ts';

/** The components that the package exports as types of that name. */
const kinds = ['schemas', 'responses', 'parameters', 'requestBodies', 'headers', 'pathItems'] as const;

/** The names that users write in their code, which a comparison of what an API does leaves aside. */
export function namedParts(base: Description, revision: Description): Change[] {
  const changes: Change[] = [];
  for (const kind of kinds) {
    const [before, after] = [base, revision].map(({ components }) =>
      Object.keys((components as Partial<Record<string, object>> | undefined)?.[kind] ?? {}),
    ) as [string[], string[]];
    const change = (level: Change['level'], name: string, verb: string) =>
      changes.push({ level, location: `#/components/${kind}/${name}`, message: `Type \`${name}\` was ${verb}.` });
    for (const name of before) if (!after.includes(name)) change('breaking', name, 'removed');
    for (const name of after) if (!before.includes(name)) change('compatible', name, 'added');
  }
  return changes;
}

/** Tools take the first server where none is chosen. */
export function firstServer(base: Description, revision: Description): Change[] {
  const [before, after] = [base.servers?.[0]?.url, revision.servers?.[0]?.url];
  // One that is gone is reported as such.
  if (before === after || !revision.servers?.some(({ url }) => url === before)) return [];
  return [{ level: 'breaking', location: '#/servers/0', message: `The first server is now \`${after}\`.` }];
}
