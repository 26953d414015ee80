import { type Description, type Operation, resolve, type TokenKind } from './openapi.ts';

/** The names of the schemes that an operation asks for; the whole description's where it names none of its own. */
export function listSchemes(description: Description, operation: Operation): string[] {
  return (operation.security ?? description.security ?? []).flatMap((requirement) => Object.keys(requirement));
}

/** The servers that the description names (`x-name`), and what it says of their bearer tokens. */
export function readServers(description: Description): {
  servers: Record<string, { url: string; keyPrefix?: string }>;
  tokenKinds: { name: string; prefix: string; isAccepted: boolean }[];
  tokenRefusals: { missing?: string; malformed?: string; kinds: Omit<TokenKind, 'name'>[] };
} {
  const servers = (description.servers ?? []).flatMap(({ 'x-name': name, 'x-key-prefix': keyPrefix, url }) =>
    name === undefined ? [] : [[name, { url, ...(keyPrefix === undefined ? {} : { keyPrefix }) }] as const],
  );
  const schemes = Object.values(description.components?.securitySchemes ?? {}).map((scheme) =>
    resolve(description, scheme),
  );
  const bearer = schemes.find(({ type, scheme }) => type === 'http' && scheme?.toLowerCase() === 'bearer');
  const kinds = bearer?.['x-tokens'] ?? [];
  return {
    servers: Object.fromEntries(servers),
    tokenKinds: kinds.map(({ name, prefix, pattern }) => ({ name, prefix, isAccepted: pattern !== undefined })),
    tokenRefusals: { ...bearer?.['x-refusals'], kinds: kinds.map(({ name: _, ...kind }) => kind) },
  };
}
