import type { Change, Level } from './change.ts';
import type { Difference } from './redocly.ts';
import { lastName, location, words } from './words.ts';

/**
 * A difference in one of our own `x-` extensions, judged by what is made of the extension; undefined for any
 * other difference. One text may hold several changes.
 */
export function inExtension(difference: Difference): Change[] | undefined {
  const { typeName, property, path, kind } = difference;
  const name = typeName === 'SpecExtension' ? lastName(path) : (property ?? '');
  if (!name.startsWith('x-')) return undefined;

  const before = value(difference.base?.value);
  const after = value(difference.revision?.value);
  const place = location(difference);
  if (name === 'x-known-values') return knownValues(entries(before), entries(after), place);
  if (name === 'x-permissions') return permissions(list(before), list(after), place);

  // A server is picked by its name, and a scenario by the ids that it reserves.
  const isKey = (typeName === 'Server' && name === 'x-name') || name.startsWith('x-mock-');
  const gone = isKey && before !== undefined;
  const level: Level = gone ? 'breaking' : isKey ? 'compatible' : 'documentation';
  return [{ level, location: place, message: kind === 'modified' ? words(difference) : `\`${name}\` was ${kind}.` }];
}

/** The known values of an open set are a table in code: its keys and numbers are used, its texts are read. */
function knownValues(before: Facts, after: Facts, place: string): Change[] {
  const changes: Change[] = [];
  const add = (level: Level, path: string, message: string) =>
    changes.push({ level, location: `${place}/${path}`, message });
  for (const name of keys(before, after)) {
    const [old, now] = [before[name], after[name]];
    if (now === undefined) add('breaking', name, `Known value \`${name}\` was removed.`);
    else if (old === undefined) add('compatible', name, `Known value \`${name}\` was added.`);
    else {
      for (const fact of keys(old, now)) {
        const [was, is] = [old[fact], now[fact]].map((each) => JSON.stringify(each));
        if (was === is) continue;
        const what = `\`${fact}\` of known value \`${name}\``;
        if (was === undefined) add('compatible', `${name}/${fact}`, `${what} was set to ${is}.`);
        else if (is === undefined) add('breaking', `${name}/${fact}`, `${what} was removed.`);
        else if (typeof old[fact] === 'string' && typeof now[fact] === 'string')
          add('documentation', `${name}/${fact}`, `${what} was reworded.`);
        else add('breaking', `${name}/${fact}`, `${what} changed from ${was} to ${is}.`);
      }
    }
  }
  // The same facts in another order, which a table for readers shows.
  if (changes.length === 0) changes.push({ level: 'documentation', location: place, message: 'Known values moved.' });
  return changes;
}

/** A key that was enough must stay enough. */
function permissions(before: string[], after: string[], place: string): Change[] {
  const more = after.filter((permission) => !before.includes(permission));
  const fewer = before.filter((permission) => !after.includes(permission));
  return [
    ...more.map((name) => ({ level: 'breaking' as const, message: `The key now needs the permission \`${name}\`.` })),
    ...fewer.map((name) => ({
      level: 'compatible' as const,
      message: `The key no longer needs the permission \`${name}\`.`,
    })),
  ].map((change) => ({ ...change, location: place }));
}

type Facts = Record<string, Record<string, unknown>>;

/** Objects and lists were made text before the comparison. */
function value(text: unknown): unknown {
  return typeof text === 'string' && /^[[{]/.test(text) ? JSON.parse(text) : text;
}
const entries = (facts: unknown) => (facts ?? {}) as Facts;
const list = (names: unknown) => (names ?? []) as string[];
const keys = (before: object, after: object) => [...new Set([...Object.keys(before), ...Object.keys(after)])];
