import type { Route } from '../http/operations.js';

/** What of a query a server may read otherwise than its sender means; undefined where nothing is. */
export function findWarning({ operation }: Route, query: URLSearchParams): string | undefined {
  const known = operation.parameters.filter(({ in: place }) => place === 'query').map(({ name }) => name);
  const names = [...new Set(query.keys())];
  const unknown = names.filter((name) => !known.includes(name));
  const repeated = names.filter((name) => known.includes(name) && query.getAll(name).length > 1);
  const parts = [
    ...unknown.map((name) => `unknown query key ${JSON.stringify(name.slice(0, 60))}, which is ignored`),
    ...repeated.map((name) => `repeated query key ${JSON.stringify(name)}`),
  ];
  if (parts.length === 0) return undefined;
  const documented = known.map((name) => `${name} as one comma-separated list`).join(', ');
  return `${parts.join('; ')}: Paddle documents ${documented}`;
}
