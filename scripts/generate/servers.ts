import type { Description } from './openapi.ts';

/** The addresses of the servers that the description gives a name (`x-name`), by that name. */
export function namedServers({ servers = [] }: Description): { code: string; declarations: string } | undefined {
  const named = servers.flatMap(({ 'x-name': name, url }) => (name === undefined ? [] : [[name, url] as const]));
  if (named.length === 0) return undefined;
  const literal = JSON.stringify(Object.fromEntries(named), null, 2);
  return {
    code: `export const servers = ${literal};\n`,
    declarations: `export const servers: Readonly<${literal}>;\n`,
  };
}
