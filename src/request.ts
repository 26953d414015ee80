import { createFinalURL, serializeArrayParam } from 'openapi-fetch';
import type { paths } from '../generated/openapi.js';
import { apiVersion, operationPath } from './operation.js';

export interface Wanted {
  customerId: string;
  /** All where it is undefined. */
  currencies: readonly string[] | undefined;
}

type Parameters = paths[typeof operationPath]['get']['parameters'];

/** Where to ask for it, at a server without a slash at its end. */
export function urlOf(server: string, { customerId, currencies }: Wanted): string {
  const path: Parameters['path'] = { customer_id: customerId };
  const query: Parameters['query'] = currencies === undefined ? {} : { currency_code: [...currencies] };
  return createFinalURL(operationPath, { baseUrl: server, params: { path, query }, pathSerializer, querySerializer });
}

// openapi-fetch's own choice of serializers is for every kind of parameter, and three times the code.

function pathSerializer(path: string, parameters: Record<string, unknown>): string {
  return Object.entries(parameters).reduce(
    (filled, [name, value]) => filled.replace(`{${name}}`, encodeURIComponent(String(value))),
    path,
  );
}

/** One parameter with commas: Paddle documents no repeated one. */
function querySerializer(query: Record<string, unknown>): string {
  return Object.entries(query)
    .map(([name, values]) => serializeArrayParam(name, values as string[], { style: 'form', explode: false }))
    .join('&');
}

/** What goes with it. A later header replaces an earlier one, however their names are written, and ours replace all. */
export function headersOf(apiKey: string, ...added: (Readonly<Record<string, string>> | undefined)[]) {
  const entries = added.flatMap((headers) => Object.entries(headers ?? {}));
  return {
    ...Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), value])),
    accept: 'application/json',
    authorization: `Bearer ${apiKey}`,
    'paddle-version': String(apiVersion),
  };
}
