import { mask } from '../errors/redaction.js';
import type { Route } from '../http/operations.js';
import { describeValue } from '../options/describe-value.js';
import { mayBeToken } from './redact-request.js';

/** Describes the parts of a query that servers read in different ways; undefined if there are none. */
export function findWarning({ operation }: Route, query: URLSearchParams): string | undefined {
  const known = operation.parameters.filter(({ in: place }) => place === 'query').map(({ name }) => name);
  const names = [...new Set(query.keys())];
  const unknown = names.filter((name) => !known.includes(name));
  const repeated = names.filter((name) => known.includes(name) && query.getAll(name).length > 1);
  const parts = [...listNames('ignored unknown query', unknown), ...listNames('repeated query', repeated)];
  if (parts.length === 0) return undefined;
  const documented = known.map((name) => `${name}, once, as one comma-separated list`);
  return `${parts.join('; ')}: Paddle documents ${documented.length > 0 ? documented.join('; ') : 'no query'}`;
}

/** How many names a warning shows. */
const shownNames = 3;

/** A name may be anything, a key for example. */
function listNames(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const shown = names.slice(0, shownNames).map((name) => describeValue(mayBeToken(name) ? mask : name));
  const more = names.length > shownNames ? ` and ${names.length - shownNames} more` : '';
  return [`${what} ${names.length === 1 ? 'key' : 'keys'} ${shown.join(', ')}${more}`];
}
