import type { Change, Level } from './change.ts';
import type { Difference } from './redocly.ts';
import { locate, putInWords } from './words.ts';

/** What is only read by people; a bearer's format is "a hint" in the words of OpenAPI. */
const readByPeople = {
  types: new Set(['Info', 'License', 'Contact', 'Tag', 'TagList', 'ExternalDocs', 'Example', 'ExamplesMap']),
  properties: new Set('title summary description example examples externalDocs $comment tags bearerFormat'.split(' ')),
};

/** What a difference asks of users: as Redocly judges it, but where it errs or has no opinion. */
export function judge(difference: Difference): Change[] {
  const level =
    judgeExtension(difference) ?? judgeMissed(difference) ?? judgeMistaken(difference) ?? judgeImpact(difference);
  const verdicts = level === 'breaking' ? difference.verdicts.filter(({ impact }) => impact === 'major') : [];
  const messages = verdicts.length > 0 ? verdicts.map(({ message }) => message) : [putInWords(difference)];
  return messages.map((message) => ({ level, location: locate(difference), message }));
}

/** One of our own `x-` extensions, judged by what is made of it; undefined for any other difference. */
function judgeExtension({ property = '', base, revision }: Difference): Level | undefined {
  if (!property.startsWith('x-')) return undefined;
  const isNew = base?.value === undefined;
  // A key that was enough must stay enough.
  if (property.startsWith('x-permissions/')) return isNew ? 'breaking' : 'compatible';
  const isKnownValue = property.startsWith('x-known-values/');
  const isText = typeof base?.value === 'string' && typeof revision?.value === 'string';
  // Code picks a server by its name, a scenario by the ids that it reserves, and a known value; it reads the numbers
  // of a known value too, while texts are for people.
  const isUsed = isKnownValue ? !isText : property === 'x-name' || property.startsWith('x-mock-');
  if (!isUsed) return 'documentation';
  return isNew ? 'compatible' : 'breaking';
}

/** What breaks users and is no more than a patch to Redocly. */
function judgeMissed({ kind, typeName, property, path, base, revision }: Difference): Level | undefined {
  const what = `${typeName} ${property ?? kind}`;
  const inResponse = path.includes('/responses/');
  const breaking =
    (what === 'Header required' && base?.value === true) ||
    // Generated types and calls name the template and its parameter, though the address stays the same.
    what === 'PathItem key' ||
    (what === 'Parameter name' && !isSameHeader(base?.value, revision?.value)) ||
    ['Header style', 'Header explode', 'Root jsonSchemaDialect'].includes(what) ||
    (what === 'Root openapi' && dropPatch(base?.value) !== dropPatch(revision?.value)) ||
    (what === 'Schema default' && base?.value !== undefined) ||
    (what === 'Schema writeOnly' && revision?.value === true && inResponse) ||
    (what === 'Schema removed' && inResponse && path.endsWith('/schema')) ||
    // A named example of a response is a scenario, which tests ask for by its name.
    (what === 'Example removed' && inResponse) ||
    (what === 'ExamplesMap removed' && inResponse);
  if (breaking) return 'breaking';
  return (what === 'Example added' || what === 'ExamplesMap added') && inResponse ? 'compatible' : undefined;
}

/** What Redocly takes for breaking and breaks nobody. */
function judgeMistaken({ typeName, property, revision }: Difference): Level | undefined {
  // A server that takes more than before.
  if (typeName === 'Parameter' && property === 'allowReserved' && revision?.value === true) return 'compatible';
  return property === 'bearerFormat' ? 'documentation' : undefined;
}

/** A change that Redocly has no rule for is a patch to it; only words are one here. */
function judgeImpact({ impact, typeName, property }: Difference): Level {
  if (impact === 'major') return 'breaking';
  const isWords = readByPeople.types.has(typeName) || readByPeople.properties.has(property ?? '');
  return isWords || `${typeName} ${property}` === 'Root openapi' ? 'documentation' : 'compatible';
}

const dropPatch = (version: unknown) => String(version).split('.', 2).join('.');
const isSameHeader = (before: unknown, after: unknown) => String(before).toLowerCase() === String(after).toLowerCase();
